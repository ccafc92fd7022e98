import { containerGroupSize } from './containerGroupSize';
import { fargateSize, readCapacityProvisioned } from './fargateSize';
import {
  AZURE_CONTAINER_INSTANCES,
  EKS_FARGATE,
  GKE_AUTOPILOT,
} from './podPlatforms';

/** What a pod is billed for while it runs. */
export interface BilledSize {
  cpuCores: number;
  /** In the unit its price is for. */
  memoryGib: number;
}

/** What one container requests; absent = none, or not known. */
export interface ContainerRequest {
  cpuCores?: number;
  memoryBytes?: number;
}

/** A pod as far as its bill depends on it. */
export interface BilledPod {
  namespace: string;
  labels: Record<string, string>;
  containers: ContainerRequest[];
}

const GIB = 2 ** 30;
const GOOGLES = /^(kube-system|gmp-system|gke-gmp-system|gke-managed-.+)$/;
const CAPACITY_KEY = /^(annotation_)?capacity_?provisioned$/i;

/**
 * What the platform bills a pod for. Undefined when that can't be told: it is
 * billed by its requests, and none are known.
 */
export function billedSize(
  platform: string,
  pod: BilledPod,
): BilledSize | undefined {
  const cpu = sumOf(pod.containers.map(({ cpuCores }) => cpuCores));
  const memory = sumOf(pod.containers.map(({ memoryBytes }) => memoryBytes));
  if (platform === EKS_FARGATE) {
    return (
      capacityProvisioned(pod.labels) ??
      fargateSize(cpu ?? 0, (memory ?? 0) / GIB)
    );
  }
  if (platform === AZURE_CONTAINER_INSTANCES) {
    return containerGroupSize(pod.containers);
  }
  return platform.startsWith(GKE_AUTOPILOT) && isGoogles(pod.namespace)
    ? { cpuCores: 0, memoryGib: 0 }
    : requested(cpu, memory);
}

function requested(
  cpuCores: number | undefined,
  memoryBytes: number | undefined,
): BilledSize | undefined {
  return cpuCores === undefined && memoryBytes === undefined
    ? undefined
    : { cpuCores: cpuCores ?? 0, memoryGib: (memoryBytes ?? 0) / GIB };
}

/** Google doesn't bill the pods it runs itself. */
function isGoogles(namespace: string): boolean {
  return GOOGLES.test(namespace);
}

/** The annotation, where an exporter put it among the labels. */
function capacityProvisioned(
  labels: Record<string, string>,
): BilledSize | undefined {
  for (const key of Object.keys(labels)) {
    if (CAPACITY_KEY.test(key)) {
      return readCapacityProvisioned(labels[key]);
    }
  }
  return undefined;
}

function sumOf(
  quantities: ReadonlyArray<number | undefined>,
): number | undefined {
  const known = quantities.filter(quantity => quantity !== undefined);
  return known.length === 0
    ? undefined
    : known.reduce((sum, quantity) => sum + quantity, 0);
}
