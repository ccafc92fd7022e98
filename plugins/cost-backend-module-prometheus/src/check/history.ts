import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { CheckFinding } from '@headroom/common';
import { Parts } from './parts';

/** Days of usage that advice needs. */
const ADVICE_DAYS = 14;
/** Days that are read back unless configured otherwise. */
const BACKFILL_DAYS = 30;

/** How far back there is anything. @param days - that were looked at */
export function checkHistory(
  series: PrometheusSeries[],
  days: number[],
): CheckFinding {
  const parts = Parts.read(series);
  const there = days.filter(ago => parts.number(String(ago)) > 0);
  const furthest = Math.max(0, ...there);
  const next = days.find(ago => ago > furthest);
  const id = 'history';
  const span =
    furthest === 0
      ? 'less than a day'
      : `${furthest} day${furthest === 1 ? '' : 's'}${
          next ? `, less than ${next}` : ' and more'
        }`;
  const sentence = `Prometheus has nodes of ${span}.`;
  if (furthest >= BACKFILL_DAYS) {
    return { id, severity: 'right', sentence };
  }
  return {
    id,
    severity: furthest >= ADVICE_DAYS ? 'note' : 'missing',
    sentence,
    effect: `Costs begin there${
      furthest >= ADVICE_DAYS
        ? ''
        : `, and advice when there are ${ADVICE_DAYS} days; Headroom keeps what it has read, so it comes by waiting`
    }.`,
    mend: {
      where: 'Arguments of Prometheus, if it is to keep more',
      line: '--storage.tsdb.retention.time=45d',
    },
  };
}
