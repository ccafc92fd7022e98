import { parseQuantity, Worded } from '@headroom/common';
import { findMigBoard } from '@headroom/plugin-cost-common';
import { DecisionAnswers } from './DecisionAnswers';
import { migProfileFor } from './render/gpuResource';
import { SERVICE_DEFAULTS } from './serviceDefaults';
import { ServiceKind, ServiceSpec } from './ServiceSpec';
import { sayStamping } from './stampingSentences';

/** A device, a share of one or none, and why. */
export interface DecidedGpu {
  gpu: NonNullable<ServiceSpec['gpu']>;
  reason: Worded;
}

/**
 * Development shares by turns; what others depend on gets a slice that holds its
 * memory, or a whole device. `undefined` = it works without.
 */
export function decideGpu(
  kind: ServiceKind,
  answers: DecisionAnswers,
): DecidedGpu | undefined {
  const { gpuMemory: memory, gpuModel: model } = answers;
  const usual = SERVICE_DEFAULTS[kind].gpu;
  if (memory === undefined) {
    return (
      usual && {
        gpu: { ...usual, ...(model !== undefined && { model }) },
        reason: sayStamping('gpuUnknown'),
      }
    );
  }
  const of = { memory, ...(model !== undefined && { model }) };
  if (kind === 'training-job') {
    return { gpu: { ...of, sharing: 'whole' }, reason: whole() };
  }
  if (mayTakeTurns(answers)) {
    return {
      gpu: { ...of, sharing: 'time-slicing' },
      reason: sayStamping('gpuTimeSlicing'),
    };
  }
  const bytes = parseQuantity(memory);
  if (model === undefined || bytes === undefined || !findMigBoard(model)) {
    return { gpu: { ...of, sharing: 'whole' }, reason: whole() };
  }
  const slice = migProfileFor(bytes, model);
  return slice && slice.maxPerBoard > 1
    ? {
        gpu: { ...of, sharing: 'mig' },
        reason: sayStamping('gpuMig', { memory }),
      }
    : {
        gpu: { ...of, sharing: 'whole' },
        reason: sayStamping('gpuNoSlice', { model, memory }),
      };
}

function mayTakeTurns({ environment, criticality }: DecisionAnswers): boolean {
  return (
    criticality !== 'critical' &&
    (environment === 'development' || criticality === 'dev')
  );
}

function whole(): Worded {
  return sayStamping('gpuWhole');
}
