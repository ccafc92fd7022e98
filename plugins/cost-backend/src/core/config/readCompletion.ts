import { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { parseSection, readSchedule } from '@headroom/node';
import {
  DEFAULT_LEVEL_TOLERANCE,
  LevelTolerance,
} from '@headroom/plugin-cost-common';
import { z } from 'zod';

const AT = 'headroom.cost.completion';
const amount = (fallback: number) =>
  z
    .number({ error: 'must be a number' })
    .nonnegative({ error: 'must not be negative' })
    .default(fallback);

const schema = z.strictObject({
  baseline: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, {
      error: 'must be a month such as 2026-05',
    })
    .optional(),
  p95Percent: amount(DEFAULT_LEVEL_TOLERANCE.p95Percent),
  errorPoints: amount(DEFAULT_LEVEL_TOLERANCE.errorPoints),
  throughputPercent: amount(DEFAULT_LEVEL_TOLERANCE.throughputPercent),
  minimumRequests: amount(DEFAULT_LEVEL_TOLERANCE.minimumRequests),
});
/** Read by `readSchedule`. */
const SCHEDULE_KEYS = ['frequency', 'timeout', 'initialDelay'];

/** What a completion report compares with, and what a service may be worse by. */
export interface CompletionConfig {
  schedule: SchedulerServiceTaskScheduleDefinition;
  /** `YYYY-MM`; absent = the first whole month that is known. */
  baseline?: string;
  tolerance: LevelTolerance;
}

/** @throws InputError that names the key, the value and what would be right. */
export function readCompletion(config: Config): CompletionConfig {
  const section = config.getOptional<Record<string, unknown>>(AT) ?? {};
  const { baseline, ...tolerance } = parseSection(
    AT,
    schema,
    Object.fromEntries(
      Object.entries(section).filter(([key]) => !SCHEDULE_KEYS.includes(key)),
    ),
  );
  return {
    schedule: readSchedule(config, AT, {
      frequency: { minutes: 15 },
      timeout: { minutes: 10 },
      initialDelay: { minutes: 3 },
    }),
    ...(baseline !== undefined && { baseline }),
    tolerance,
  };
}
