import {
  ContainerHour,
  POD_LEVEL_CONTAINER,
} from '@headroom/plugin-cost-common';
import { RequestHour } from './requests';

/** What a pod asks for beside its containers, on one node in one hour. */
export interface PodLevelStay {
  /** What the scheduler reserves for it, containers and sandbox included. */
  reserved: RequestHour | undefined;
  /** `spec.resources` of the pod: its containers included, its sandbox not. */
  spec: RequestHour | undefined;
  /** Of its sandbox, its containers not included. */
  overhead: RequestHour | undefined;
}

/** What the containers of a pod have beside their charges. */
type OfPod = Pick<
  ContainerHour,
  | 'hour'
  | 'namespace'
  | 'pod'
  | 'node'
  | 'workloadKind'
  | 'workload'
  | 'labels'
  | 'labelsSanitized'
  | 'runSeconds'
>;

/**
 * What the scheduler sets aside for a pod beyond what its containers are charged
 * for: the part of `spec.resources` or of a large init container that none of
 * them fills, and the overhead of its RuntimeClass. A row of the pod's own, so
 * that the pod is charged max(request, usage) as a whole. Undefined when there is
 * nothing beyond.
 *
 * Kubernetes sums requests the same way: the pod's own request where it has one,
 * else that of its containers, plus the overhead (KEP-2837, KEP-688).
 */
export function podLevelHour(
  stay: PodLevelStay,
  ofPod: OfPod,
  containers: readonly ContainerHour[],
): ContainerHour | undefined {
  const cpu = beyond(stay, containers, 'cpuCoreSeconds', each =>
    Math.max(
      each.cpuChargedCoreSeconds ?? 0,
      each.cpuRequestCoreSeconds ?? 0,
      each.cpuUsageCoreSeconds ?? 0,
    ),
  );
  const memory = beyond(stay, containers, 'memoryByteSeconds', each =>
    Math.max(
      each.memoryChargedByteSeconds ?? 0,
      each.memoryRequestByteSeconds ?? 0,
      each.memoryUsageByteSeconds ?? 0,
    ),
  );
  return cpu > 0 || memory > 0
    ? {
        ...ofPod,
        container: POD_LEVEL_CONTAINER,
        cpuRequestCoreSeconds: cpu,
        memoryRequestByteSeconds: memory,
        // What nobody fills is used by nobody.
        cpuUsageCoreSeconds: 0,
        memoryUsageByteSeconds: 0,
      }
    : undefined;
}

/** Less than this share is how doubles and instants add up. */
const DUST = 0.01;

function beyond(
  { reserved, spec, overhead }: PodLevelStay,
  containers: readonly ContainerHour[],
  resource: 'cpuCoreSeconds' | 'memoryByteSeconds',
  chargedOf: (container: ContainerHour) => number,
): number {
  const extra = overhead?.[resource] ?? 0;
  const ofSpec = spec?.[resource];
  const asked = Math.max(
    reserved?.[resource] ?? 0,
    ofSpec === undefined ? 0 : ofSpec + extra,
  );
  const charged = containers.reduce((sum, each) => sum + chargedOf(each), 0);
  const rest = asked - charged;
  return rest > DUST * asked ? Math.max(rest, extra) : extra;
}
