import { AdvisedResource, AdviceDetail } from '@headroom/plugin-cost-common';
import { HistoryPoint } from './HistoryChart';

const SERIES = { cpu: 'cpuCores', memory: 'memoryBytes' } as const;

/** The samples of one resource. */
export function historyValues(
  detail: AdviceDetail,
  resource: AdvisedResource,
): Array<number | null> {
  return detail.history[SERIES[resource]];
}

/** Samples with their moments. */
export function historyPoints(
  detail: AdviceDetail,
  values: ReadonlyArray<number | null>,
  stepSeconds: number,
): HistoryPoint[] {
  const start = Date.parse(detail.history.start);
  return values.map((used, index) => ({
    at: start + index * stepSeconds * 1000,
    used,
  }));
}

/** A step in words a reader knows. */
export function stepMinutes(stepSeconds: number): number {
  return stepSeconds / 60;
}
