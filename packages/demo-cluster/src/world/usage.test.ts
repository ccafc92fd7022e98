import type { ContainerHour } from '@headroom/plugin-cost-common';
import { HOUR_MS } from '@headroom/common';
import { createWorld } from './createWorld';
import { GIB } from './types';

// A Monday.
const START = new Date('2026-01-05T00:00:00Z');
const HISTORY_HOURS = 56 * 24;

const world = createWorld({ seed: 1, start: START });
const end = new Date(START.getTime() + HISTORY_HOURS * HOUR_MS);
const usWest = world.cluster('us-west').observe(START, end);
const euCentral = world.cluster('eu-central').observe(START, end);

type Sum = Record<
  'run' | 'cpuRequest' | 'cpu' | 'memoryRequest' | 'memory' | 'gpu' | 'gpuBusy',
  number
>;

function sum(containers: ContainerHour[]): Sum {
  const total = {
    run: 0,
    cpuRequest: 0,
    cpu: 0,
    memoryRequest: 0,
    memory: 0,
    gpu: 0,
    gpuBusy: 0,
  };
  for (const container of containers) {
    total.run += container.runSeconds;
    total.cpuRequest += container.cpuRequestCoreSeconds!;
    total.cpu += container.cpuUsageCoreSeconds!;
    total.memoryRequest += container.memoryRequestByteSeconds!;
    total.memory += container.memoryUsageByteSeconds!;
    total.gpu += container.gpuRequestDeviceSeconds ?? 0;
    total.gpuBusy += container.gpuBusyDeviceSeconds ?? 0;
  }
  return total;
}

const of = (workload: string, from = usWest) =>
  from.containers.filter(container => container.workload === workload);

/** Hour of the week in us-west, 0 = Monday midnight. */
const localHourOfWeek = (hour: string) =>
  ((Date.parse(hour) - START.getTime()) / HOUR_MS - 8 + 168) % 168;

describe('akidb-rest', () => {
  it.each([
    ['us-west', usWest, 4],
    ['eu-central', euCentral, 3],
  ])(
    'in %s asks for 8 cores and 16 GiB, needs about 4.5 and 11, and keeps its GPU 35 %% busy',
    (_, observations, replicas) => {
      const total = sum(of('akidb-rest', observations));
      expect(total.run / 3600 / HISTORY_HOURS).toBeCloseTo(replicas, 1);
      expect(total.cpuRequest / total.run).toBeCloseTo(8, 6);
      expect(total.memoryRequest / total.run / GIB).toBeCloseTo(16, 6);
      expect(total.cpu / total.run).toBeGreaterThan(4.35);
      expect(total.cpu / total.run).toBeLessThan(4.65);
      expect(total.memory / total.run / GIB).toBeGreaterThan(10.9);
      expect(total.memory / total.run / GIB).toBeLessThan(11.1);
      expect(total.gpuBusy / total.gpu).toBeGreaterThan(0.34);
      expect(total.gpuBusy / total.gpu).toBeLessThan(0.36);
    },
  );

  it('never needs what it asks for, or much more than it mostly uses', () => {
    const samples = of('akidb-rest').flatMap(c => c.samples!.cpuCores!);
    const peak = samples.reduce((a, b) => Math.max(a!, b ?? 0), 0)!;
    expect(peak).toBeGreaterThan(5);
    expect(peak).toBeLessThan(6.5);
  });
});

describe('GPUs', () => {
  it('are held by an idle notebook', () => {
    const total = sum(of('notebook-embeddings-eval'));
    expect(total.gpu).toBe(HISTORY_HOURS * 3600);
    expect(total.gpuBusy / total.gpu).toBeLessThan(0.01);
  });

  it('are busy no longer than they are held', () => {
    for (const { containers } of [usWest, euCentral]) {
      for (const container of containers) {
        expect(container.gpuBusyDeviceSeconds ?? 0).toBeLessThanOrEqual(
          container.gpuRequestDeviceSeconds ?? 0,
        );
      }
    }
  });

  it('are most of what is paid', () => {
    const book = world.cluster('us-west').prices(START, end);
    const cost = (gpu: boolean) =>
      usWest.nodes
        .filter(node => node.gpuDevices > 0 === gpu)
        .reduce((total, node) => {
          const price = book.nodes.find(
            entry =>
              entry.instanceType === node.instanceType &&
              entry.capacityType === node.capacityType,
          )!;
          return total + (Number(price.hourlyPrice) * node.upSeconds) / 3600;
        }, 0);
    const share = cost(true) / (cost(true) + cost(false));
    expect(share).toBeGreaterThan(0.6);
    expect(share).toBeLessThan(0.9);
  });
});

