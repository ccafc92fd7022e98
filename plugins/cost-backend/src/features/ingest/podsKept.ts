import { DateTime } from 'luxon';
import { CostConfig } from '../../core/config/CostConfig';

/** From when on it is kept what single pods cost: the start of a month. */
export function podsKeptFrom(
  { podRetentionMonths }: Pick<CostConfig, 'podRetentionMonths'>,
  now: Date,
): Date {
  return DateTime.fromJSDate(now, { zone: 'utc' })
    .minus({ months: podRetentionMonths })
    .startOf('month')
    .toJSDate();
}
