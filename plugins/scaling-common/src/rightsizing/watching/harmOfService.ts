import { Worded } from '@headroom/common';
import { wordRightsizing } from '../sentences';
import { RightsizingWatch, WatchLimits } from './judgeRightsizing';
import { secondsBetween } from './times';

/** Pods that start are slow and throttled, whatever they request. */
const STARTING_SECONDS = 120;

/** What throttling, and the queries of a service, have against a change. */
export function harmOfService(
  watch: Pick<
    RightsizingWatch,
    'appliedAt' | 'now' | 'throttledShare' | 'queries'
  >,
  limits: WatchLimits,
): Worded | undefined {
  if (secondsBetween(watch.appliedAt, watch.now) < STARTING_SECONDS) {
    return undefined;
  }
  const { before, now: throttled } = watch.throttledShare ?? {};
  if (
    before !== undefined &&
    throttled !== undefined &&
    throttled - before > limits.throttledMore
  ) {
    return wordRightsizing('throttled', {
      before: percent(before),
      now: percent(throttled),
    });
  }
  const query = watch.queries.find(
    // What was too much already is no fault of the change.
    each =>
      each.value !== undefined &&
      each.value > each.above &&
      (each.before ?? 0) <= each.above,
  );
  return (
    query &&
    wordRightsizing('query', {
      title: query.title,
      value: String(query.value),
      above: String(query.above),
    })
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
