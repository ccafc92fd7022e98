import { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { readSchedule } from '@headroom/node';

/** When closed weeks are looked for that have no review yet. */
export interface ReviewsConfig {
  schedule: SchedulerServiceTaskScheduleDefinition;
}

/** @throws InputError that names the key, the value and what would be right. */
export function readReviews(config: Config): ReviewsConfig {
  return {
    schedule: readSchedule(config, 'headroom.cost.reviews', {
      frequency: { minutes: 15 },
      timeout: { minutes: 10 },
      initialDelay: { minutes: 2 },
    }),
  };
}
