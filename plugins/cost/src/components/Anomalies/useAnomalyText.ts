import { sumMicros } from '@headroom/common';
import { AnomalyCause, AnomalyRow } from '@headroom/plugin-cost-common';
import {
  entityName,
  formatDay,
  formatInstant,
  formatMoney,
  toMicros,
} from '@headroom/react';
import { useAnomalyTranslation } from '../../useAnomalyTranslation';

/** Why causes may come to another sum than what was too much. */
function differs({ expected, shape }: AnomalyRow) {
  if (expected === undefined) {
    return 'differsNew';
  }
  return shape === 'rise' ? 'differsRise' : 'differs';
}

/** How much, since when and why, in the reader's language. */
export function useAnomalyText(currency: string, timezone: string) {
  const { t } = useAnomalyTranslation();
  const money = (micros: string) => formatMoney(toMicros(micros), currency);
  const changeText = (cause: AnomalyCause): string => {
    const { workload, entityRef = '', change, usage, price } = cause;
    const what = workload ? t('workload', workload) : entityName(entityRef);
    if (usage === undefined || price === undefined) {
      return t('byAny', { what, change: money(change) });
    }
    return BigInt(usage) >= BigInt(price)
      ? t('byUsage', { what, change: money(change), part: money(usage) })
      : t('byPrice', { what, change: money(change), part: money(price) });
  };
  const causeText = (cause: AnomalyCause): string =>
    cause.rollouts
      ? t('rolledOut', {
          cause: changeText(cause),
          rollouts: cause.rollouts
            .map(({ replicaSet: name, hour }) =>
              t('replicaSet', { name, hour: formatInstant(hour, timezone) }),
            )
            .join(', '),
        })
      : changeText(cause);
  /** Each cause, and why they don't come to what was too much where they don't. */
  const causeTexts = (row: AnomalyRow): string[] => {
    const { causes, excess } = row;
    const sum = money(
      sumMicros(causes.map(cause => toMicros(cause.change))).toString(),
    );
    const texts = causes.map(causeText);
    return causes.length === 0 || sum === money(excess)
      ? texts
      : [
          ...texts,
          t(differs(row), {
            sum,
            excess: money(excess),
          }),
        ];
  };
  const rowText = (row: AnomalyRow): string => {
    const name = entityName(row.entityRef);
    const first = formatDay(row.firstDay);
    const when =
      row.firstDay === row.lastDay
        ? t('onDay', { first })
        : t('onDays', { first, last: formatDay(row.lastDay) });
    return `${when}${
      row.expected === undefined
        ? t('isNew', { name, actual: money(row.actual) })
        : t(row.shape === 'rise' ? 'rise' : 'more', {
            name,
            first,
            excess: money(row.excess),
            expected: money(row.expected),
          })
    }`;
  };
  return { causeTexts, rowText };
}
