import { LoggerService } from '@backstage/backend-plugin-api';
import express from 'express';
import Router from 'express-promise-router';
import { DatabaseHealth } from '../database/DatabaseHealth';
import { answerUnavailable, watchDatabase } from './availability';
import { refuseMalformedPath } from './malformedPath';

/**
 * Routes behind what holds for all of them: answers are the caller's alone, and a
 * database that is away is said in a sentence of its own.
 *
 * @public
 */
export function mountRoutes(
  { health, logger }: { health: DatabaseHealth; logger: LoggerService },
  routes: express.Router[],
): express.Router {
  const router = Router();
  router.use((_req, res, next) => {
    // What one caller may see is not for the next one, nor for a proxy.
    res.set('Cache-Control', 'private, no-cache');
    next();
  });
  router.use(watchDatabase(health));
  routes.forEach(each => router.use(each));
  router.use(refuseMalformedPath());
  router.use(answerUnavailable(logger));
  return router;
}
