import { Fence } from '@headroom/node';
import { CostCore } from '../../core/CostCore';
import { Feature } from '../../core/Feature';
import { ReviewStore } from '../../database/reviews/ReviewStore';
import { ReviewJob } from './ReviewJob';
import { createReviewRouter } from './reviewRouter';
import { Reviews } from './Reviews';

/** Reviews of closed weeks: made once by itself, and shown as far as a caller may see. */
export function createReviewFeature(core: CostCore): Feature {
  const { config, httpAuth, now, scopes } = core;
  const knex = core.database.work;
  const fence = Fence.create({ prefix: 'cost', task: 'cost-reviews' });
  const job = ReviewJob.create({
    ...core,
    knex,
    store: ReviewStore.create({ knex, fence }),
  });
  return {
    routes: createReviewRouter({
      httpAuth,
      reviews: Reviews.create({
        scopes,
        metrics: config.unitMetrics,
        timezone: config.timezone,
        newIssue: config.reviews.newIssue,
        now,
      }),
    }),
    tasks: [
      {
        id: fence.task,
        fence,
        schedule: config.reviews.schedule,
        run: ({ signal }) => job.run(signal),
      },
    ],
  };
}
