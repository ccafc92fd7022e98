import {
  ContainerHour,
  SLOT_SECONDS,
  SLOTS_PER_HOUR,
} from '@headroom/plugin-cost-common';
import { DAY_MS } from '@headroom/common';
import { createWorld } from './createWorld';
import * as time from './time';
import { GIB } from './types';

// A Monday.
const START = new Date('2026-01-05T00:00:00Z');
const day = (number: number) => new Date(START.getTime() + number * DAY_MS);

const cluster = createWorld({ seed: 1, start: START }).cluster('us-west');
const { containers } = cluster.observe(day(46), day(60));

const of = (workload: string, container?: string) =>
  containers.filter(
    each =>
      each.workload === workload &&
      (container === undefined || each.container === container),
  );
const known = (samples: ReadonlyArray<number | null>) =>
  samples.filter((sample): sample is number => sample !== null);
const mean = (values: number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const largest = (values: number[]) =>
  values.reduce((a, b) => Math.max(a, b), -Infinity);
const highest = (hours: ContainerHour[]) =>
  largest(hours.flatMap(each => known(each.samples!.cpuCores!)));

describe('samples', () => {
  it('are twelve an hour, of five minutes', () => {
    expect([time.SLOTS_PER_HOUR, time.SLOT_SECONDS]).toEqual([
      SLOTS_PER_HOUR,
      SLOT_SECONDS,
    ]);
    const others = containers.filter(
      ({ samples }) =>
        samples!.cpuCores!.length !== 12 || samples!.memoryBytes!.length !== 12,
    );
    expect(others).toEqual([]);
  });

  it('of CPU have the hour’s usage as their mean', () => {
    const whole = containers.filter(each => each.runSeconds === 3600);
    expect(whole.length).toBeGreaterThan(10_000);
    const distances = whole.map(each =>
      Math.abs(
        mean(known(each.samples!.cpuCores!)) - each.cpuUsageCoreSeconds! / 3600,
      ),
    );
    expect(largest(distances)).toBeLessThan(1e-9);
  });

  it('of memory are at least the mean, and at most the limit', () => {
    const wrong = containers.filter(each => {
      const samples = known(each.samples!.memoryBytes!);
      const used = each.memoryUsageByteSeconds! / each.runSeconds;
      return (
        largest(samples) < used ||
        largest(samples) > (each.memoryLimitBytes ?? Infinity) ||
        (each.runSeconds === 3600 && mean(samples) < used)
      );
    });
    expect(wrong).toEqual([]);
  });

  it('are absent, not 0, while a container did not run', () => {
    const partial = containers.filter(each => each.runSeconds < 3000);
    expect(partial.length).toBeGreaterThan(100);
    const wrong = partial.filter(({ samples, runSeconds }) => {
      const more =
        known(samples!.cpuCores!).length - Math.ceil(runSeconds / 300);
      return more < 0 || more > 1;
    });
    expect(wrong).toEqual([]);
  });
});

describe('a JVM', () => {
  it('takes several times its CPU for ten minutes after a start', () => {
    const hours = of('order-service', 'orders');
    const justStarted = hours.filter(
      each => Date.parse(each.startedAt!) > Date.parse(each.hour),
    );
    expect(justStarted.length).toBeGreaterThan(2);
    for (const each of justStarted) {
      const samples = known(each.samples!.cpuCores!);
      expect(Math.max(...samples)).toBeGreaterThan(
        3 * samples[samples.length - 1],
      );
    }
    const older = hours.filter(
      each => Date.parse(each.startedAt!) < Date.parse(each.hour) - 600_000,
    );
    expect(highest(older)).toBeLessThan(0.9);
  });

  it('starts after its init container has run', () => {
    const init = of('order-service', 'migrate');
    expect(init.length).toBeGreaterThan(0);
    for (const each of init) {
      expect(each.runSeconds).toBeLessThanOrEqual(40);
    }
  });
});

describe('a CPU limit', () => {
  it('cuts usage off, and says so', () => {
    const hours = of('checkout-api');
    expect(highest(hours)).toBe(0.6);
    const throttled = hours.filter(each => each.throttledShare! > 0.2);
    expect(throttled.length).toBeGreaterThan(100);
    for (const { samples } of throttled) {
      expect(Math.max(...known(samples!.cpuCores!))).toBeGreaterThan(0.5);
    }
    const quiet = hours.filter(each => highest([each]) < 0.4);
    expect(quiet.length).toBeGreaterThan(100);
    expect(quiet.every(each => each.throttledShare === 0)).toBe(true);
  });

  it('is needed to be throttled', () => {
    const told = containers.filter(each => each.throttledShare !== undefined);
    const limited = containers.filter(each => each.cpuLimitCores !== undefined);
    expect(told.length).toBeGreaterThan(0);
    expect(told).toEqual(limited);
  });
});

describe('a leak', () => {
  it('is killed at its limit, and starts anew', () => {
    const hours = of('session-service');
    const killed = hours.filter(each => each.oomKills! > 0);
    // Two pods, every 34 hours, for two weeks.
    expect(killed.length).toBeGreaterThan(15);
    for (const each of killed) {
      expect(each.restarts).toBe(each.oomKills);
      expect(Math.max(...known(each.samples!.memoryBytes!))).toBe(2 * GIB);
      expect(Date.parse(each.startedAt!)).toBeGreaterThanOrEqual(
        Date.parse(each.hour),
      );
    }
    const others = containers.filter(
      each => each.workload !== 'session-service',
    );
    expect(others.every(each => each.oomKills === 0)).toBe(true);
  });
});

describe('what a container is made from', () => {
  it('is known, and changes when it is changed', () => {
    expect(containers.every(each => each.specKnown)).toBe(true);
    const limits = of('job-queue').map(each => ({
      day: (Date.parse(each.hour) - START.getTime()) / DAY_MS,
      gib: each.memoryLimitBytes! / GIB,
    }));
    const between = (from: number, until: number) =>
      new Set(
        limits
          .filter(({ day: at }) => at >= from && at < until)
          .map(({ gib }) => gib),
      );
    expect(between(46, 51)).toEqual(new Set([2]));
    // Pods are replaced within the hour.
    expect(between(51.05, 60)).toEqual(new Set([3]));
  });

  it('is a new image with every release that brings one', () => {
    const images = new Set(of('web-frontend').map(each => each.image));
    expect(images.size).toBeGreaterThan(3);
    expect(new Set(of('order-service', 'orders').map(e => e.image)).size).toBe(
      1,
    );
  });

  it('names the run of a Job', () => {
    const runs = new Set(of('invoice-run').map(each => each.run));
    expect(runs.size).toBe(14);
    for (const each of of('invoice-run')) {
      expect(each.pod.startsWith(`${each.run}-`)).toBe(true);
    }
    expect(of('akidb-rest').every(each => each.run === undefined)).toBe(true);
  });
});

describe('a DaemonSet', () => {
  it('has one node on which it has much more to do', () => {
    const peaks = new Map<string, number>();
    for (const each of of('log-shipper')) {
      const peak = Math.max(peaks.get(each.node!) ?? 0, highest([each]));
      peaks.set(each.node!, peak);
    }
    const odd = [...peaks.values()].filter(peak => peak > 0.1);
    expect(odd).toHaveLength(1);
    expect(peaks.size).toBeGreaterThan(10);
  });
});

describe('young and bare', () => {
  it('is a service of four days', () => {
    const first = of('gift-cards')[0].hour;
    expect(first).toBe(day(56).toISOString());
  });

  it('is a pod that no controller made', () => {
    const [one] = of('scratch-embeddings');
    expect(one).toMatchObject({ workloadKind: 'Pod', pod: one.workload });
  });

  it('charge the larger of request and use of each, so at least either of the hour', () => {
    const bursts = containers.filter(each => {
      const { cpuRequestCoreSeconds = 0, cpuUsageCoreSeconds = 0 } = each;
      const most = Math.max(cpuRequestCoreSeconds, cpuUsageCoreSeconds);
      expect(each.cpuChargedCoreSeconds).toBeGreaterThanOrEqual(most - 1e-6);
      return each.cpuChargedCoreSeconds! > most * 1.001;
    });
    expect(bursts.length).toBeGreaterThan(0);
  });
});
