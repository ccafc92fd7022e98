import { stringify } from 'yaml';
import { HpaResourceMetric } from '../../workloads/types';
import {
  AdviceEvidence,
  ContainerAdvice,
  HpaMove,
  ResourceAdvice,
} from '../types';
import { cpuQuantity, memoryQuantity } from './quantities';

/** What to paste to take an advice. @public */
export interface AdvicePatches {
  /** For `kubectl patch --patch-file`, or to read: one document an object. */
  strategicMerge: string;
  /** A `kustomization.yaml`. */
  kustomize: string;
  /** Values as `helm create` lays them out. */
  helmValues: string;
}

/** A quantity; null takes it away. */
type Quantities = Record<string, string | null>;

interface Resources {
  requests?: Quantities;
  limits?: Quantities;
}

/** One object to patch, or what to say where a patch would do harm. */
interface ObjectPatch {
  kind: string;
  name: string;
  body?: Record<string, unknown>;
  comment?: string;
}

const API_VERSIONS: Record<string, string> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  ReplicaSet: 'apps/v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  Pod: 'v1',
  Rollout: 'argoproj.io/v1alpha1',
};

/** Kinds whose lists Kubernetes merges by name; in all others a patch replaces them. */
const BUILT_IN = new Set(
  Object.keys(API_VERSIONS).filter(k => k !== 'Rollout'),
);

/**
 * What is proposed as YAML to paste, with the HPA or ScaledObject target that
 * has to move with it. Only what changes is in it; a limit to leave off is
 * `null`, which a merge takes away.
 *
 * Where a patch would replace a list whose other entries are not known, a
 * comment says what to set instead.
 *
 * @returns undefined when nothing is proposed
 * @public
 */
export function renderPatches(
  advice: ContainerAdvice,
): AdvicePatches | undefined {
  const resources = resourcesOf(advice);
  if (advice.status !== 'change' || !resources) {
    return undefined;
  }
  const { evidence } = advice;
  const objects = [
    workloadPatch(evidence, resources),
    ...advice.hpa.map(move => scalerPatch(move, evidence)),
  ];
  return {
    strategicMerge: objects.map(documentOf).join('---\n'),
    kustomize: kustomizationOf(objects, evidence.workload.namespace),
    helmValues: helmValuesOf(resources, advice),
  };
}

function resourcesOf({ cpu, memory }: ContainerAdvice): Resources | undefined {
  const requests = quantities(cpu, memory, ({ request }) => request);
  const limits = quantities(cpu, memory, ({ limit }, current) =>
    // Nothing to take away where nothing is.
    limit === null && current.limit === undefined ? undefined : limit,
  );
  return requests && { requests, ...(limits && { limits }) };
}

function quantities(
  cpu: ResourceAdvice,
  memory: ResourceAdvice,
  of: (
    setting: NonNullable<ResourceAdvice['proposed']>,
    current: ResourceAdvice['current'],
  ) => number | null | undefined,
): Quantities | undefined {
  const all: Quantities = {};
  const add = (
    name: string,
    { proposed, current }: ResourceAdvice,
    quantity: (value: number) => string,
  ) => {
    const value = proposed && of(proposed, current);
    if (value !== undefined) {
      all[name] = value === null ? null : quantity(value);
    }
  };
  add('cpu', cpu, cpuQuantity);
  add('memory', memory, memoryQuantity);
  return Object.keys(all).length > 0 ? all : undefined;
}

function workloadPatch(
  { workload, container, facts }: AdviceEvidence,
  resources: Resources,
): ObjectPatch {
  const { kind, name, namespace } = workload;
  const main = facts === undefined || facts.role === 'main';
  const pod = {
    [main ? 'containers' : 'initContainers']: [{ name: container, resources }],
  };
  let spec: Record<string, unknown> = { template: { spec: pod } };
  if (kind === 'Pod') {
    spec = pod;
  } else if (kind === 'CronJob') {
    spec = { jobTemplate: { spec } };
  }
  return {
    kind,
    name,
    body: {
      ...(API_VERSIONS[kind] && { apiVersion: API_VERSIONS[kind] }),
      kind,
      metadata: { name, namespace },
      spec,
    },
    ...(kind === 'Job' && {
      comment:
        "The template of a Job that was made can't be changed: set these fields where the next one is made.",
    }),
    ...(!BUILT_IN.has(kind) && {
      comment: `${kind} is a custom resource: a merge replaces its list of containers as a whole.\nSet these fields in its manifest, or give Kustomize its schema (openapi).`,
    }),
  };
}

