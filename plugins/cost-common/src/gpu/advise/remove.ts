import { isLoaded, roleOf, waitsLoaded } from './role';
import { Candidate, GpuWorkloadUse } from './types';
import { count, gib, percent } from './words';

/** Part of the time in which an idle workload may still compute. */
const IDLE_TIME = 0.01;

/**
 * Give up GPUs that computed nothing. An inference server holds a model and
 * waits by design, so deleting it is never proposed.
 */
export function proposeRemove(use: GpuWorkloadUse): Candidate[] {
  if (use.computingHours > IDLE_TIME * use.knownHours) {
    return [];
  }
  const { memory, maxDevices, days } = use;
  const role = roleOf(use.workload);
  const withheld = withheldBecause(use);
  const idle = `${count(maxDevices, 'GPU')} computed in ${percent(
    use.computingHours / use.knownHours,
  )} of the time over ${count(days, 'day')}`;
  return [
    {
      kind: 'remove',
      proposal: { kind: 'remove' },
      summary: `Remove the GPU: ${idle}${
        memory && isLoaded(use)
          ? ` and held ${gib(memory.leastBytes)} of memory`
          : ''
      }.`,
      ...(role === 'notebook' && {
        tradeOff:
          'Warn its user first, then stop it: what a notebook holds in memory is lost.',
      }),
      ...(role === 'training' && {
        tradeOff:
          'A run that waits for data or for other workers fails without its GPU; look at its phase first.',
      }),
      savedShare: 1,
      ...(withheld && { withheld }),
    },
  ];
}

function withheldBecause(use: GpuWorkloadUse): string | undefined {
  if (!use.memory) {
    return 'Whether a model is loaded is not known: memory was not reported.';
  }
  return waitsLoaded(use)
    ? 'An inference server keeps its model in memory and waits for requests: scale it to zero when there are none, or share the device, rather than take it away.'
    : undefined;
}