describe('jobs', () => {
  it('train in business hours of weekdays only', () => {
    const hours = of('model-training-job').map(c => localHourOfWeek(c.hour));
    expect(hours.length).toBeGreaterThan(8 * 5 * 7);
    for (const hour of hours) {
      expect(hour).toBeLessThan(5 * 24);
      expect(hour % 24).toBeGreaterThanOrEqual(9);
      expect(hour % 24).toBeLessThan(19);
    }
  });

  it('score by night, every night', () => {
    const nights = new Set<string>();
    for (const { hour } of of('batch-inference-processor')) {
      const local = localHourOfWeek(hour) % 24;
      expect(local).toBeGreaterThanOrEqual(2);
      expect(local).toBeLessThan(7);
      nights.add(hour.slice(0, 10));
    }
    expect(nights.size).toBe(56);
  });
});

describe('report-generator', () => {
  it('bursts for two hours a week', () => {
    const byHour = new Map<number, number>();
    for (const container of of('report-generator')) {
      const hour = localHourOfWeek(container.hour);
      byHour.set(
        hour,
        (byHour.get(hour) ?? 0) + container.cpuUsageCoreSeconds!,
      );
    }
    const loud = [...byHour].filter(([, used]) => used > 8 * 3600 * 4);
    expect(loud.map(([hour]) => hour).sort()).toEqual([6, 7]);
  });
});

describe('session-service', () => {
  it('leaks up to its limit, and starts over', () => {
    const [pod] = of('session-service').map(container => container.pod);
    const series = of('session-service')
      .filter(
        container => container.pod === pod && container.runSeconds === 3600,
      )
      .map(container => container.memoryUsageByteSeconds! / 3600 / GIB);
    const drops = series.filter(
      (value, hour) => hour > 0 && value < series[hour - 1] - 1,
    );
    expect(Math.max(...series)).toBeGreaterThan(1.9);
    expect(Math.max(...series)).toBeLessThanOrEqual(2);
    expect(drops.length).toBeGreaterThanOrEqual(
      Math.floor(series.length / 34) - 1,
    );
  });
});

describe('previews', () => {
  it('are namespaces that come and go', () => {
    const namespaces = new Map<string, number>();
    for (const { namespace } of usWest.containers) {
      if (/^preview-pr-\d+$/.test(namespace)) {
        namespaces.set(namespace, (namespaces.get(namespace) ?? 0) + 1);
      }
    }
    expect(namespaces.size).toBeGreaterThan(100);
    // Two containers each, six days at most.
    expect(Math.max(...namespaces.values())).toBeLessThanOrEqual(2 * 145);
  });
});

describe('a node', () => {
  it('never has more used than it has', () => {
    for (const { nodes, containers } of [usWest, euCentral]) {
      const used = new Map<string, { cpu: number; memory: number }>();
      for (const container of containers) {
        const key = `${container.hour}${container.node}`;
        const total = used.get(key) ?? { cpu: 0, memory: 0 };
        total.cpu += container.cpuUsageCoreSeconds!;
        total.memory += container.memoryUsageByteSeconds!;
        used.set(key, total);
      }
      for (const node of nodes) {
        const key = `${node.hour}${node.node}`;
        const total = used.get(key);
        used.delete(key);
        expect(total!.cpu).toBeLessThanOrEqual(node.cpuCores * node.upSeconds);
        expect(total!.memory).toBeLessThanOrEqual(
          node.memoryBytes * node.upSeconds,
        );
      }
      // Nothing ran on a node that wasn't there.
      expect(used.size).toBe(0);
    }
  });
});

it('has 10,000 containers when scaled', () => {
  const large = createWorld({ seed: 1, start: START, scale: 75 });
  const until = new Date(START.getTime() + HOUR_MS);
  const count = large.clusters.reduce(
    (total, cluster) => total + cluster.observe(START, until).containers.length,
    0,
  );
  expect(count).toBeGreaterThan(10_000);
});
