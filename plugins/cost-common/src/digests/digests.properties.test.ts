import fc from 'fast-check';
import { ContainerHour } from '../observations/observations';
import {
  bucketOf,
  LARGEST_CODE,
  LARGEST_VALUE,
  SMALLEST_VALUE,
  valueOf,
} from './buckets';
import { decodeDigest } from './decodeDigest';
import { digestOfHour } from './digestOfHour';
import { encodeDigest } from './encodeDigest';
import {
  histogramOfCodes,
  mergeHistograms,
  quantile,
  shareAbove,
} from './histogram';
import { mergeDigests } from './mergeDigests';
import { UsageDigest } from './types';

const EPOCH = Date.parse('2026-03-01T00:00:00.000Z');

/** Values spread evenly over orders of magnitude, from 10^low to 10^high. */
const magnitudes = (low: number, high: number) =>
  fc
    .double({ min: low, max: high, noNaN: true })
    .map(exponent => 10 ** exponent);

const anyNumber = fc.oneof(
  fc.constantFrom(NaN, Infinity, -Infinity, -1, -0, 0, 1e300, 5e-324),
  fc.double(),
);

const sample = fc.oneof(
  { weight: 6, arbitrary: magnitudes(-7, 14) },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: anyNumber },
);

const series = fc.option(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.array(sample, { minLength: 12, maxLength: 12 }),
    },
    { weight: 1, arbitrary: fc.array(sample, { maxLength: 300 }) },
  ),
  { nil: undefined },
);

const maybe = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined });

/** One pod's container in one hour, as a source that may lie would say it. */
const pod = fc.record({
  pod: fc.constantFrom('a', 'b', 'c'),
  node: maybe(fc.constantFrom('n1', 'n2')),
  runSeconds: fc.constantFrom(0, 0.3, 600, 3599.9, 3600),
  cpuUsageCoreSeconds: maybe(fc.oneof(magnitudes(-3, 9), anyNumber)),
  memoryUsageByteSeconds: maybe(fc.oneof(magnitudes(0, 18), anyNumber)),
  cpuRequestCoreSeconds: maybe(fc.constantFrom(0, 360, 3600)),
  memoryRequestByteSeconds: maybe(fc.constantFrom(0, 3600 * 2 ** 20)),
  memoryLimitBytes: maybe(fc.constantFrom(2 ** 20, 2 ** 30)),
  image: maybe(fc.constantFrom('web:1', 'web:2', 'wéb:3')),
  oomKills: maybe(fc.nat(3)),
  restarts: maybe(fc.nat(3)),
  throttledShare: maybe(fc.double({ min: 0, max: 1, noNaN: true })),
  run: maybe(fc.constantFrom('run-1', 'run-2', 'run-3')),
  startedMinute: maybe(fc.integer({ min: -20, max: 59 })),
  cpu: series,
  memory: series,
});

/** Digests of distinct hours within three days, by a source that reads specs or doesn't. */
const hours = fc
  .tuple(
    fc.uniqueArray(fc.nat(71), { minLength: 1, maxLength: 8 }),
    fc.boolean(),
  )
  .chain(([numbers, specKnown]) =>
    fc.tuple(
      ...numbers.map(number =>
        fc
          .array(pod, { minLength: 1, maxLength: 3 })
          .map(pods => digestOf(number, pods, specKnown)),
      ),
    ),
  );

type Pod = typeof pod extends fc.Arbitrary<infer T> ? T : never;

function digestOf(number: number, pods: Pod[], specKnown = true): UsageDigest {
  const start = EPOCH + number * 3_600_000;
  const hour = new Date(start).toISOString();
  const containers = pods.map(
    ({ startedMinute, cpu, memory, ...each }): ContainerHour => ({
      ...each,
      specKnown,
      hour,
      namespace: 'shop',
      container: 'app',
      workloadKind: 'Deployment',
      workload: 'web',
      labels: {},
      samples: { cpuCores: cpu, memoryBytes: memory },
      startedAt:
        startedMinute === undefined
          ? undefined
          : new Date(start + startedMinute * 60_000).toISOString(),
    }),
  );
  return digestOfHour({
    hour,
    containers,
    nodePoolOf: node => (node === 'n1' ? 'general' : undefined),
  });
}

