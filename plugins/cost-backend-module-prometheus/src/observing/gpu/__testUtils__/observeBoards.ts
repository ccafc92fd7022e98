import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { NodeHour } from '@headroom/plugin-cost-common';
import { HourWindow } from '../../../reading/HourWindow';
import { Problems } from '../../../reading/Problems';
import { sharesOfBoards } from '../boardShares';
import { deviceHours } from '../deviceHours';
import { GpuKnowledge } from '../GpuKnowledge';
import { gpuNodes } from '../gpuNodes';
import { GpuReadings } from '../GpuReadings';

const start = new Date('2026-03-02T10:00:00Z');

/** Label sets as exporters wrote them in public reports. */
export type Labels = Record<string, string>;

export function nodes(...names: string[]): NodeHour[] {
  return names.map(node => ({
    hour: start.toISOString(),
    node,
    capacityType: 'on-demand',
    cpuCores: 8,
    memoryBytes: 2 ** 35,
    gpuDevices: 1,
    upSeconds: 3600,
  }));
}

export function part(
  name: string,
  labels: Labels,
  value: number,
): PrometheusSeries {
  return {
    labels: { headroom_part: name, job: 'dcgm', ...labels },
    samples: Array.from({ length: 12 }, (_, slot): [number, number] => [
      start.getTime() / 1000 + (slot + 1) * 300,
      value,
    ]),
  };
}

/** A device that is read every 30 s and busy in part. */
export function used(labels: Labels, ratio = 0.5): PrometheusSeries[] {
  return [part('mean-engine', labels, ratio), part('seen-engine', labels, 10)];
}

export function observe(
  answer: PrometheusSeries[],
  {
    knowledge,
    of = nodes('node-1', 'node-2'),
    hours = 1,
  }: { knowledge?: GpuKnowledge; of?: NodeHour[]; hours?: number } = {},
) {
  const window = HourWindow.create(
    start,
    new Date(start.getTime() + hours * 3_600_000),
  );
  const problems = Problems.create();
  const readings = GpuReadings.read(window, answer, problems, knowledge);
  const shares = sharesOfBoards(readings.devices(), problems);
  const devices = deviceHours(
    0,
    window,
    readings,
    gpuNodes(of, [], () => undefined),
    device => shares.get(device) ?? 1,
    problems,
  );
  return {
    devices,
    problems: problems.list(),
    shares: readings.devices().map(device => shares.get(device)),
  };
}

/** The pod of an exporter, as Prometheus writes its labels. */
export const exporter = {
  namespace: 'gpu-operator',
  pod: 'nvidia-dcgm-exporter-x7k2p',
  container: 'nvidia-dcgm-exporter',
};
