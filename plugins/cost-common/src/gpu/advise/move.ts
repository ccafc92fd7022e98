import { findGpuType } from '../gpuTypes';
import { gib, percent, wordGpuAdvice, wordGpuPart } from '../messages';
import { GIB, HEADROOM } from './limits';
import { Candidate, GpuOffer, GpuWorkloadUse } from './types';

/** Another type has to be this much cheaper: throughput in practice differs from data sheets. */
const MINIMUM_CHEAPER = 0.2;

/**
 * The cheapest type that has the memory, and at its peak the throughput and
 * bandwidth of the busiest five minutes.
 */
export function proposeMove(
  use: GpuWorkloadUse,
  offers: readonly GpuOffer[],
): Candidate[] {
  const { memory, model, exclusive, maxDevices } = use;
  const now = findGpuType(model);
  if (!exclusive || !memory || !model || !now || use.severalModels) {
    return [];
  }
  const paid = Number(use.costMicros) / use.deviceHours;
  const compute = Math.min(1, use.peakBusyShare * HEADROOM);
  const fitting = offers
    .flatMap(offer => {
      const type = findGpuType(offer.model);
      return type ? [{ offer, type, hourly: Number(offer.hourlyMicros) }] : [];
    })
    .filter(
      ({ type, hourly }) =>
        type.name !== now.name &&
        type.memoryGb * GIB >= memory.peakBytes * HEADROOM &&
        type.tensorTflops >= compute * now.tensorTflops &&
        type.bandwidthGbPerSecond >= compute * now.bandwidthGbPerSecond &&
        hourly > 0 &&
        hourly <= (1 - MINIMUM_CHEAPER) * paid,
    )
    .sort((a, b) => a.hourly - b.hourly);
  if (fitting.length === 0) {
    return [];
  }
  const [{ offer, type, hourly }] = fitting;
  return [
    {
      kind: 'move',
      proposal: {
        kind: 'move',
        fromModel: model,
        toModel: offer.model,
        ...(offer.instanceType && { toInstanceType: offer.instanceType }),
      },
      summary: wordGpuAdvice('move', {
        type: type.name,
        memory: `${type.memoryGb} GB`,
        held: gib(memory.peakBytes),
        busy: percent(use.peakBusyShare),
        now: now.name,
      }),
      tradeOff: wordGpuAdvice('moveCosts', {
        speed: percent(type.tensorTflops / now.tensorTflops),
        bandwidth: percent(
          type.bandwidthGbPerSecond / now.bandwidthGbPerSecond,
        ),
      }),
      evidence: {
        peakMemoryBytes: memory.peakBytes,
        peakBusyShare: use.peakBusyShare,
        fromTensorTflops: now.tensorTflops,
        toTensorTflops: type.tensorTflops,
        toHourlyMicros: offer.hourlyMicros.toString(),
      },
      savedShare: 1 - hourly / paid,
      ...(maxDevices > 1 && {
        withheld: wordGpuAdvice('moveSeveral', {
          gpus: wordGpuPart('gpus', { count: maxDevices }),
        }),
      }),
    },
  ];
}
