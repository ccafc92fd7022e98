import { ContainerHour } from '../observations/observations';
import { decodeDigest } from './decodeDigest';
import { digestOfHour } from './digestOfHour';
import { encodeDigest } from './encodeDigest';
import { mergeDigests } from './mergeDigests';
import { GPU_BOARDS } from '@headroom/common';
import { valueOf } from './buckets';
import { quantile } from './histogram';

const HOUR = '2026-03-02T10:00:00.000Z';

function pod(change: Partial<ContainerHour> = {}): ContainerHour {
  return {
    hour: HOUR,
    namespace: 'shop',
    pod: 'web-1',
    container: 'app',
    node: 'node-1',
    workloadKind: 'Deployment',
    workload: 'web',
    labels: {},
    runSeconds: 3600,
    cpuRequestCoreSeconds: 1800,
    cpuUsageCoreSeconds: 900.1234,
    memoryRequestByteSeconds: 3600 * 2 ** 30,
    memoryUsageByteSeconds: 1800 * 2 ** 30,
    specKnown: true,
    samples: {
      cpuCores: Array(12).fill(0.25),
      memoryBytes: Array(12).fill(2 ** 29),
    },
    ...change,
  };
}

function digest(containers: ContainerHour[], hour = HOUR) {
  return digestOfHour({ hour, containers, nodePoolOf: () => 'general' });
}

const later = (hours: number) =>
  new Date(Date.parse(HOUR) + hours * 3_600_000).toISOString();

