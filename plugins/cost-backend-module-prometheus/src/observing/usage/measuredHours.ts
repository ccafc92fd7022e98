import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { SLOTS_PER_HOUR } from '@headroom/plugin-cost-common';
import { PART_LABEL } from '../../promql/expressions';
import { HourWindow } from '../../reading/HourWindow';

/** Hours in which cAdvisor reads CPU of any container, and hours in which it reads memory. */
export interface MeasuredHours {
  cpu: ReadonlySet<number>;
  memory: ReadonlySet<number>;
}

/** Reads the answer to `usageQuery`, as far as that takes. */
export function readMeasuredHours(
  window: HourWindow,
  answer: PrometheusSeries[],
): MeasuredHours {
  return {
    cpu: hoursWith('cpu', window, answer),
    memory: hoursWith('memory', window, answer),
  };
}

function hoursWith(
  part: 'cpu' | 'memory',
  window: HourWindow,
  answer: PrometheusSeries[],
): Set<number> {
  const hours = new Set<number>();
  for (const series of answer) {
    if (hours.size === window.length) {
      break;
    }
    if (series.labels[PART_LABEL] === part) {
      window.eachSlot(series, slot =>
        hours.add(Math.floor(slot / SLOTS_PER_HOUR)),
      );
    }
  }
  return hours;
}
