import { HpaResourceMetric, Worded } from '@headroom/common';
import { wordSteering } from '../messages/steering';
import { Member } from '../pod/members';
import { AdvisedResource, AdviceReason } from '../types';
import { Scaler } from './steeringOf';

/** What horizontal scaling asks of a container's request. */
export type HpaDemand =
  /** Nothing: requests are free to move. */
  | { kind: 'none' }
  /** The target, percent of the request, has to move with the request. */
  | {
      kind: 'target';
      scaler: Scaler;
      metric: HpaResourceMetric;
      target: number;
      /** It is over the pod's containers, this one and these. */
      members: Member[];
    }
  | { kind: 'veto'; reason: AdviceReason };

const NONE: HpaDemand = { kind: 'none' };

/**
 * What the scalers of a workload make of a container's request. Only targets in
 * percent of the request move with it; an average value is an amount of its own.
 *
 * A `Resource` metric is over all containers of the pod, main ones and sidecars:
 * its target moves with the sum of their requests. None moves when several of
 * them follow the request.
 */
export function hpaDemandOn(
  resource: AdvisedResource,
  input: {
    scalers: readonly Scaler[];
    container: string;
    /** Other containers that run in the pod; undefined = not known. */
    members: Member[] | undefined;
    request: number | undefined;
    /** The request is the pod's own. */
    podLevel?: boolean;
  },
): HpaDemand {
  const all = input.scalers.flatMap(scaler =>
    scaler.metrics
      .filter(metric => scalesOn(metric, resource))
      .map(metric => ({ scaler, metric })),
  );
  const found = all.find(({ metric }) => concerns(metric, input.container));
  if (!found) {
    return NONE;
  }
  const { scaler, metric } = found;
  // Over several containers, a target on any of them follows too.
  const together = all.filter(
    each =>
      concerns(each.metric, input.container) ||
      (metric.container === undefined &&
        input.members?.some(({ name }) => name === each.metric.container)),
  );
  const named = { scaler: `${scaler.kind} ${scaler.name}` };
  const target = metric.targetUtilization;
  if (resource === 'memory') {
    return {
      kind: 'veto',
      reason: {
        code: 'hpa-memory',
        resource,
        ...wordSteering('memoryTarget', named),
      },
    };
  }
  if (together.length > 1) {
    return veto(
      wordSteering('manyTargets', { ...named, targets: together.length }),
    );
  }
  if (target === undefined || !(target > 0)) {
    return veto(wordSteering('targetIsNoShare', named));
  }
  if (!input.request) {
    return veto(wordSteering('requestUnset', named));
  }
  if (metric.container !== undefined) {
    return { kind: 'target', scaler, metric, target, members: [] };
  }
  if (!input.members) {
    return veto(wordSteering('othersUnknown', named));
  }
  const without = input.members.find(
    ({ need }) => (need.current.request ?? need.current.limit) === undefined,
  );
  if (without && !input.podLevel) {
    return veto(
      wordSteering('otherUnset', { ...named, container: without.name }),
    );
  }
  return { kind: 'target', scaler, metric, target, members: input.members };
}

function scalesOn(
  metric: HpaResourceMetric,
  resource: AdvisedResource,
): boolean {
  return (
    metric.resource === resource && metric.targetAverageValue === undefined
  );
}

function concerns(metric: HpaResourceMetric, container: string): boolean {
  return metric.container === undefined || metric.container === container;
}

function veto(words: Worded): HpaDemand {
  return {
    kind: 'veto',
    reason: { code: 'hpa-custom-target', resource: 'cpu', ...words },
  };
}
