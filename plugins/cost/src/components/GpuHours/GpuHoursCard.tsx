import { ChartPart, DayCard, formatQuantity } from '@headroom/react';
import { GpuDay } from './gpuDays';

/** Device-hours of the day under the pointer. */
export function GpuHoursCard(props: {
  day: GpuDay;
  parts: readonly ChartPart[];
}) {
  const { day, parts } = props;
  return (
    <DayCard
      day={day.day}
      lines={parts.flatMap(part => {
        const hours = day[part.id as 'paidHours' | 'busyHours'];
        return hours === undefined
          ? []
          : [{ part, label: part.label, value: formatQuantity(hours) }];
      })}
    />
  );
}
