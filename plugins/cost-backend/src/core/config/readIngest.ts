import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { IngestConfig } from './CostConfig';
import { readLateDataHours } from './lateData';
import { readDuration, readHours, readSchedule } from '@headroom/node';

/**
 * When and how much is read: how long after its end an hour counts as closed, and
 * how far back a back-fill goes. How long late data is accepted is in lateData.ts.
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
  return {
    schedule: readSchedule(config, at, {
      // Turns of a minute, one after the other while there is something to read.
      frequency: { minutes: 1 },
      timeout: { minutes: 10 },
      initialDelay: { seconds: 15 },
    }),
    settleMs: readDuration(config, `${at}.settle`, { minutes: 5 }),
    lateHorizonHours: readLateDataHours(config),
    backfillHours: readHours(config, `${at}.backfill`, { days: 30 }),
    share,
    concurrency,
  };
}
