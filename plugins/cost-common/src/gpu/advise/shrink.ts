import { HEADROOM } from './limits';
import { Candidate, GpuWorkloadUse } from './types';
import { count, gib } from './words';

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
      summary: `Use ${count(
        toDevices,
        'GPU',
      )} instead of ${maxDevices}: in the busiest five minutes ${peakBusyDevices.toFixed(
        1,
      )} were busy, and all of them held ${gib(memory.peakSumBytes)}.`,
      tradeOff:
        'Work spread over more devices takes longer on fewer; what is split over devices has to be told their number.',
      evidence: {
        peakBusyDevices,
        peakMemorySumBytes: memory.peakSumBytes,
        deviceMemoryBytes,
      },
      savedShare: 1 - toDevices / usual,
    },
  ];
}
