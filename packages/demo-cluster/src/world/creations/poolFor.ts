import { z } from 'zod';
import { gpuSlots } from '../gpuSlots';
import { allocatable, Needs } from '../rooms';
import { NodePool } from '../types';

/** What a pod says of the nodes it may run on. */
export interface PodPlacement {
  nodeSelector: Record<string, string>;
  tolerations: ReadonlyArray<{ key?: string; value?: string }>;
  /** As JSON; capacity that is preferred is looked for in it. */
  affinity?: unknown;
}

/** Labels of nodes that differ from pool to pool. */
function labelsOf(pool: NodePool): Record<string, string> {
  const shared = pool.gpuOffer?.type === 'time-slicing';
  return {
    'karpenter.sh/nodepool': pool.name,
    'karpenter.sh/capacity-type': pool.capacityType,
    'node.kubernetes.io/instance-type': pool.instanceType,
    ...(pool.gpuModel && {
      'nvidia.com/gpu.present': 'true',
      'nvidia.com/gpu.product': `${pool.gpuModel}${shared ? '-SHARED' : ''}`,
      'nvidia.com/gpu.sharing-strategy': shared ? 'time-slicing' : 'none',
    }),
  };
}

const affinitySchema = z.object({
  nodeAffinity: z.object({
    requiredDuringSchedulingIgnoredDuringExecution: z.object({
      nodeSelectorTerms: z.array(
        z.object({
          matchExpressions: z
            .array(
              z.object({
                key: z.string(),
                operator: z.string(),
                values: z.array(z.string()).default([]),
              }),
            )
            .default([]),
        }),
      ),
    }),
  }),
});

const KNOWN = [
  'karpenter.sh/nodepool',
  'karpenter.sh/capacity-type',
  'node.kubernetes.io/instance-type',
  'nvidia.com/gpu.present',
  'nvidia.com/gpu.product',
  'nvidia.com/gpu.sharing-strategy',
];

/** Whether a label of a node is as a pod insists. */
interface Requirement {
  label: string;
  allows(value: string | undefined): boolean;
}

/** What a pod's affinity insists on. */
function required(affinity: unknown): Requirement[] {
  const parsed = affinitySchema.safeParse(affinity);
  const [term] = parsed.success
    ? parsed.data.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution
        .nodeSelectorTerms
    : [];
  return (term?.matchExpressions ?? [])
    .filter(({ operator }) => operator === 'In' || operator === 'NotIn')
    .map(({ key, operator, values }) => ({
      label: key,
      allows: value =>
        (value !== undefined && values.includes(value)) === (operator === 'In'),
    }));
}

function wantsSpot({ nodeSelector, affinity, tolerations }: PodPlacement) {
  return (
    nodeSelector['karpenter.sh/capacity-type'] === 'spot' ||
    /"spot"/.test(JSON.stringify(affinity ?? null)) ||
    tolerations.some(
      ({ key, value }) =>
        /spot|capacity-type/.test(key ?? '') || value === 'spot',
    )
  );
}

/**
 * The pool of nodes that a pod is placed on: one that its selector allows, with a
 * GPU only where it asks for one, spot where it says so, and of those the cheapest
 * that has room; undefined where there is none.
 */
export function poolFor(
  pools: readonly NodePool[],
  needs: Needs,
  placement: PodPlacement,
): NodePool | undefined {
  const selected = [
    ...Object.entries(placement.nodeSelector).map(
      ([label, wanted]): Requirement => ({
        label,
        allows: value => value === wanted,
      }),
    ),
    ...required(placement.affinity),
  ].filter(({ label }) => KNOWN.includes(label));
  const spot = wantsSpot(placement);
  const fitting = pools.filter(pool => {
    const labels = labelsOf(pool);
    const room = allocatable(pool);
    const slots = gpuSlots(pool).filter(
      ({ resource }) => resource === needs.gpuResource,
    );
    return (
      selected.every(({ label, allows }) => allows(labels[label])) &&
      (needs.gpuDevices > 0
        ? slots.length >= needs.gpuDevices
        : pool.gpuDevices === 0) &&
      needs.cpuCores <= room.cpuCores &&
      needs.memoryBytes <= room.memoryBytes &&
      (spot || pool.capacityType !== 'spot')
    );
  });
  const preferred = fitting.filter(
    ({ capacityType }) => (capacityType === 'spot') === spot,
  );
  const [first, ...rest] = preferred.length > 0 ? preferred : fitting;
  return rest.reduce(
    (best, pool) =>
      Number(pool.hourlyPrice) < Number(best.hourlyPrice) ? pool : best,
    first,
  );
}
