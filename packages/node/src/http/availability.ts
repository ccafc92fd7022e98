import { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import express from 'express';
import { DatabaseHealth } from '../database/DatabaseHealth';
import { isUnavailable } from '../database/isUnavailable';
import { reasonOf } from '../database/reasonOf';

const LOST =
  'The database does not answer; nothing is lost, try again in a minute';

/**
 * Answers requests whose database is lost, also one that takes questions and
 * gives no answers: nobody waits for it longer than its patience lasts.
 *
 * @public
 */
export function watchDatabase(health: DatabaseHealth): express.RequestHandler {
  return (_req, res, next) => {
    if (health.hangs) {
      next(new ServiceUnavailableError(LOST));
      return;
    }
    const isAwaited = () => !res.headersSent && !res.closed;
    void health.lost(isAwaited).then(lost => {
      if (lost) {
        next(new ServiceUnavailableError(LOST));
      }
    });
    next();
  };
}

/** Answers that the database is away, without its address, which only the log has. @public */
export function answerUnavailable(
  logger: LoggerService,
): express.ErrorRequestHandler {
  return (error, req, res, next) => {
    if (res.headersSent) {
      res.end(); // it was answered when the database was lost
      return;
    }
    if (!isUnavailable(error)) {
      next(error);
      return;
    }
    logger.warn(
      `${req.method} ${req.path} could not be answered: ${reasonOf(error)}`,
    );
    next(new ServiceUnavailableError(LOST));
  };
}

/** Turns an error of a lost database into the one that says so, for work outside of a router. @public */
export async function orUnavailable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isUnavailable(error) ? new ServiceUnavailableError(LOST) : error;
  }
}
