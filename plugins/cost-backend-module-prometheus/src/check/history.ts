import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { Worded, WordedFinding } from '@headroom/common';
import { wordPrometheusCheck as word } from '@headroom/plugin-cost-common';
import { Parts } from './parts';

/** Days of usage that advice needs. */
const ADVICE_DAYS = 14;
/** Days that are read back unless configured otherwise. */
const BACKFILL_DAYS = 30;

/** How far back there is anything. @param days - that were looked at */
export function checkHistory(
  series: PrometheusSeries[],
  days: number[],
): WordedFinding {
  const parts = Parts.read(series);
  const there = days.filter(ago => parts.number(String(ago)) > 0);
  const furthest = Math.max(0, ...there);
  const next = days.find(ago => ago > furthest);
  const id = 'history';
  const sentence = wordSpan(furthest, next);
  if (furthest >= BACKFILL_DAYS) {
    return { id, severity: 'right', sentence };
  }
  const isEnough = furthest >= ADVICE_DAYS;
  return {
    id,
    severity: isEnough ? 'note' : 'missing',
    sentence,
    effect: isEnough
      ? word('historyEffect')
      : word('historyAdviceEffect', { days: ADVICE_DAYS }),
    mend: {
      where: word('historyWhere'),
      line: '--storage.tsdb.retention.time=45d',
    },
  };
}

function wordSpan(count: number, less: number | undefined): Worded {
  if (count === 0) {
    return word('historyShort');
  }
  return less
    ? word('historyUntil', { count, less })
    : word('historyLong', { count });
}
