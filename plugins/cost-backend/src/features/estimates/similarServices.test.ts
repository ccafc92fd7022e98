import fc from 'fast-check';
import { MonthlyEstimate, podDemandSchema } from '@headroom/plugin-cost-common';
import { describeSimilar, similarTo } from './similarServices';

const DAYS = [{ day: '2026-11-01', hours: 24 }];

const pod = podDemandSchema.parse({
  name: 'web',
  replicas: { min: 2, max: 10 },
  cpuCores: 0.5,
  memoryBytes: 1000,
});

function estimate(more: Partial<MonthlyEstimate> = {}): MonthlyEstimate {
  const money = (micros: bigint) => ({ currency: 'USD', micros });
  return {
    minMonthly: money(100n),
    maxMonthly: money(500n),
    byResource: {},
    pods: [],
    unknown: [],
    hoursPerMonth: 730,
    ...more,
  };
}

const services = (...daily: bigint[]) =>
  daily.map((dailyMicros, i) => ({
    entityRef: `component:default/s${i}`,
    title: `S${i}`,
    dailyMicros,
  }));

const told = (...daily: bigint[]) =>
  describeSimilar(services(...daily), estimate(), {
    hasGpu: false,
    days: 7,
    convert: micros => micros,
  });

describe('similarTo', () => {
  it('is from a third of the fewest replicas to three times the most', () => {
    expect(similarTo([pod], estimate(), DAYS)).toEqual({
      days: DAYS,
      cpuCores: { from: 1 / 3, to: 15 },
      memoryBytes: { from: 2000 / 3, to: 30_000 },
    });
  });

  it('counts one replica of what scales to none', () => {
    const none = { ...pod, replicas: { min: 0, max: 50 } };
    expect(similarTo([none], estimate(), DAYS).cpuCores.from).toBe(0.5 / 3);
  });

  it('compares those with a GPU with each other, by what they hold of one', () => {
    const gpu = podDemandSchema.parse({
      ...pod,
      replicas: { min: 1, max: 1 },
      gpu: { sharing: 'mig' },
    });
    const [priced] = [
      {
        name: 'web',
        perReplica: {},
        monthly: {} as never,
        hoursPerMonth: 730,
        gpuShare: 0.5,
        prices: [],
      },
    ];
    expect(similarTo([gpu], estimate({ pods: [priced] }), DAYS).gpus).toEqual({
      from: 0.5 / 3,
      to: 1.5,
    });
  });
});

describe('describeSimilar', () => {
  it('says a month, the median and the range', () => {
    // 24 micros a day are 730 a month.
    expect(told(48n, 24n, 240n)).toMatchObject({
      count: 3,
      median: '1460',
      lowest: '730',
      highest: '7300',
    });
    expect(told(24n, 48n)?.median).toBe('1095');
    expect(told()).toBeUndefined();
  });

  it('names those that cost most nearly as much', () => {
    const nearest = told(240n, 24n, 10n, 3n, 2400n, 48n, 100n)?.nearest;
    expect(nearest?.map(({ title }) => title)).toEqual([
      // 304 and 91 are within a range that begins at 100, or by it.
      'S2',
      'S3',
      'S1',
      'S5',
      'S6',
    ]);
  });

  it('has a median between the lowest and the highest, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 0n, max: 10n ** 15n }), { minLength: 1 }),
        daily => {
          const { median, lowest, highest, count } = told(...daily)!;
          expect(count).toBe(daily.length);
          expect(BigInt(lowest) <= BigInt(median)).toBe(true);
          expect(BigInt(median) <= BigInt(highest)).toBe(true);
        },
      ),
    );
  });
});
