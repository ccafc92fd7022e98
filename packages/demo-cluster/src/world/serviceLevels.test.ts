import { latencyQuantile } from '@headroom/plugin-cost-common';
import fc from 'fast-check';
import { done, instant, START, worldWith } from './__testUtils__/interventions';
import { createWorld, World } from './createWorld';
import { latencyOf, pressureOf, WorldLevel } from './serviceLevels';
import { WorkloadSpec } from './types';

const WEEK = 168;
const spec = {
  containers: [
    {
      name: 'api',
      cpuRequestCores: 1,
      usage: { cpuCores: 0.5, cpuFollows: 1, memoryBytes: 1 },
    },
  ],
} as unknown as WorkloadSpec;

const levelsOf = (world: World, name: string, from: number, to: number) =>
  world
    .cluster('us-west')
    .levels(instant(from), instant(to))
    .filter(({ match }) => match.entityRef === `component:default/${name}`);

function p95(levels: WorldLevel[]): number {
  const sums: Record<string, number> = {};
  for (const { latency } of levels) {
    for (const [bound, count] of Object.entries(latency)) {
      sums[bound] = (sums[bound] ?? 0) + count;
    }
  }
  return latencyQuantile(sums, 0.95)!.seconds!;
}

describe('how long requests take in the demo', () => {
  it('follows from load against what a pod can get', () => {
    expect(pressureOf(spec, 0, 1)).toBe(0.25);
    expect(pressureOf(spec, 0, 2)).toBe(0.5);
    const limited = {
      ...spec,
      containers: [{ ...spec.containers[0], cpuLimitCores: 0.5 }],
    };
    expect(pressureOf(limited, 0, 1)).toBe(1);
  });

  it('never falls as pods run fuller, and every request is in one bucket', () => {
    const at = (pressure: number) =>
      latencyOf([{ requests: 100_000, pressure }], spec, 5, 0);
    const quantile = (pressure: number) => {
      const { seconds, atLeastSeconds } = latencyQuantile(at(pressure), 0.95)!;
      return seconds ?? atLeastSeconds;
    };
    const pressure = fc.double({ min: 0, max: 3, noNaN: true });
    fc.assert(
      fc.property(pressure, pressure, (a, b) => {
        expect(quantile(Math.max(a, b))).toBeGreaterThanOrEqual(
          quantile(Math.min(a, b))! - 1e-3,
        );
        const counts = Object.values(at(a));
        expect(counts.every(count => count >= 0)).toBe(true);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100_000);
      }),
    );
    // Waiting is nothing at half of the room, and most of the time at all of it.
    expect(quantile(0.5)! / quantile(0)!).toBeLessThan(1.1);
    expect(quantile(1)! / quantile(0)!).toBeGreaterThan(3);
  });

  it('are as many requests as the units say, and as many failed', () => {
    const cluster = createWorld({ seed: 1, start: START }).cluster('us-west');
    const units = cluster
      .units(instant(30), instant(54))
      .filter(({ metric }) => metric === 'requests');
    const levels = cluster.levels(instant(30), instant(54));
    expect(levels.length).toBeGreaterThan(24);
    for (const level of levels) {
      const unit = units.find(
        ({ hour, match }) =>
          hour === level.hour && match.entityRef === level.match.entityRef,
      );
      expect(level.errors).toBe(unit?.failed);
      expect(
        Math.abs(level.requests - unit!.quantity - (unit!.failed ?? 0)),
      ).toBeLessThanOrEqual(1);
    }
  });

  it('grows when a service gets less CPU than it needs, and hardly when it had far too much', () => {
    const less = (cpuLimitCores: number) =>
      worldWith([
        done(instant(WEEK), 'Deployment/payments/fraud-detector-api', {
          containers: {
            api: { cpuRequestCores: 0.5, cpuLimitCores },
          },
        }),
      ]);
    const ratio = (world: World) =>
      p95(levelsOf(world, 'fraud-detector-api', WEEK, 2 * WEEK)) /
      p95(levelsOf(world, 'fraud-detector-api', 0, WEEK));
    expect(ratio(less(1))).toBeGreaterThan(1.5);
    expect(ratio(less(4))).toBeLessThan(1.1);
  });

  it('are none where nothing runs', () => {
    const world = worldWith([
      done(instant(40), 'Deployment/payments/fraud-detector-api', {
        replicas: 0,
      }),
    ]);
    expect(levelsOf(world, 'fraud-detector-api', 39, 40)).toHaveLength(1);
    expect(levelsOf(world, 'fraud-detector-api', 41, 44)).toEqual([]);
  });
});
