import { ProblemLog } from '@headroom/common';
import { ContainerHour } from '../observations/observations';
import { wordAllocation } from '../problems';

/** What a node's price is split over. */
export const NODE_RESOURCES = ['cpu', 'memory', 'gpu'] as const;

/** One of {@link NODE_RESOURCES}. */
export type NodeResource = (typeof NODE_RESOURCES)[number];

/** One container's hold on one resource: core-, byte- or device-seconds. */
export interface Claim {
  request?: number;
  usage?: number;
  /** max(request, usage), of the hour or, where the source says it, of its slots; of a GPU the reserved share. */
  charged: number;
}

const FIELDS = {
  cpu: {
    request: 'cpuRequestCoreSeconds',
    usage: 'cpuUsageCoreSeconds',
    charged: 'cpuChargedCoreSeconds',
  },
  memory: {
    request: 'memoryRequestByteSeconds',
    usage: 'memoryUsageByteSeconds',
    charged: 'memoryChargedByteSeconds',
  },
  gpu: {
    request: 'gpuRequestDeviceSeconds',
    usage: 'gpuBusyDeviceSeconds',
    charged: undefined,
  },
} as const;

type Field = NonNullable<
  (typeof FIELDS)[NodeResource]['request' | 'usage' | 'charged']
>;

/** How doubles add up. */
const DUST = 1e-6;

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
    resource === 'gpu'
      ? request ?? 0
      : chargedOf(container, fields.charged, request, usage, problems);
  return { request, usage, charged };
}

/** What slots charge lies between max(request, usage) of the hour and their sum. */
function chargedOf(
  container: ContainerHour,
  field: (typeof FIELDS)['cpu' | 'memory' | 'gpu']['charged'],
  request: number | undefined,
  usage: number | undefined,
  problems: ProblemLog,
): number {
  const ofHour = Math.max(request ?? 0, usage ?? 0);
  const ofSlots = field && quantityOf(container, field, problems);
  if (field === undefined || ofSlots === undefined) {
    return ofHour;
  }
  const most = (request ?? 0) + (usage ?? 0);
  if (ofSlots > most * (1 + DUST) || ofSlots < ofHour * (1 - DUST)) {
    const example = `${container.namespace}/${container.pod}/${container.container}`;
    problems.add('error', 'invalid-charge', field, count =>
      wordAllocation('chargeInvalid', {
        count,
        field,
        example,
        value: ofSlots,
        least: ofHour,
        most,
      }),
    );
    return ofHour;
  }
  return Math.max(ofHour, ofSlots);
}

function quantityOf(
  container: ContainerHour,
  field: Field,
  problems: ProblemLog,
): number | undefined {
  const value = container[field];
  if (value === undefined || (Number.isFinite(value) && value >= 0)) {
    return value;
  }
  const example = `${container.namespace}/${container.pod}/${container.container}`;
  problems.add('error', 'invalid-quantity', field, count =>
    wordAllocation('quantityInvalid', { count, field, example, value }),
  );
  return undefined;
}
