import {
  ChartPart,
  DayCard,
  formatQuantity,
  formatShare,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { busyShareOf, GpuUseDay } from './gpuNumbers';
import { GpuPart } from './useGpuParts';

/** Device-hours of one day, part by part in the order of the stack from the top. */
export function GpuDayCard(props: {
  day: GpuUseDay;
  parts: readonly ChartPart[];
}) {
  const { day, parts } = props;
  const { t } = useCostTranslation();
  const share = busyShareOf(day.busy, day.known ?? 0);
  return (
    <DayCard
      day={day.day}
      lines={[
        ...[...parts].reverse().flatMap(part => {
          const hours = day[part.id as GpuPart];
          return hours === undefined
            ? []
            : [{ part, label: part.label, value: formatQuantity(hours) }];
        }),
        ...(share === undefined
          ? []
          : [
              {
                label: t('gpuUse.days.busyShare'),
                value: formatShare(share),
              },
            ]),
      ]}
      note={day.partial ? t('day.partial') : undefined}
    />
  );
}
