import { ContainerHour } from '../observations/observations';
import { ProblemLog } from './problems';

/** What a node's price is split over. */
export const NODE_RESOURCES = ['cpu', 'memory', 'gpu'] as const;

/** One of {@link NODE_RESOURCES}. */
export type NodeResource = (typeof NODE_RESOURCES)[number];

/** One container's hold on one resource: core-, byte- or device-seconds. */
export interface Claim {
  request?: number;
  usage?: number;
  /** max(request, usage); of a GPU the reserved share. */
  charged: number;
}

const FIELDS = {
  cpu: { request: 'cpuRequestCoreSeconds', usage: 'cpuUsageCoreSeconds' },
  memory: {
    request: 'memoryRequestByteSeconds',
    usage: 'memoryUsageByteSeconds',
  },
  gpu: { request: 'gpuRequestDeviceSeconds', usage: 'gpuBusyDeviceSeconds' },
} as const;

/** Reads one resource of a container; a value that can't be is reported and unknown. */
export function claimOf(
  container: ContainerHour,
  resource: NodeResource,
  problems: ProblemLog,
): Claim {
  const fields = FIELDS[resource];
  const request = quantityOf(container, fields.request, problems);
  const usage = quantityOf(container, fields.usage, problems);
  const charged =
    resource === 'gpu' ? request ?? 0 : Math.max(request ?? 0, usage ?? 0);
  return { request, usage, charged };
}

function quantityOf(
  container: ContainerHour,
  field: (typeof FIELDS)[NodeResource]['request' | 'usage'],
  problems: ProblemLog,
): number | undefined {
  const value = container[field];
  if (value === undefined || (Number.isFinite(value) && value >= 0)) {
    return value;
  }
  const example = `${container.namespace}/${container.pod}/${container.container}`;
  problems.add(
    'error',
    'invalid-quantity',
    field,
    count =>
      `${field} of ${count} container(s), e.g. ${example}, is ${value} or alike and is taken as unknown; it should be a number of at least 0.`,
  );
  return undefined;
}
