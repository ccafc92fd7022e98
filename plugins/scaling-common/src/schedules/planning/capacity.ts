import { Wish } from '../../policies/Wish';
import {
  HPA_MAX,
  HPA_MIN,
  KEDA_MAX,
  KEDA_MIN,
  KEDA_PAUSE,
  REPLICAS,
  SUSPEND,
  ScalingTarget,
} from '../../targets/ScalingTarget';
import { FieldTurn, valueAfter } from './changeFields';
import { Field, countOf } from './fields';
import { ScheduledChange } from './SchedulePlan';

/** What changes of one object do to the capacity of a workload. @internal */
export function directionOf(
  turns: readonly FieldTurn[],
  replicas: number | undefined,
): ScheduledChange['direction'] {
  if (turns.length > 0 && turns.every(({ restores }) => restores)) {
    return 'restore';
  }
  const signs = turns.map(turn => signOf(turn, replicas));
  if (signs.some(sign => sign < 0)) {
    return 'down';
  }
  return signs.some(sign => sign > 0) ? 'up' : 'neutral';
}

function signOf(
  { change: { path, before, after } }: FieldTurn,
  replicas: number | undefined,
): number {
  if (path === SUSPEND) {
    return after === true ? -1 : 1;
  }
  if (path === KEDA_PAUSE) {
    return after === null ? 1 : Number(after) - (replicas ?? Infinity);
  }
  return (countOf(path, after) ?? 0) - (countOf(path, before) ?? 0);
}

/**
 * Replicas of the workload once all is written: where an autoscaler decides, the
 * least that it may run of a change that takes capacity, else what runs, brought
 * inside the bounds.
 *
 * @internal
 */
export function replicasAfter(
  target: ScalingTarget,
  wish: Wish,
  direction: ScheduledChange['direction'],
  fields: readonly Field[],
  turns: readonly FieldTurn[],
): number | undefined {
  const { workload, autoscaler, replicas } = target;
  if (workload.kind === 'CronJob') {
    return undefined;
  }
  if (wish.type === 'zero') {
    return 0;
  }
  if (!autoscaler) {
    return countOf(REPLICAS, valueAfter(fields, turns, REPLICAS));
  }
  const [min, max] =
    autoscaler.type === 'hpa' ? [HPA_MIN, HPA_MAX] : [KEDA_MIN, KEDA_MAX];
  const least = countOf(min, valueAfter(fields, turns, min)) ?? 0;
  const most = countOf(max, valueAfter(fields, turns, max)) ?? Infinity;
  const pause = valueAfter(fields, turns, KEDA_PAUSE);
  if (autoscaler.type === 'scaled-object' && pause !== null) {
    return Number(pause);
  }
  if (direction === 'down') {
    return least;
  }
  return replicas === undefined
    ? undefined
    : Math.min(most, Math.max(least, replicas));
}