describe('digestOfHour', () => {
  it('keeps the worst pod of each slot and the samples of all', () => {
    const one = [0.1, null, 0.4, ...Array(9).fill(0.1)];
    const two = [0.2, null, 0.3, ...Array(9).fill(0.1)];
    const { cpu, cpuAll, cpuPeakCores, pods } = digest([
      pod({ samples: { cpuCores: one } }),
      pod({ pod: 'web-2', samples: { cpuCores: two } }),
    ]);
    expect(valueOf(cpu[0]) / 0.2).toBeCloseTo(1, 1);
    expect(cpu[1]).toBe(0);
    expect(valueOf(cpu[2]) / 0.4).toBeCloseTo(1, 1);
    expect(cpuAll.total).toBe(22);
    expect(cpuPeakCores).toBe(0.4);
    expect(pods).toBe(2);
  });

  it('knows the GPUs a container holds, in boards', () => {
    const [{ spec }] = digest([
      pod({ runSeconds: 1800, gpuRequestDeviceSeconds: 900 }),
    ]).specs;
    expect(spec.gpus).toEqual({ [GPU_BOARDS]: 0.5 });
    expect(digest([pod()]).specs[0].spec.gpus).toBeUndefined();
  });

  it('adds up what allocation charges for, and says where it ran', () => {
    const { hours, pools } = digest([
      pod(),
      pod({ pod: 'web-2', node: undefined, runSeconds: 600 }),
    ]);
    expect([...hours.runSeconds]).toEqual([4200]);
    expect(hours.cpuUsageCoreSeconds[0]).toBeCloseTo(1800.2468, 2);
    expect([...hours.memoryUsageByteSeconds]).toEqual([3600 * 2 ** 30]);
    expect(pools).toEqual([
      { nodePool: '', runSeconds: 600 },
      { nodePool: 'general', runSeconds: 3600 },
    ]);
  });

  it('keeps the first ten minutes after a start apart, across the hour', () => {
    const cpuCores = [3, 2, ...Array(10).fill(0.5)];
    const samples = { cpuCores, memoryBytes: Array(12).fill(100) };
    const within = digest([pod({ startedAt: HOUR, samples })]);
    expect(within.startup).toEqual({
      starts: 1,
      cpuCores: 3,
      memoryBytes: 100,
    });
    const before = pod({ startedAt: '2026-03-02T09:53:00.000Z', samples });
    expect(digest([before]).startup).toMatchObject({ starts: 0, cpuCores: 3 });
    const long = pod({ startedAt: '2026-03-02T09:50:00.000Z', samples });
    expect(digest([long]).startup).toBeUndefined();
  });

  it('says under which limit it was killed, and what is not known', () => {
    const { oomKills, oomLimitBytes, restarts, throttledShare } = digest([
      pod({ oomKills: 2, memoryLimitBytes: 100, throttledShare: 0.2 }),
      pod({ pod: 'web-2', oomKills: 0, memoryLimitBytes: 900 }),
      pod({ pod: 'web-3', throttledShare: 0.6 }),
    ]);
    expect({ oomKills, oomLimitBytes, restarts, throttledShare }).toEqual({
      oomKills: 2,
      oomLimitBytes: 100,
      restarts: undefined,
      throttledShare: 0.6,
    });
  });

  it('counts a run that no sample was taken of, not one that is only listed', () => {
    const job = (change: Partial<ContainerHour>) =>
      pod({ workloadKind: 'CronJob', workload: 'nightly', ...change });
    const { runs, oomKills, oomLimitBytes } = digest([
      job({ pod: 'a', run: 'nightly-1', samples: undefined, runSeconds: 40 }),
      job({
        pod: 'b',
        run: 'nightly-2',
        samples: undefined,
        runSeconds: 0,
        oomKills: 1,
        memoryLimitBytes: 2 ** 32,
      }),
      job({ pod: 'c', run: 'nightly-0', samples: undefined, runSeconds: 0 }),
    ]);
    expect(runs).toEqual([
      { run: 'nightly-1', cpuCores: 0, memoryBytes: 0, slots: 0 },
      { run: 'nightly-2', cpuCores: 0, memoryBytes: 0, slots: 0 },
    ]);
    expect({ oomKills, oomLimitBytes }).toEqual({
      oomKills: 1,
      oomLimitBytes: 2 ** 32,
    });
  });

  it.each([
    ['CronJob', 'nightly-29384640-x7k2p', 'nightly-29384640'],
    ['CronJob', 'nightly-29384640-3-x7k2p', 'nightly-29384640'],
    ['Job', 'import-x7k2p', 'import'],
  ])('tells runs of a %s apart by the pod %s', (workloadKind, name, run) => {
    const { runs } = digest([pod({ workloadKind, pod: name })]);
    expect(runs).toMatchObject([{ run }]);
    expect(digest([pod({ pod: name })]).runs).toEqual([]);
  });

  it('sets aside more cores than the node has, or than any machine', () => {
    const spike = (value: number) =>
      pod({ samples: { cpuCores: [value, ...Array(11).fill(0.25)] } });
    const peakOn = (cores: number | undefined, value: number) =>
      digestOfHour({
        hour: HOUR,
        containers: [spike(value)],
        nodePoolOf: () => 'general',
        coresOf: () => cores,
      }).cpuPeakCores;
    expect(peakOn(8, 8.2)).toBe(8.2);
    expect(peakOn(8, 5_766_666)).toBe(0.25);
    expect(peakOn(undefined, 5_766_666)).toBe(0.25);
    // A virtual node says what it likes.
    expect(peakOn(10_000, 9_500)).toBe(0.25);
  });

  it('has the spec of most run time, and none that nobody read', () => {
    const rolled = digest([
      pod({ image: 'web:1', runSeconds: 600 }),
      pod({ pod: 'web-2', image: 'web:2', memoryLimitBytes: 2 ** 31 }),
    ]);
    expect(rolled.specs).toEqual([
      {
        fromSlot: 0,
        spec: {
          cpuRequestCores: 0.5,
          memoryRequestBytes: 2 ** 30,
          memoryLimitBytes: 2 ** 31,
          image: 'web:2',
        },
      },
    ]);
    expect(digest([pod({ specKnown: undefined })]).specs).toEqual([]);
  });

  it('keeps the largest 64 runs', () => {
    const runs = Array.from({ length: 70 }, (_, i) =>
      pod({
        pod: `job-${i}`,
        run: `job-${i}`,
        samples: { memoryBytes: [i + 1, i + 1, ...Array(10).fill(null)] },
      }),
    );
    const { runs: kept } = digest(runs);
    expect(kept).toHaveLength(64);
    expect(kept[0]).toEqual({
      run: 'job-69',
      cpuCores: 0,
      memoryBytes: 70,
      slots: 2,
    });
  });

  it.each([[NaN], [-1], [Infinity], [1e300]])(
    'takes a sample of %s for unknown',
    bad => {
      const samples = {
        cpuCores: [bad, ...Array(11).fill(1)],
        memoryBytes: Array(11).fill(1),
      };
      const { cpu, cpuAll, memory, cpuPeakCores, memoryPeakBytes } = digest([
        pod({ samples }),
      ]);
      expect(cpu[0]).toBe(0);
      expect(cpuAll.total).toBe(11);
      expect(cpuPeakCores).toBe(1);
      expect(memory.every(code => code === 0)).toBe(true);
      expect(memoryPeakBytes).toBeUndefined();
    },
  );

  it('is a digest when nothing is known', () => {
    const empty = digest([pod({ samples: undefined, runSeconds: 0 })]);
    expect(empty.cpuAll.total).toBe(0);
    expect(quantile(empty.cpuAll, 0.5)).toBeUndefined();
    expect(decodeDigest(encodeDigest(empty))).toEqual(empty);
  });
});

