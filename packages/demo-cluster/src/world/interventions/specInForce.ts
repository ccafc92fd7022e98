import { containersOf, editOf, podLabelsOf } from '../releases';
import { isScaledByKeda, replicaBounds } from '../scaling';
import { ContainerSpec, WorkloadSpec } from '../types';
import { Wishes } from '../wishes';
import { merged } from './applyEntry';
import { InterventionLog } from './InterventionLog';
import { ObjectRef } from './Intervention';

/** What is in force of an object, as far as it can be changed. @public */
export interface ObjectSpec {
  kind: string;
  namespace: string;
  name: string;
  uid: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  /** Labels and annotations of the pods it makes. */
  podLabels?: Record<string, string>;
  podAnnotations?: Record<string, string>;
  containers?: ContainerSpec[];
  replicas?: number;
  /** Bounds of an autoscaler. */
  minReplicas?: number;
  maxReplicas?: number;
  suspended?: boolean;
}

/** Whether a workload is what an object is, or, for an autoscaler, what it scales. */
export function isMeant(
  spec: WorkloadSpec,
  { kind, namespace, name }: Omit<ObjectRef, 'cluster'>,
): boolean {
  if (spec.namespace !== namespace) {
    return false;
  }
  if (spec.scaledBy?.kind === kind) {
    return spec.scaledBy.name === name;
  }
  if (spec.name !== name) {
    return false;
  }
  switch (kind) {
    case 'HorizontalPodAutoscaler':
      return replicaBounds(spec) !== undefined && !isScaledByKeda(spec);
    case 'ScaledObject':
      return replicaBounds(spec) !== undefined && isScaledByKeda(spec);
    case 'VerticalPodAutoscaler':
      return spec.vpa !== undefined;
    case 'Service':
      return spec.service === true;
    default:
      return spec.kind === kind;
  }
}

/** The object among the specs in force; undefined when it isn't there. */
export function specInForce(options: {
  object: Omit<ObjectRef, 'cluster'>;
  uid: string;
  workloads: WorkloadSpec[];
  hour: number;
  metadataOf: (
    object: Omit<ObjectRef, 'cluster'>,
  ) => ReturnType<InterventionLog['metadataOf']>;
  wishes: Wishes;
}): ObjectSpec | undefined {
  const { object, hour, wishes } = options;
  const spec = options.workloads.find(each => isMeant(each, object));
  if (!spec) {
    return undefined;
  }
  const { uid } = options;
  const { kind, namespace = '', name } = object;
  const edits = options.metadataOf({ ...object, uid });
  const itself = kind === spec.kind;
  const found = {
    kind,
    namespace,
    name,
    uid,
    labels: merged(spec.labels, edits?.labels),
    annotations: merged(
      itself ? spec.annotations ?? {} : {},
      edits?.annotations,
    ),
  };
  if (!itself) {
    const bounds = replicaBounds(spec);
    return bounds && kind !== 'VerticalPodAutoscaler' && kind !== 'Service'
      ? { ...found, minReplicas: bounds.min, maxReplicas: bounds.max }
      : found;
  }
  const revision = wishes.revision(spec, hour);
  return {
    ...found,
    podLabels: podLabelsOf(spec, revision),
    podAnnotations: editOf(spec, revision)?.annotations ?? {},
    containers: containersOf(spec, revision),
    ...(kind === 'CronJob' && { suspended: spec.suspended ?? false }),
    ...((kind === 'Deployment' || kind === 'StatefulSet') && {
      replicas: wishes.replicas(spec, hour),
    }),
  };
}
