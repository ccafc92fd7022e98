import { HttpAuthService } from '@backstage/backend-plugin-api';
import { validDay } from '@headroom/common';
import { isSaid, once, parseInput, refuseParameters } from '@headroom/node';
import { reviewWeekOf } from '@headroom/plugin-cost-common';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { Reviews } from './Reviews';

/** Which review is asked for. */
export const reviewQuery = z.strictObject({
  week: once
    .refine(day => validDay(day) && reviewWeekOf(day) === day, {
      error: ({ input }) =>
        `${isSaid(input)}; it must be a Monday such as 2026-11-16`,
    })
    .optional()
    .describe('The Monday that it begins with; default: the newest there is.'),
});

/** Reviews of closed weeks, behind `cost.read`. */
export function createReviewRouter(options: {
  httpAuth: HttpAuthService;
  reviews: Reviews;
}): express.Router {
  const { httpAuth, reviews } = options;
  const router = Router();
  const readerOf = (req: express.Request) =>
    httpAuth.credentials(req, { allow: ['user', 'service'] });

  router.get('/v1/reviews', async (req, res) => {
    const credentials = await readerOf(req);
    refuseParameters(req.query);
    res.json(await reviews.list(credentials));
  });

  router.get('/v1/review', async (req, res) => {
    const credentials = await readerOf(req);
    const query = parseInput(reviewQuery, req.query);
    res.json(await reviews.review(query, credentials));
  });

  return router;
}
