/** Samples, and the minutes that they stand for. */
import { HOURS } from '../world/time';
import { GeneratedSeries } from '../world/series';

export const SECONDS = 60;
/** Minutes that are charged at once. */
export const SLOT = 5;
export const SLOTS = 60 / SLOT;
export const GIB = 2 ** 30;

/** Minutes since the start. */
export type Slots = Set<number>;

/** Series by metric. */
export type SeriesOf = (metric: string) => GeneratedSeries[];

/** The minute a sample stands for. */
function slotOf(series: GeneratedSeries, index: number): number {
  return series.offsetSeconds === 0 ? index - 1 : index;
}

export function eachSample(
  series: GeneratedSeries,
  visit: (slot: number, value: number, index: number) => void,
): void {
  series.values.forEach((value, index) => {
    const slot = slotOf(series, index);
    if (!Number.isNaN(value) && slot >= 0 && slot < HOURS * 60) {
      visit(slot, value, index);
    }
  });
}

export function addSlots(
  slots: Slots,
  series: GeneratedSeries,
  only?: Slots,
): void {
  eachSample(series, slot => {
    if (!only || only.has(slot)) {
      slots.add(slot);
    }
  });
}

export function countIn(slots: Slots, hour: number): number {
  return countFrom(slots, hour * 60, 60);
}

export function countFrom(
  slots: Slots,
  first: number,
  minutes: number,
): number {
  let count = 0;
  for (let slot = first; slot < first + minutes; slot++) {
    count += slots.has(slot) ? 1 : 0;
  }
  return count;
}

export function hostOf({ labels }: GeneratedSeries): string {
  return labels.instance.split(':')[0];
}

/** cAdvisor's series as the kubelet job saw them, without sandboxes. */
export function isContainer({ labels }: GeneratedSeries): boolean {
  return (
    labels.job === 'kubelet' &&
    labels.container !== undefined &&
    labels.container !== 'POD'
  );
}
