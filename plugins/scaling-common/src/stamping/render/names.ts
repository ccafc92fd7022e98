import { Criticality, ServiceSpec } from '../ServiceSpec';

/** The PriorityClasses that the template `priority-classes` creates. @public */
export const PRIORITY_CLASSES: Readonly<Record<Criticality | 'batch', string>> =
  {
    critical: 'service-critical',
    standard: 'service-standard',
    dev: 'service-development',
    batch: 'batch',
  };

/** Where Prometheus runs, unless said; the operator's usual home. */
export const MONITORING_NAMESPACE = 'monitoring';

/** The one container's port of a service. */
export const PORT_NAME = 'http';

/** By these and no others are its pods found; they never change. */
export function selectorOf({ name }: ServiceSpec): Record<string, string> {
  return { 'app.kubernetes.io/name': name };
}

/** Of every object of a service. */
export function labelsOf(spec: ServiceSpec): Record<string, string> {
  const { name, system } = spec;
  const part = system && nameOfRef(system);
  return {
    ...selectorOf(spec),
    'app.kubernetes.io/component': spec.kind,
    ...(part && { 'app.kubernetes.io/part-of': part }),
    'backstage.io/kubernetes-id': name,
  };
}

export function metadataOf(spec: ServiceSpec, name: string = spec.name) {
  return { name, namespace: spec.namespace, labels: labelsOf(spec) };
}

/** Batch work yields to services, whatever it is for. */
export function priorityClassOf(spec: ServiceSpec): string {
  return isBatch(spec)
    ? PRIORITY_CLASSES.batch
    : PRIORITY_CLASSES[spec.criticality];
}

/** Nobody waits for its answer. */
export function isBatch({ kind }: Pick<ServiceSpec, 'kind'>): boolean {
  return kind === 'batch-inference' || kind === 'training-job';
}

/** It answers requests. */
export function isServing(spec: ServiceSpec): boolean {
  return !isBatch(spec);
}

/** Whether the number of replicas is another's than the workload's. */
export function isScaled({
  kind,
  scaling,
}: Pick<ServiceSpec, 'kind' | 'scaling'>): boolean {
  return kind !== 'training-job' && scaling.signal !== 'none';
}

/** Whether KEDA scales it; the HPA alone knows CPU and memory. */
export function isScaledByKeda(
  spec: Pick<ServiceSpec, 'kind' | 'scaling'>,
): boolean {
  const { signal } = spec.scaling;
  return (
    isScaled(spec) &&
    (signal === 'requestsPerSecond' || signal === 'queueDepth')
  );
}

/** The kind of the object whose pods do the work. */
export function workloadKindOf({ kind }: ServiceSpec) {
  switch (kind) {
    case 'training-job':
      return { apiVersion: 'batch/v1', kind: 'CronJob' };
    case 'feature-store':
      return { apiVersion: 'apps/v1', kind: 'StatefulSet' };
    default:
      return { apiVersion: 'apps/v1', kind: 'Deployment' };
  }
}

/**
 * A pattern of the names of its pods, for Prometheus. It is narrow, so that `web` is
 * not scaled by what `web-api` answers; names that Kubernetes cuts to 63 characters
 * may lack the last dash.
 */
export function podsOf({ kind, name }: ServiceSpec): string {
  switch (kind) {
    case 'training-job':
      return `${name}-[0-9]+-?[a-z0-9]{5}`;
    case 'feature-store':
      return `${name}-[0-9]+`;
    default:
      return `${name}-[a-z0-9]+-?[a-z0-9]{5}`;
  }
}

/** The LocalQueue of a namespace; a label, so of 63 characters at most. */
export function localQueueOf({ namespace }: ServiceSpec): string {
  const queue = `${namespace}-queue`;
  return queue.length <= 63 ? queue : namespace;
}

/** The Secret with the URL of the queue, which is created before, by hand or by an operator. */
export function queueSecretOf({ name }: ServiceSpec): string {
  return `${name}-rabbitmq`;
}

/** The name of `component:default/web` is `web`. */
function nameOfRef(ref: string): string | undefined {
  const name = ref.split('/').pop()?.split(':').pop();
  return name && /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(name)
    ? name
    : undefined;
}
