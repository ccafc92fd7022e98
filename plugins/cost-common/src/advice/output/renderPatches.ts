import { stringify } from 'yaml';
import { HpaResourceMetric } from '@headroom/common';
import { AdviceEvidence, ContainerAdvice, HpaMove } from '../types';
import { PodPatch, podPatchOf } from './podPatch';
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
  Service: 'serving.knative.dev/v1',
};

/** Kinds whose lists Kubernetes merges by name; in all others a patch replaces them. */
const BUILT_IN = new Set(
  Object.keys(API_VERSIONS).filter(k => k !== 'Rollout' && k !== 'Service'),
);

/**
 * What is proposed as YAML to paste, with the HPA or ScaledObject target and the
 * pod's other containers that have to move with it. Only what changes is in it;
 * a limit to leave off is `null`, which a merge takes away. Init containers and
 * native sidecars are under `initContainers`, a request of the pod itself under
 * `resources` of its spec.
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
  const pod = podPatchOf(advice);
  if (advice.status !== 'change' || !pod) {
    return undefined;
  }
  const { evidence } = advice;
  const objects = [
    workloadPatch(evidence, pod),
    ...advice.hpa
      .filter(move => move.proposedTarget !== move.currentTarget)
      .map(move => scalerPatch(move, evidence)),
  ];
  return {
    strategicMerge: objects.map(documentOf).join('---\n'),
    kustomize: kustomizationOf(objects, evidence.workload.namespace),
    helmValues: helmValuesOf(pod, advice),
  };
}

function workloadPatch(
  { workload, facts }: AdviceEvidence,
  { containers, resources }: PodPatch,
): ObjectPatch {
  const { kind, name, namespace } = workload;
  const listOf = (main: boolean) =>
    containers
      .filter(each => each.main === main)
      .map(each => ({ name: each.name, resources: each.resources }));
  const [mains, inits] = [listOf(true), listOf(false)];
  const pod = {
    ...(mains.length > 0 && { containers: mains }),
    ...(inits.length > 0 && { initContainers: inits }),
    ...(resources && { resources }),
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
    ...commentOf(kind, facts, containers),
  };
}

function commentOf(
  kind: string,
  facts: AdviceEvidence['facts'],
  containers: PodPatch['containers'],
): Pick<ObjectPatch, 'comment'> {
  const comments = [
    kind === 'Job' &&
      "The template of a Job that was made can't be changed: set these fields where the next one is made.",
    !BUILT_IN.has(kind) &&
      `${kind} is a custom resource: a merge replaces its list of containers as a whole.\nSet these fields in its manifest, or give Kustomize its schema (openapi).`,
    facts === undefined &&
      containers.length > 0 &&
      'Whether it is an init container (a native sidecar is one) is not known: it is taken for a main one.',
  ].filter(Boolean);
  return comments.length > 0 ? { comment: comments.join('\n') } : {};
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
  { containers, resources }: PodPatch,
  { hpa, evidence }: ContainerAdvice,
) {
  const targets = hpa
    .filter(move => move.proposedTarget !== move.currentTarget)
    .map(({ resource, proposedTarget }) => [
      resource === 'cpu'
        ? 'targetCPUUtilizationPercentage'
        : 'targetMemoryUtilizationPercentage',
      proposedTarget,
    ]);
  const [own, ...others] = [...containers].sort(
    (a, b) =>
      Number(b.name === evidence.container) -
      Number(a.name === evidence.container),
  );
  const about = [
    own && `Container ${own.name}; charts differ in where they keep these.`,
    resources &&
      'podResources are of the pod as a whole (spec.resources); charts differ in where they keep these.',
    ...others.map(
      ({ name }) => `Container ${name} has to change at the same time.`,
    ),
  ].filter(Boolean);
  return `${commentLines(about.join('\n'))}${stringify({
    ...(own && { resources: own.resources }),
    ...(resources && { podResources: resources }),
    ...(others.length > 0 && {
      otherContainers: Object.fromEntries(
        others.map(each => [each.name, { resources: each.resources }]),
      ),
    }),
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
