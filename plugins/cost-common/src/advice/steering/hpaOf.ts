import { HpaResourceMetric } from '../../workloads/types';
import { AdvisedResource, AdviceFacts, AdviceReason } from '../types';
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
    }
  | { kind: 'veto'; reason: AdviceReason };

const NONE: HpaDemand = { kind: 'none' };

/**
 * What the scalers of a workload make of a container's request. Only targets in
 * percent of the request move with it; an average value is an amount of its own.
 *
 * A `Resource` metric is over all containers of the pod: its target moves with
 * one request only when the container is alone in its pod. Nor does any when
 * several of them follow the request.
 */
export function hpaDemandOn(
  resource: AdvisedResource,
  input: {
    scalers: readonly Scaler[];
    container: string;
    facts: AdviceFacts | undefined;
    request: number | undefined;
  },
): HpaDemand {
  const [found, ...more] = input.scalers.flatMap(scaler =>
    scaler.metrics
      .filter(metric => concerns(metric, resource, input.container))
      .map(metric => ({ scaler, metric })),
  );
  if (!found) {
    return NONE;
  }
  const { scaler, metric } = found;
  const name = `${scaler.kind} ${scaler.name}`;
  const target = metric.targetUtilization;
  if (resource === 'memory') {
    return veto(
      'hpa-memory',
      resource,
      `${name} scales on memory in percent of the request; memory seldom falls when pods are added, so its request and target are better moved by hand.`,
    );
  }
  if (more.length > 0) {
    return veto(
      'hpa-custom-target',
      resource,
      `${name} scales on ${resource} by ${
        more.length + 1
      } targets that follow this request; moving one of them would leave where the others scale behind.`,
    );
  }
  if (target === undefined || !(target > 0)) {
    return veto(
      'hpa-custom-target',
      resource,
      `${name} scales on ${resource} with a target that is not a share of the request.`,
    );
  }
  if (!input.request) {
    return veto(
      'hpa-custom-target',
      resource,
      `${name} scales on ${resource} in percent of a request that is not set, so where it scales is not known.`,
    );
  }
  if (metric.container === undefined && input.facts?.containersInPod !== 1) {
    return veto(
      'hpa-custom-target',
      resource,
      `${name} scales on the ${resource} of all containers of the pod together, so one container's request can't be moved by itself; a ContainerResource metric would allow it.`,
    );
  }
  return { kind: 'target', scaler, metric, target };
}

function concerns(
  metric: HpaResourceMetric,
  resource: AdvisedResource,
  container: string,
): boolean {
  return (
    metric.resource === resource &&
    (metric.container === undefined || metric.container === container) &&
    metric.targetAverageValue === undefined
  );
}

function veto(
  code: AdviceReason['code'],
  resource: AdvisedResource,
  message: string,
): HpaDemand {
  return { kind: 'veto', reason: { code, resource, message } };
}
