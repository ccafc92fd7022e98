import { parseQuantity } from '@headroom/common';
import { findMigBoard } from '@headroom/plugin-cost-common';
import { migProfileFor } from './render/gpuResource';
import { error, ServiceIssue } from './ServiceIssue';
import { ServiceSpec } from './ServiceSpec';
import { sayStamping } from './stampingSentences';

const GIB = 2 ** 30;
/** What is meant by a slice of no model. */
const USUAL_BOARD = 'NVIDIA-H100-80GB-HBM3';

/** A device or a share of one: whether there is such a share, and whether it is large enough. */
export function checkGpu({
  gpu,
  kind,
  criticality,
}: ServiceSpec): ServiceIssue[] {
  if (!gpu) {
    return kind === 'gpu-inference'
      ? [error('gpu', sayStamping('gpuNone'))]
      : [];
  }
  const { sharing, memory, model } = gpu;
  if (sharing !== 'whole' && memory === undefined) {
    return [error('gpu.memory', sayStamping('gpuMemory'))];
  }
  if (sharing === 'mig' && model !== undefined && !findMigBoard(model)) {
    return [error('gpu.model', sayStamping('gpuUncut', { model }))];
  }
  return [
    ...(sharing === 'time-slicing' && criticality === 'critical'
      ? [error('gpu.sharing', sayStamping('gpuTurnsCritical'))]
      : []),
    ...checkMemory(gpu),
  ];
}

function checkMemory({
  sharing,
  memory,
  model,
}: NonNullable<ServiceSpec['gpu']>): ServiceIssue[] {
  const bytes = memory === undefined ? undefined : parseQuantity(memory);
  if (memory === undefined || bytes === undefined) {
    return [];
  }
  if (sharing === 'mig') {
    return migProfileFor(bytes, model)
      ? []
      : [
          error(
            'gpu.memory',
            sayStamping('gpuTooLarge', {
              value: memory,
              model: model ?? USUAL_BOARD,
            }),
          ),
        ];
  }
  // Only of models that can be cut is it known how much they have.
  const board = findMigBoard(model);
  return board && bytes > board.memoryGb * GIB
    ? [
        error(
          'gpu.memory',
          sayStamping('gpuOverDevice', {
            value: memory,
            board: board.name,
            whole: `${board.memoryGb}Gi`,
          }),
        ),
      ]
    : [];
}
