import {
  FieldChange,
  FieldPath,
  KubernetesTarget,
  Worded,
} from '@headroom/common';
import { wordRightsizing } from '../sentences';
import { ScalerMetric, ScalerObject, ScalerTrigger } from './TemplateObject';

/** A target, percent of the request, that has to move with the request. @public */
export interface TargetMove {
  kind: 'HorizontalPodAutoscaler' | 'ScaledObject';
  name: string;
  resource: 'cpu' | 'memory';
  /** Absent = it is of all containers of the pod together. */
  container?: string;
  currentTarget: number;
  proposedTarget: number;
}

/** What of an autoscaler changes so that it adds a pod at the same use as before. @public */
export interface MovedTarget {
  target: KubernetesTarget;
  change: FieldChange;
}

/**
 * Where the target that has to move is, on the autoscaler as it is now.
 *
 * @returns the change, or in a sentence why it can't be made
 * @public
 */
export function moveTarget(
  move: TargetMove,
  scaler: ScalerObject | undefined,
): MovedTarget | { withheld: Worded } {
  const name = `${move.kind} ${move.name}`;
  if (!scaler) {
    return { withheld: wordRightsizing('scalerNotRead', { scaler: name }) };
  }
  const places =
    move.kind === 'ScaledObject'
      ? triggerPlaces(scaler, move)
      : metricPlaces(scaler, move);
  if (places.length !== 1) {
    return {
      withheld: wordRightsizing('targetNotFound', {
        scaler: name,
        resource: move.resource,
        found: places.length,
      }),
    };
  }
  const [{ path, value }] = places;
  if (Number(value) !== move.currentTarget) {
    return {
      withheld: wordRightsizing('targetDiffers', {
        scaler: name,
        now: String(value ?? '–'),
        advised: move.currentTarget,
      }),
    };
  }
  // KEDA's values are texts.
  const after =
    typeof value === 'string'
      ? String(move.proposedTarget)
      : move.proposedTarget;
  return { target: scaler.target, change: { path, before: value, after } };
}

interface Place {
  path: FieldPath;
  value: string | number;
}

function metricPlaces(
  { spec: { metrics = [] } }: ScalerObject,
  { resource, container }: TargetMove,
): Place[] {
  // A path chooses an element by one name only.
  const isChosen = (metric: ScalerMetric) =>
    container === undefined
      ? metric.resource?.name === resource
      : metric.containerResource?.container === container;
  if (metrics.filter(isChosen).length !== 1) {
    return [];
  }
  return metrics.filter(isChosen).flatMap(metric => {
    const key = container === undefined ? 'resource' : 'containerResource';
    const found = metric[key];
    const value = found?.target?.averageUtilization;
    const chosen =
      container === undefined
        ? `[resource.name=${resource}]`
        : `[containerResource.container=${container}]`;
    const path = ['spec', 'metrics', chosen, key, 'target'];
    return found?.name === resource && value !== undefined
      ? [{ path: [...path, 'averageUtilization'], value }]
      : [];
  });
}

function triggerPlaces(
  { spec: { triggers = [] } }: ScalerObject,
  { resource, container }: TargetMove,
): Place[] {
  const isChosen = ({ type, metadata }: ScalerTrigger) =>
    container === undefined
      ? type === resource
      : metadata?.containerName === container;
  if (triggers.filter(isChosen).length !== 1) {
    return [];
  }
  return triggers.filter(isChosen).flatMap(({ type, metadata }) => {
    const value = metadata?.value;
    const chosen =
      container === undefined
        ? `[type=${resource}]`
        : `[metadata.containerName=${container}]`;
    return type === resource &&
      metadata?.containerName === container &&
      value !== undefined
      ? [{ path: ['spec', 'triggers', chosen, 'metadata', 'value'], value }]
      : [];
  });
}
