import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { HOUR_MS } from '@headroom/common';
import { readDuration } from '@headroom/node';

const MONTH_MS = 30.4375 * 24 * HOUR_MS;
/** Hours are dropped by calendar months. */
const SHORTEST_MONTH_DAYS = 28;

/**
 * How long hours are kept (`headroom.cost.retention.hours`, 13 months by default);
 * rollups by day stay. Days that lost some of their hours would be summed as if they
 * were whole, so a back-fill must not reach further.
 *
 * @throws InputError when it does
 */
export function readRetentionMonths(
  config: Config,
  backfillHours: number,
): number {
  const at = 'headroom.cost.retention.hours';
  const kept = readDuration(config, at, { months: 13 }) / MONTH_MS;
  const months = Math.max(1, Math.round(kept));
  const days = backfillHours / 24;
  if (days > months * SHORTEST_MONTH_DAYS) {
    throw new InputError(
      `${at} comes to ${months} months, but headroom.cost.ingest.backfill reaches ${Math.ceil(
        days,
      )} days back; keep hours for ${Math.ceil(
        days / SHORTEST_MONTH_DAYS,
      )} months, or read ${months * SHORTEST_MONTH_DAYS} days at most`,
    );
  }
  return months;
}

/**
 * Months that what single pods cost is kept (`headroom.cost.retention.pods`, two by
 * default): only tools that ask by pod or by node read it, and it takes more room
 * than all the rest of an hour.
 */
export function readPodRetentionMonths(config: Config): number {
  const at = 'headroom.cost.retention.pods';
  return Math.max(
    1,
    Math.round(readDuration(config, at, { months: 2 }) / MONTH_MS),
  );
}
