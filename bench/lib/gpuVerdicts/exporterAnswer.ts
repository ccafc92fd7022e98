import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { SLOT_SECONDS } from '@headroom/plugin-cost-common';
import { GpuCounter, GpuLoad } from '@headroom/plugin-cost-common/testUtils';

/** Readings a slot: one every 30 s. */
const READINGS = 10;

const METRICS: Record<GpuCounter, { id: string; scale: number }> = {
  smActive: { id: 'sm', scale: 1 },
  graphicsEngineActive: { id: 'engine', scale: 1 },
  utilisation: { id: 'util', scale: 100 },
};

/** A board under one load, of which one counter is read. */
export interface BenchBoard {
  /** UUID, and name of the pod that holds it. */
  name: string;
  node: string;
  model: string;
  load: GpuLoad;
  counter: GpuCounter;
}

/** What Prometheus says of boards that report the same all the time: the answer to the product's query. */
export function exporterAnswer(
  boards: readonly BenchBoard[],
  start: Date,
  end: Date,
): PrometheusSeries[] {
  const steps: number[] = [];
  for (
    let at = start.getTime() / 1000 + SLOT_SECONDS;
    at <= end.getTime() / 1000;
    at += SLOT_SECONDS
  ) {
    steps.push(at);
  }
  return boards.flatMap(({ name, node, model, load, counter }) => {
    const { id, scale } = METRICS[counter];
    const parts: Record<string, number> = {
      [`mean-${id}`]: load[counter] * scale,
      [`seen-${id}`]: READINGS,
      'memory-used': load.memoryUsedMib,
      power: load.powerWatts,
    };
    return Object.entries(parts).map(([part, value]) => ({
      labels: {
        headroom_part: part,
        job: 'dcgm',
        UUID: `GPU-${name}`,
        hostname: node,
        modelName: model,
        namespace: 'bench',
        pod: name,
        container: 'main',
      },
      samples: steps.map((at): [number, number] => [at, value]),
    }));
  });
}