/** Nearest rank, from the definition. */
function exactQuantile(values: number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(q * values.length - 1e-6)) - 1];
}

describe('buckets', () => {
  it('stand for a value within 1 %, from a microcore to 100 TB', () => {
    fc.assert(
      fc.property(magnitudes(-6, 14), value => {
        const inRange = Math.min(
          Math.max(value, SMALLEST_VALUE),
          LARGEST_VALUE,
        );
        const error = Math.abs(valueOf(bucketOf(inRange)) - inRange) / inRange;
        expect(error).toBeLessThanOrEqual(0.01);
      }),
      { numRuns: 5000 },
    );
  });

  it('are in the order of their values, and each is its own', () => {
    for (let code = 1; code < LARGEST_CODE; code++) {
      expect(valueOf(code + 1)).toBeGreaterThan(valueOf(code));
      expect(bucketOf(valueOf(code))).toBe(code);
    }
    expect(LARGEST_CODE).toBeLessThan(2 ** 16);
  });

  it('refuse what is no quantity, and keep what is too large as the largest', () => {
    for (const bad of [NaN, Infinity, -Infinity, -1, -1e-300]) {
      expect(() => bucketOf(bad)).toThrow(RangeError);
    }
    expect(bucketOf(1e300)).toBe(LARGEST_CODE);
    expect([0, -0, 1e-9].map(bucketOf)).toEqual([1, 1, 1]);
    expect([valueOf(1), valueOf(0), valueOf(LARGEST_CODE + 1)]).toEqual([
      0,
      NaN,
      NaN,
    ]);
  });
});