function scalerPatch(move: HpaMove, evidence: AdviceEvidence): ObjectPatch {
  const { kind, name } = move;
  const { namespace } = evidence.workload;
  const scaler = evidence.steering?.find(
    object => object.kind === kind && object.name === name,
  );
  // The list of metrics is replaced as a whole, so all of them must be known.
  if (
    !scaler ||
    scaler.kind === 'VerticalPodAutoscaler' ||
    scaler.otherMetrics > 0
  ) {
    return {
      kind,
      name,
      comment: `${kind} ${name}: set the target of ${move.resource} from ${move.currentTarget} % to ${move.proposedTarget} % in its manifest.\nIt has metrics beside it, which a patch of the list would take away.`,
    };
  }
  const metrics = scaler.metrics.map(metric =>
    metric.resource === move.resource &&
    metric.container === move.container &&
    metric.targetUtilization !== undefined
      ? { ...metric, targetUtilization: move.proposedTarget }
      : metric,
  );
  const keda = kind === 'ScaledObject';
  return {
    kind,
    name,
    body: {
      apiVersion: keda ? 'keda.sh/v1alpha1' : 'autoscaling/v2',
      kind,
      metadata: { name, namespace },
      spec: keda
        ? { triggers: metrics.map(triggerOf) }
        : { metrics: metrics.map(metricOf) },
    },
  };
}

function metricOf(metric: HpaResourceMetric) {
  const { resource, container, targetUtilization } = metric;
  const target =
    targetUtilization !== undefined
      ? { type: 'Utilization', averageUtilization: targetUtilization }
      : { type: 'AverageValue', averageValue: averageValueOf(metric) };
  return container === undefined
    ? { type: 'Resource', resource: { name: resource, target } }
    : {
        type: 'ContainerResource',
        containerResource: { name: resource, container, target },
      };
}

function triggerOf(metric: HpaResourceMetric) {
  const { resource, container, targetUtilization } = metric;
  const byUse = targetUtilization !== undefined;
  return {
    type: resource,
    metricType: byUse ? 'Utilization' : 'AverageValue',
    metadata: {
      value: byUse ? `${targetUtilization}` : averageValueOf(metric),
      ...(container !== undefined && { containerName: container }),
    },
  };
}

function averageValueOf({
  resource,
  targetAverageValue = 0,
}: HpaResourceMetric) {
  return resource === 'cpu'
    ? cpuQuantity(targetAverageValue)
    : memoryQuantity(targetAverageValue);
}

function documentOf({ body, comment }: ObjectPatch): string {
  return `${commentLines(comment)}${body ? stringify(body) : ''}`;
}

function kustomizationOf(
  objects: readonly ObjectPatch[],
  namespace: string,
): string {
  const patches = objects.flatMap(({ kind, name, body }) =>
    body
      ? [
          {
            target: {
              kind,
              name: asPattern(name),
              namespace: asPattern(namespace),
            },
            patch: stringify(body),
          },
        ]
      : [],
  );
  const comments = objects.map(({ comment }) => commentLines(comment)).join('');
  return `${comments}${stringify({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    patches,
  })}`;
}

/** The names of a target are regular expressions, anchored at both ends. */
function asPattern(name: string): string {
  return name.replaceAll('.', '\\.');
}

function helmValuesOf(
  resources: Resources,
  { hpa, evidence }: ContainerAdvice,
) {
  const targets = hpa.map(({ resource, proposedTarget }) => [
    resource === 'cpu'
      ? 'targetCPUUtilizationPercentage'
      : 'targetMemoryUtilizationPercentage',
    proposedTarget,
  ]);
  const about = `Container ${evidence.container}; charts differ in where they keep these.`;
  return `${commentLines(about)}${stringify({
    resources,
    ...(targets.length > 0 && { autoscaling: Object.fromEntries(targets) }),
  })}`;
}

function commentLines(text: string | undefined): string {
  return text === undefined
    ? ''
    : `${text
        .split('\n')
        .map(line => `# ${line}`)
        .join('\n')}\n`;
}
