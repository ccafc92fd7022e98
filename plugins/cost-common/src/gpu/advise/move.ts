import { findGpuType } from '../gpuTypes';
import { GIB, HEADROOM } from './limits';
import { Candidate, GpuOffer, GpuWorkloadUse } from './types';
import { count, gib, percent } from './words';

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
      summary: `Move to ${type.name} (${
        type.memoryGb
      } GB): it held at most ${gib(
        memory.peakBytes,
      )} and its busiest five minutes took ${percent(use.peakBusyShare)} of ${
        now.name
      }.`,
      tradeOff: `Peak speed falls to ${percent(
        type.tensorTflops / now.tensorTflops,
      )} and memory bandwidth to ${percent(
        type.bandwidthGbPerSecond / now.bandwidthGbPerSecond,
      )} of today's by data sheet; try it with your own load first.`,
      evidence: {
        peakMemoryBytes: memory.peakBytes,
        peakBusyShare: use.peakBusyShare,
        fromTensorTflops: now.tensorTflops,
        toTensorTflops: type.tensorTflops,
        toHourlyMicros: offer.hourlyMicros.toString(),
      },
      savedShare: 1 - hourly / paid,
      ...(maxDevices > 1 && {
        withheld: `It uses ${count(
          maxDevices,
          'GPU',
        )} at once; how fast they talk to each other on the other type is not known.`,
      }),
    },
  ];
}
