import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { PART_LABEL } from '../../promql/expressions';
import { HourWindow } from '../../reading/HourWindow';
import { MeasuredHours } from './measuredHours';

/** Hours in which cAdvisor speaks of no container, and in which it counts CPUs one by one. */
export interface UnreadUsage {
  nameless: ReadonlySet<number>;
  byCpu: ReadonlySet<number>;
}

/** Nothing that is not read. */
export const NOTHING_UNREAD: UnreadUsage = {
  nameless: new Set(),
  byCpu: new Set(),
};

/** Whether CPU and memory of any container are read in each hour. */
export function isMeasured(
  window: HourWindow,
  { cpu, memory }: MeasuredHours,
): boolean {
  return window.indexes().every(hour => cpu.has(hour) && memory.has(hour));
}

/** Reads the answer to `unreadUsageQuery`. */
export function readUnreadUsage(
  window: HourWindow,
  answer: PrometheusSeries[],
): UnreadUsage {
  const hoursWith = (part: string) => {
    const hours = new Set<number>();
    for (const series of answer) {
      if (series.labels[PART_LABEL] === part) {
        window.each(series, hour => hours.add(hour));
      }
    }
    return hours;
  };
  return { nameless: hoursWith('nameless'), byCpu: hoursWith('by-cpu') };
}