describe('histograms', () => {
  it('give any quantile within 1 % over eight orders of magnitude and more', () => {
    fc.assert(
      fc.property(
        fc.array(magnitudes(-4, 12), { minLength: 1, maxLength: 400 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, q) => {
          const found = quantile(histogramOfCodes(values.map(bucketOf)), q)!;
          const exact = exactQuantile(values, q);
          expect(Math.abs(found - exact) / exact).toBeLessThanOrEqual(0.01);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('merge to that of all values, in any order and grouping', () => {
    const part = fc.array(fc.integer({ min: 0, max: LARGEST_CODE }), {
      maxLength: 50,
    });
    fc.assert(
      fc.property(part, part, part, (a, b, c) => {
        const all = histogramOfCodes([...a, ...b, ...c]);
        const [x, y, z] = [a, b, c].map(histogramOfCodes);
        expect(mergeHistograms([x, y, z])).toEqual(all);
        expect(mergeHistograms([mergeHistograms([z, x]), y])).toEqual(all);
        expect(mergeHistograms([x, mergeHistograms([y, z])])).toEqual(all);
        expect(mergeHistograms([all, histogramOfCodes([])])).toEqual(all);
      }),
    );
  });

  it('tell how often a value is exceeded', () => {
    const histogram = histogramOfCodes([1, 2, 2, 4].map(bucketOf));
    expect(shareAbove(histogram, 2)).toBe(0.25);
    expect(shareAbove(histogram, 1.5)).toBe(0.75);
    expect(shareAbove(histogramOfCodes([]), 1)).toBe(0);
    expect(() => histogramOfCodes([LARGEST_CODE + 1])).toThrow(RangeError);
    // A refusal leaves nothing behind.
    expect(histogramOfCodes([5]).total).toBe(1);
  });
});

describe('digests', () => {
  it('come back from their stored form, hours and days alike', () => {
    fc.assert(
      fc.property(hours, digests => {
        for (const digest of [...digests, mergeDigests(digests)]) {
          expect(decodeDigest(encodeDigest(digest))).toEqual(digest);
        }
      }),
    );
  });

  it('merge to the same in any order and grouping', () => {
    fc.assert(
      fc.property(hours, fc.infiniteStream(fc.nat()), (digests, stream) => {
        const random = (n: number) => Number(stream.next().value) % n;
        const merged = mergeDigests(digests);
        const left = [...digests];
        while (left.length > 1) {
          // Two by two, as they come, also with others' hours between theirs.
          const [a] = left.splice(random(left.length), 1);
          const [b] = left.splice(random(left.length), 1);
          left.push(mergeDigests([a, b]));
        }
        expect(left[0]).toEqual(merged);
      }),
    );
  });

  it('are never larger than stated, and lose nothing that counts', () => {
    fc.assert(
      fc.property(hours, digests => {
        const merged = mergeDigests(digests);
        const total = (of: (digest: UsageDigest) => number) =>
          digests.reduce((sum, digest) => sum + of(digest), 0);
        expect(merged.cpuAll.total).toBe(total(each => each.cpuAll.total));
        const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
        expect(sum(merged.hours.runSeconds)).toBe(
          total(each => each.hours.runSeconds[0]),
        );
        expect(merged.oomKills ?? 0).toBe(total(each => each.oomKills ?? 0));
        expect(merged.cpu.length).toBe(merged.slots);
        expect(merged.cpu.every(code => code <= LARGEST_CODE)).toBe(true);
      }),
    );
  });

  it('fail with words on bytes that are anything, or changed', () => {
    const stored = encodeDigest(digestOf(0, []));
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.nat(stored.length - 1),
        fc.nat(255),
        (garbage, at, byte) => {
          const changed = Uint8Array.from(stored);
          changed[at] = byte;
          const headed = Uint8Array.of(...stored.subarray(0, 3), ...garbage);
          for (const bytes of [garbage, changed, headed]) {
            const failure = failureOf(() => decodeDigest(bytes));
            // A changed byte may also make another digest.
            expect(failure ?? new RangeError('digest')).toMatchObject({
              name: 'RangeError',
              message: expect.stringContaining('digest'),
            });
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

function failureOf(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('the size of a day', () => {
  const random = () => {
    let seed = 1;
    return () => {
      seed = (seed * 48271) % 2147483647;
      return seed / 2147483647;
    };
  };

  /** A day of one container. */
  function day(options: {
    pods: number;
    cpu: () => number;
    memory: () => number;
    change?: (hour: number, pod: number) => Partial<ContainerHour>;
    hours?: number;
  }): UsageDigest {
    const { pods, cpu, memory, change, hours: length = 24 } = options;
    return mergeDigests(
      Array.from({ length }, (_, number) =>
        digestOfHour({
          hour: new Date(EPOCH + number * 3_600_000).toISOString(),
          nodePoolOf: node => node,
          containers: Array.from({ length: pods }, (__, i) => ({
            hour: '',
            namespace: 'shop',
            pod: `web-${i}`,
            container: 'app',
            node: 'general',
            workloadKind: 'Deployment',
            workload: 'web',
            labels: {},
            runSeconds: 3600,
            cpuUsageCoreSeconds: 3600 * cpu(),
            memoryUsageByteSeconds: 3600 * memory(),
            cpuRequestCoreSeconds: 900,
            memoryRequestByteSeconds: 3600 * 2 ** 30,
            memoryLimitBytes: 2 ** 30,
            specKnown: true,
            image: 'registry.example.com/shop/web:2026.11.22-1',
            samples: {
              cpuCores: Array.from({ length: 12 }, cpu),
              memoryBytes: Array.from({ length: 12 }, memory),
            },
            ...change?.(number, i),
          })),
        }),
      ),
    );
  }

  it('is about a kilobyte', () => {
    const next = random();
    const typical = day({
      pods: 3,
      cpu: () => 0.25 * (0.5 + next()),
      memory: () => 2 ** 29 * (0.98 + 0.04 * next()),
    });
    expect(encodeDigest(typical).length).toBeLessThan(1100);
  });

  it('is at most 64 KB, whatever the samples', () => {
    const next = random();
    const any = () => 10 ** (-6 + 20 * next());
    const worst = day({
      pods: 60,
      hours: 25,
      cpu: any,
      memory: any,
      change: (hour, i) => ({
        node: `${'pool'.repeat(20)}-${i}`,
        image: `${'ß'.repeat(300)}${hour}`,
        run: `${'r'.repeat(240)}-${hour}-${i}`,
        cpuLimitCores: any(),
        startedAt: new Date(EPOCH + hour * 3_600_000).toISOString(),
      }),
    });
    expect(worst.runs).toHaveLength(64);
    expect(worst.specs).toHaveLength(24);
    expect(worst.pools).toHaveLength(32);
    const stored = encodeDigest(worst);
    expect(stored.length).toBeLessThan(64 * 1024);
    expect(decodeDigest(stored).runs).toEqual(worst.runs);
  });
});
