import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { HumanDuration } from '@backstage/types';
import { HOUR_MS } from '@headroom/common';
import { IngestConfig } from './CostConfig';
import { readDuration, readSchedule } from './schedules';

/**
 * When and how much is read: how long after its end an hour counts as closed, how
 * long late data is accepted, and how far back a back-fill goes.
 */
export function readIngest(config: Config): IngestConfig {
  const at = 'headroom.cost.ingest';
  const concurrency = config.getOptionalNumber(`${at}.concurrency`) ?? 2;
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new InputError(
      `${at}.concurrency is ${concurrency}; it must be a whole number of at least 1`,
    );
  }
  const share = config.getOptionalNumber(`${at}.share`) ?? 0.05;
  if (!(share > 0 && share <= 1)) {
    throw new InputError(
      `${at}.share is ${share}; it must be above 0 and at most 1`,
    );
  }
  const hours = (key: string, fallback: HumanDuration) =>
    Math.floor(readDuration(config, `${at}.${key}`, fallback) / HOUR_MS);
  return {
    schedule: readSchedule(config, at, {
      // Turns of a minute, one after the other while there is something to read.
      frequency: { minutes: 1 },
      timeout: { minutes: 10 },
      initialDelay: { seconds: 15 },
    }),
    settleMs: readDuration(config, `${at}.settle`, { minutes: 5 }),
    lateHorizonHours: hours('lateHorizon', { hours: 6 }),
    backfillHours: hours('backfill', { days: 30 }),
    share,
    concurrency,
  };
}