describe('mergeDigests', () => {
  it('leaves hours between unknown and counts from the first', () => {
    const merged = mergeDigests([
      digest([pod()], later(3)),
      digest([pod({ image: 'web:2' })], HOUR),
    ]);
    expect(merged.start).toBe(HOUR);
    expect(merged.slots).toBe(48);
    expect([...merged.hours.runSeconds]).toEqual([3600, 0, 0, 3600]);
    expect(merged.cpu[11]).toBeGreaterThan(0);
    expect([...merged.cpu.subarray(12, 36)]).toEqual(Array(24).fill(0));
    expect(merged.specs.map(({ fromSlot }) => fromSlot)).toEqual([0, 36]);
  });

  it('names a spec once as long as it stays', () => {
    const images = ['a', 'a', 'b', 'b', 'a'];
    const { specs } = mergeDigests(
      images.map((image, i) => digest([pod({ image })], later(i))),
    );
    expect(specs.map(({ fromSlot, spec }) => [fromSlot, spec.image])).toEqual([
      [0, 'a'],
      [24, 'b'],
      [48, 'a'],
    ]);
  });

  it('keeps the last 24 specs', () => {
    const { specs } = mergeDigests(
      Array.from({ length: 30 }, (_, i) =>
        digest([pod({ image: `web:${i}` })], later(i)),
      ),
    );
    expect(specs).toHaveLength(24);
    expect(specs[0]).toMatchObject({ fromSlot: 72, spec: { image: 'web:6' } });
  });

  it('is as long as the day it is of, wherever the container ran in it', () => {
    const whole = mergeDigests([digest([pod()], later(3))], {
      start: HOUR,
      hours: 24,
    });
    expect([whole.start, whole.slots]).toEqual([HOUR, 288]);
    expect(whole.hours.runSeconds.indexOf(3600)).toBe(3);
    expect(whole.specs).toMatchObject([{ fromSlot: 36 }]);
    expect(decodeDigest(encodeDigest(whole))).toEqual(whole);
  });

  it('refuses nothing at all', () => {
    expect(() => mergeDigests([])).toThrow(RangeError);
  });
});

describe('the stored form', () => {
  const day = (hours: number) =>
    mergeDigests(
      Array.from({ length: hours }, (_, i) =>
        digest(
          [pod({ oomKills: 1, restarts: 1, startedAt: later(i) })],
          later(i),
        ),
      ),
    );

  it.each([[23], [24], [25]])('comes back for a day of %s hours', hours => {
    const stored = encodeDigest(day(hours));
    expect(decodeDigest(stored)).toEqual(day(hours));
  });

  it('says so when it is cut off, wherever', () => {
    const stored = encodeDigest(day(2));
    for (let length = 0; length < stored.length; length++) {
      expect(() => decodeDigest(stored.subarray(0, length))).toThrow(
        /not a usage digest/,
      );
    }
  });

  it('says so when it is of a newer version, or of something else', () => {
    const newer = encodeDigest(day(1));
    newer[2] = 2;
    expect(() => decodeDigest(newer)).toThrow(/version 2/);
    expect(() => decodeDigest(Uint8Array.of(1, 2, 3))).toThrow(
      /starts with something else/,
    );
    expect(() =>
      decodeDigest(Uint8Array.of(...encodeDigest(day(1)), 0)),
    ).toThrow(/left over/);
  });

  it('refuses a digest that can not be', () => {
    expect(() => encodeDigest({ ...day(1), slots: 13 })).toThrow(RangeError);
    expect(() => encodeDigest({ ...day(1), cpuPeakCores: -1 })).toThrow(
      RangeError,
    );
    expect(() => encodeDigest({ ...day(1), oomKills: 0.5 })).toThrow(
      RangeError,
    );
    expect(() => encodeDigest({ ...day(1), start: 'today' })).toThrow(
      RangeError,
    );
  });
});
