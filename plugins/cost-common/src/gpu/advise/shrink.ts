import { gib, wordGpuAdvice, wordGpuPart } from '../messages';
import { HEADROOM } from './limits';
import { Candidate, GpuWorkloadUse } from './types';

/** Fewer devices, when the busiest five minutes and the memory of all fit on them. */
export function proposeShrink(use: GpuWorkloadUse): Candidate[] {
  const { maxDevices, memory, deviceMemoryBytes, peakBusyDevices } = use;
  if (!use.exclusive || maxDevices < 2 || !memory || !deviceMemoryBytes) {
    return [];
  }
  const toDevices = Math.max(
    1,
    Math.ceil(peakBusyDevices * HEADROOM),
    Math.ceil((memory.peakSumBytes * HEADROOM) / deviceMemoryBytes),
  );
  const usual = use.deviceHours / use.heldHours;
  if (toDevices >= maxDevices || toDevices >= usual) {
    return [];
  }
  return [
    {
      kind: 'shrink',
      proposal: { kind: 'shrink', fromDevices: maxDevices, toDevices },
      summary: wordGpuAdvice('shrink', {
        to: wordGpuPart('gpus', { count: toDevices }),
        from: maxDevices,
        busy: peakBusyDevices.toFixed(1),
        held: gib(memory.peakSumBytes),
      }),
      tradeOff: wordGpuAdvice('shrinkCosts'),
      evidence: {
        peakBusyDevices,
        peakMemorySumBytes: memory.peakSumBytes,
        deviceMemoryBytes,
      },
      savedShare: 1 - toDevices / usual,
    },
  ];
}
