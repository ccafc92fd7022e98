import { DayCost } from '@headroom/plugin-cost-common';
import { ChartPart, DayCard, Money, toMicros } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { CostPart } from '../colors';
import { partMicros } from '../parts';
import { useDayNote } from './useDayNote';

/** What a day cost, part by part in the order of the stack from the top; of a gap only that it is one. */
export function CostDayCard(props: {
  source: DayCost;
  parts: readonly ChartPart[];
  currency: string;
}) {
  const { source, parts, currency } = props;
  const { t } = useCostTranslation();
  const noteOf = useDayNote();
  const money = (micros: bigint) => (
    <Money micros={micros} currency={currency} />
  );
  return (
    <DayCard
      day={source.day}
      lines={
        parts.length === 0
          ? []
          : [
              ...[...parts].reverse().map(part => ({
                part,
                label: part.label,
                value: money(partMicros(source, part.id as CostPart)),
              })),
              {
                label: t('table.total'),
                value: money(toMicros(source.total)),
                strong: true,
              },
            ]
      }
      note={noteOf(source)}
    />
  );
}
