import { Worded } from '@headroom/common';
import { gib, percent, wordGpuAdvice, wordGpuPart } from '../messages';
import { isLoaded, roleOf, waitsLoaded } from './role';
import { Candidate, GpuWorkloadUse } from './types';

/** A workload that computes in a larger part of the time uses its GPUs. */
const MAXIMUM_COMPUTING_SHARE = 0.01;

/**
 * Give up GPUs that computed nothing. An inference server holds a model and
 * waits by design, so deleting it is never proposed.
 */
export function proposeRemove(use: GpuWorkloadUse): Candidate[] {
  if (use.computingHours > MAXIMUM_COMPUTING_SHARE * use.knownHours) {
    return [];
  }
  const { memory, maxDevices, days } = use;
  const role = roleOf(use.workload);
  const withheld = withheldBecause(use);
  const seen = {
    gpus: wordGpuPart('gpus', { count: maxDevices }),
    share: percent(use.computingHours / use.knownHours),
    days: wordGpuPart('days', { count: days }),
  };
  return [
    {
      kind: 'remove',
      proposal: { kind: 'remove' },
      summary:
        memory && isLoaded(use)
          ? wordGpuAdvice('removeLoaded', {
              ...seen,
              held: gib(memory.leastBytes),
            })
          : wordGpuAdvice('remove', seen),
      ...(role === 'notebook' && {
        tradeOff: wordGpuAdvice('removeNotebook'),
      }),
      ...(role === 'training' && {
        tradeOff: wordGpuAdvice('removeTraining'),
      }),
      savedShare: 1,
      ...(withheld && { withheld }),
    },
  ];
}

function withheldBecause(use: GpuWorkloadUse): Worded | undefined {
  if (!use.memory) {
    return wordGpuAdvice('removeMemoryUnknown');
  }
  return waitsLoaded(use) ? wordGpuAdvice('removeWaits') : undefined;
}
