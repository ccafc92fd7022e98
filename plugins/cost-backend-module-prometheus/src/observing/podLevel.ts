import {
  ContainerHour,
  POD_LEVEL_CONTAINER,
  SLOTS_PER_HOUR,
} from '@headroom/plugin-cost-common';
import { sum } from '../reading/collections';
import { chargedSlots, Demand, Demanded } from './demands';
import { RequestSlots } from './requestSlots';

/** What a pod asks for beside its containers, on one node in the slots of one hour. */
export interface PodLevelStay {
  /** What the scheduler reserves for it, containers and sandbox included. */
  reserved: RequestSlots | undefined;
  /** `spec.resources` of the pod: its containers included, its sandbox not. */
  spec: RequestSlots | undefined;
  /** Of its sandbox, its containers not included. */
  overhead: RequestSlots | undefined;
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
  containers: readonly Demand[],
): ContainerHour | undefined {
  if (!stay.reserved && !stay.spec && !stay.overhead) {
    return undefined;
  }
  const cpu = sum(beyond(stay, containers, 'cpu'));
  const memory = sum(beyond(stay, containers, 'memory'));
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
  containers: readonly Demand[],
  resource: Demanded,
): number[] {
  const charges = containers.map(each => chargedSlots(each, resource));
  return Array.from({ length: SLOTS_PER_HOUR }, (_, slot) => {
    const extra = overhead?.get(resource)?.[slot] ?? 0;
    const ofSpec = spec?.get(resource)?.[slot] ?? 0;
    const asked = Math.max(
      reserved?.get(resource)?.[slot] ?? 0,
      ofSpec > 0 ? ofSpec + extra : 0,
    );
    const rest = asked - sum(charges.map(each => each[slot] ?? 0));
    return rest > DUST * asked ? Math.max(rest, extra) : extra;
  });
}
