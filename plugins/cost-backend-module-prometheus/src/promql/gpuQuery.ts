import { GPU_GAUGES, GPU_METRICS } from './gpuMetrics';
import { together } from './expressions';
import { IDENTITY, matching, Select } from './selectors';

/** Hardware, instance and claim of a reading, whatever the exporter's version calls them. */
const DEVICE =
  'gpu, UUID, Hostname, hostname, node, exported_node, modelName, GPU_I_ID, GPU_I_PROFILE, vgpu, dra_claim_name, dra_claim_namespace, dra_pool_name, dra_mig_profile, dra_mig_device_uuid';

/** Whom exporters with labels of old name for the holder. */
const OLD_IDENTITY = 'pod_name, pod_namespace, container_name';

/** `(t − 5m, t]`, as for hours; readings at most 15 s apart are told apart. */
const SLOT_RANGE = '[4m59s999ms]';
const SLOT_STEPS = '[4m59s999ms:15s]';

/**
 * Containers that share boards by HAMi, which DCGM's exporter doesn't see: the
 * memory each may use of which board, by its monitor, and the cores in percent,
 * by its scheduler. Both under the names before 2.9 and since.
 */
export const FRACTIONS = {
  memory: ['hami_vgpu_memory_limit_bytes', 'vGPU_device_memory_limit_in_bytes'],
  cores: ['hami_vgpu_core_allocated_ratio', 'vGPUCoreAllocated'],
};
const FRACTION =
  'device_uuid, deviceuuid, podnamespace, podname, ctrname, container_index, containeridx';

/** MiB and watts above this are DCGM's way of saying "blank". */
const HIGHEST_GAUGE = 10_000_000;

/**
 * Readings of GPUs by device and workload, at the end of each slot of five
 * minutes: for every utilisation metric (SM active, which is
 * `DCGM_FI_PROF_SM_ACTIVE`, and the others in gpuMetrics.ts) the mean of what can be true, how many
 * readings there were and how many can't be true, and the highest of the last
 * day where the unit must be told from the range; then memory and power, and
 * where each device is scraped; and who shares boards by fractions.
 */
export function gpuQuery(select: Select): string {
  const by = `max by (job, ${DEVICE}, ${IDENTITY}, ${OLD_IDENTITY})`;
  // Subqueries, because readings must be dropped before they are averaged.
  const parts = GPU_METRICS.flatMap(({ id, metric, highest, unit }) => {
    const selector = select(matching(metric));
    const expressions: Array<[string, string]> = [
      [
        `mean-${id}`,
        `avg_over_time((${selector} >= 0 <= ${highest})${SLOT_STEPS})`,
      ],
      [`seen-${id}`, `count_over_time(${selector}${SLOT_RANGE})`],
      [
        `bad-${id}`,
        `count_over_time((${selector} > ${highest} or ${selector} < 0)${SLOT_STEPS})`,
      ],
    ];
    if (unit === 'infer') {
      expressions.push([
        `range-${id}`,
        `max_over_time((${selector} <= ${highest})[1d:5m])`,
      ]);
    }
    return expressions;
  });
  const gauges = Object.entries(GPU_GAUGES).map(
    ([id, { metric, over }]): [string, string] => [
      id,
      `${over}((${select(
        matching(metric),
      )} >= 0 < ${HIGHEST_GAUGE})${SLOT_STEPS})`,
    ],
  );
  const limits = select(matching(FRACTIONS.memory));
  const cores = select(matching(FRACTIONS.cores));
  const fractions: Array<[string, string]> = [
    ['fraction-seen', `count_over_time(${limits}${SLOT_RANGE})`],
    ['fraction-memory', `max_over_time(${limits}${SLOT_RANGE})`],
    ['fraction-cores', `max_over_time(${cores}${SLOT_RANGE})`],
  ];
  const utilisation = GPU_METRICS.map(({ metric }) => metric);
  return together({
    ...Object.fromEntries(
      [...parts, ...gauges].map(([part, expression]) => [
        part,
        `${by} (${expression})`,
      ]),
    ),
    ...Object.fromEntries(
      fractions.map(([part, expression]) => [
        part,
        `max by (job, ${FRACTION}, ${IDENTITY}) (${expression})`,
      ]),
    ),
    place: `group by (instance, gpu, UUID, GPU_I_ID, Hostname, hostname, node, exported_node, job, ${IDENTITY}) (${select(
      matching(utilisation),
    )})`,
  });
}
