import fc from 'fast-check';
import { HOUR_MS } from '@headroom/common';
import { createHourOfWeek } from '../HeatMap';
import { adviseGpu, gpuAdviceOptions } from './adviseGpu';
import { GpuWorkloadTally } from './GpuWorkloadTally';
import { GpuOffer, GpuWorkloadUse } from './types';

const GIB = 2 ** 30;
const START = Date.parse('2026-03-02T00:00:00Z');
const A100 = 'NVIDIA-A100-SXM4-80GB';
/** 4.00 an hour and device. */
const HOURLY = 4_000_000n;

interface Script {
  days?: number;
  devices?: number;
  model?: string;
  memoryBytes?: number;
  sharing?: 'whole' | 'time-slicing' | 'mig';
  profile?: string;
  boardShare?: number;
  share?: number;
  /** Hours it is held, of all hours of the window. */
  held?: (hour: number) => boolean;
  busy?: (hour: number, device: number) => number | null;
  used?: number | null;
  holders?: number;
  /** Mean power of the board in an hour. */
  watts?: (hour: number) => number;
  workload?: Partial<GpuWorkloadUse['workload']>;
}

/** Runs a scripted workload through the tally; it pays {@link HOURLY} a device-hour. */
function useOf(script: Script = {}): GpuWorkloadUse {
  const {
    days = 28,
    devices = 1,
    model = A100,
    memoryBytes = 80 * GIB,
    sharing = 'whole',
    share = 1,
    boardShare = 1,
    profile,
    held = () => true,
    busy = () => 0,
    used = 0,
    holders,
    watts,
  } = script;
  const tally = GpuWorkloadTally.create({
    hourOfWeek: createHourOfWeek('UTC'),
  });
  let deviceHours = 0n;
  for (let day = 0; day < days; day += 1) {
    const dayStart = START + day * 24 * HOUR_MS;
    for (let device = 0; device < devices; device += 1) {
      for (let hour = day * 24; hour < (day + 1) * 24; hour += 1) {
        if (held(hour)) {
          deviceHours += 1n;
          tally.add(
            {
              at: START + hour * HOUR_MS,
              held: 1,
              share,
              boardShare,
              sharing,
              profile,
              model,
              memoryBytes,
              busyShare: Array(12).fill(busy(hour, device)),
              memoryUsedBytes: Array(12).fill(used),
              holders,
              powerWatts: watts?.(hour),
            },
            dayStart,
          );
        }
      }
    }
    tally.endDay();
  }
  return tally.result(START + days * 24 * HOUR_MS, {
    costMicros: deviceHours * HOURLY,
    workload: {
      namespace: 'ml',
      kind: 'Deployment',
      name: 'ranker',
      container: 'main',
      ...script.workload,
    },
  });
}

const A_MONTH = HOURLY * 730n;

describe('the tally', () => {
  it('adds up devices that are held at the same time', () => {
    const use = useOf({
      days: 2,
      devices: 3,
      busy: (_, device) => (device < 2 ? 0.5 : 0),
      used: 10 * GIB,
    });
    expect(use).toMatchObject({
      days: 2,
      observedHours: 48,
      heldHours: 48,
      deviceHours: 144,
      maxDevices: 3,
      peakBusyShare: 0.5,
      peakBusyDevices: 1,
      exclusive: true,
      memory: { peakBytes: 10 * GIB, peakSumBytes: 30 * GIB },
    });
    expect(use.knownHours).toBeCloseTo(144, 6);
    expect(use.computingHours).toBeCloseTo(96, 6);
  });
});

describe('remove', () => {
  it('is proposed for what computes nothing, with the whole cost', () => {
    const advice = adviseGpu(useOf());
    expect(advice).toMatchObject({
      kind: 'remove',
      proposal: { kind: 'remove' },
      savingMicros: A_MONTH.toString(),
      confidence: expect.closeTo(1, 6),
      evidence: { days: 28, computingHours: 0, savedShare: 1 },
    });
    expect(advice?.withheld).toBeUndefined();
  });

  it('is not proposed for an inference server that holds its model: scaling to zero or sharing is', () => {
    const use = useOf({ used: 30 * GIB });
    const options = gpuAdviceOptions(use);
    expect(options).toMatchObject([
      {
        kind: 'schedule',
        proposal: { busyHoursOfWeek: [] },
        savingMicros: A_MONTH.toString(),
      },
      {
        kind: 'share',
        proposal: { how: 'mig', profile: '3g.40gb', clients: 2 },
        savingMicros: (A_MONTH / 2n).toString(),
      },
      { kind: 'remove', withheld: expect.stringMatching(/scale it to zero/) },
    ]);
    expect(options[0].summary).toMatch(/^Scale it to zero/);
    // What was seen for ten days only isn't scaled yet, but can be shared.
    expect(adviseGpu(useOf({ days: 10, used: 30 * GIB }))?.kind).toBe('share');
  });

  it('is not proposed for what power says computed, whatever is read', () => {
    const model = 'NVIDIA H100 80GB HBM3';
    const all = useOf({ model, used: 30 * GIB, watts: () => 314 });
    expect(all.knownHours).toBe(0);
    expect(gpuAdviceOptions(all)).toEqual([]);
    // Two hours a day at full power: nobody can say that it computed nothing.
    const some = useOf({
      model,
      used: 0,
      watts: hour => (hour % 24 < 2 ? 696 : 120),
    });
    const kinds = gpuAdviceOptions(some).map(({ kind }) => kind);
    expect(kinds).not.toContain('remove');
    // A board that draws what one that computes nothing does is given back as ever.
    const unused = useOf({ model, used: 0, watts: () => 121 });
    expect(adviseGpu(unused)?.kind).toBe('remove');
  });

  it('warns before a notebook is stopped', () => {
    const advice = adviseGpu(
      useOf({
        used: 30 * GIB,
        workload: { kind: 'StatefulSet', name: 'jupyter-ada' },
      }),
    );
    expect(advice).toMatchObject({ kind: 'remove' });
    expect(advice?.tradeOff).toMatch(/Warn its user first/);
    expect(advice?.withheld).toBeUndefined();
  });

  it('waits for a week of history, and for memory to be known', () => {
    expect(adviseGpu(useOf({ days: 6 }))?.withheld).toMatch(/6 of the 7 days/);
    expect(adviseGpu(useOf({ used: null }))?.withheld).toMatch(/memory/);
  });

  it('is proposed to a tenant of a shared device on which nothing computes', () => {
    expect(
      adviseGpu(useOf({ sharing: 'time-slicing', share: 0.25 })),
    ).toMatchObject({ kind: 'remove' });
  });

  it('takes the contexts of a shared device for no model', () => {
    // An empty context of an A100 is 518 MiB: 60 and 560 × 108 / 132.
    const shared = {
      sharing: 'time-slicing',
      share: 0.25,
      used: 4 * 518 * 2 ** 20,
    } as const;
    const advice = adviseGpu(useOf({ ...shared, holders: 4 }));
    expect(advice?.kind).toBe('remove');
    expect(advice?.withheld).toBeUndefined();
    expect(adviseGpu(useOf(shared))?.kind).toBe('schedule');
  });

  it.each([
    ['a job of four hours a week', 4],
    ['a job of two hours a week', 2],
  ])('is never proposed for %s', (_, hours) => {
    const advice = adviseGpu(
      useOf({ busy: hour => (hour % 168 < hours ? 0.9 : 0) }),
    );
    expect(advice).toMatchObject({
      kind: 'schedule',
      proposal: { busyHoursOfWeek: Array.from(Array(hours).keys()) },
    });
  });
});

describe('shrink', () => {
  it('leaves room for the busiest five minutes and for all the memory', () => {
    const busy = (_: number, device: number) => (device === 0 ? 0.9 : 0.3);
    const kinds = gpuAdviceOptions(useOf({ devices: 4, busy, used: 4 * GIB }));
    const shrink = kinds.find(({ kind }) => kind === 'shrink');
    // 0.9 + 3 × 0.3 = 1.8 devices busy at once.
    expect(shrink).toMatchObject({
      proposal: { fromDevices: 4, toDevices: 3 },
      savingMicros: A_MONTH.toString(),
    });
    const full = gpuAdviceOptions(useOf({ devices: 4, busy, used: 75 * GIB }));
    expect(full.some(({ kind }) => kind === 'shrink')).toBe(false);
  });

  it('is not proposed for shared devices: readings are of all their tenants', () => {
    const options = gpuAdviceOptions(
      useOf({
        devices: 4,
        share: 0.25,
        sharing: 'time-slicing',
        busy: () => 0.1,
        used: 4 * GIB,
      }),
    );
    expect(options).toEqual([]);
  });
});

describe('share', () => {
  it('takes the smallest instance that fits memory and compute with headroom', () => {
    const share = (script: Script) =>
      gpuAdviceOptions(useOf(script)).find(({ kind }) => kind === 'share')
        ?.proposal;
    expect(share({ busy: () => 0.1, used: 8 * GIB })).toMatchObject({
      how: 'mig',
      profile: '1g.10gb',
      clients: 7,
    });
    // 9 GiB and headroom are more than 10 GiB.
    expect(share({ busy: () => 0.1, used: 9 * GIB })).toMatchObject({
      profile: '1g.20gb',
    });
    expect(share({ busy: () => 0.2, used: 8 * GIB })).toMatchObject({
      profile: '2g.20gb',
    });
    expect(share({ busy: () => 0.6, used: 8 * GIB })).toBeUndefined();
  });

  it('proposes a smaller instance to who holds one', () => {
    const instance = {
      sharing: 'mig' as const,
      profile: '3g.40gb',
      boardShare: 1 / 2,
      memoryBytes: 40 * GIB,
    };
    // 30 % of three sevenths, with headroom, fit one seventh.
    expect(
      adviseGpu(useOf({ ...instance, busy: () => 0.28, used: 8 * GIB })),
    ).toMatchObject({
      proposal: { how: 'mig', profile: '1g.10gb' },
      evidence: { savedShare: expect.closeTo(5 / 7, 9) },
    });
    expect(
      adviseGpu(useOf({ ...instance, busy: () => 0.9, used: 30 * GIB })),
    ).toBeUndefined();
  });

  it('time-slices boards without MIG, and says that nothing is isolated', () => {
    const advice = adviseGpu(
      useOf({
        model: 'NVIDIA L4',
        memoryBytes: 24 * GIB,
        busy: () => 0.2,
        used: 5 * GIB,
      }),
    );
    expect(advice).toMatchObject({
      proposal: { kind: 'share', how: 'time-slicing', clients: 4 },
      savingMicros: ((A_MONTH * 3n) / 4n).toString(),
    });
    expect(advice?.tradeOff).toMatch(/Nothing is isolated/);
  });
});

describe('move', () => {
  const offers: GpuOffer[] = [
    { model: 'Tesla T4', hourlyMicros: 500_000n },
    {
      model: 'NVIDIA L4',
      instanceType: 'g6.xlarge',
      hourlyMicros: 800_000n,
    },
    { model: 'NVIDIA L40S', hourlyMicros: 1_800_000n },
    { model: A100, hourlyMicros: 100_000n },
  ];
  const move = (script: Script) =>
    gpuAdviceOptions(useOf(script), offers).find(({ kind }) => kind === 'move');

  it('takes the cheapest type that fits by memory and by throughput', () => {
    // 14 GiB and headroom are more than a T4 has.
    expect(move({ busy: () => 0.1, used: 14 * GIB })).toMatchObject({
      proposal: {
        fromModel: A100,
        toModel: 'NVIDIA L4',
        toInstanceType: 'g6.xlarge',
      },
      savingMicros: ((A_MONTH * 4n) / 5n).toString(),
    });
    expect(move({ busy: () => 0.1, used: 8 * GIB })?.proposal).toMatchObject({
      toModel: 'Tesla T4',
    });
    expect(move({ busy: () => 0.3, used: 30 * GIB })?.proposal).toMatchObject({
      toModel: 'NVIDIA L40S',
    });
    expect(move({ busy: () => 0.3, used: 60 * GIB })).toBeUndefined();
    expect(move({ busy: () => 0.9, used: 12 * GIB })).toBeUndefined();
  });

  it('is withheld for several devices that talk to each other', () => {
    expect(
      move({ devices: 2, busy: () => 0.1, used: 12 * GIB })?.withheld,
    ).toMatch(/talk to each other/);
  });
});

describe('schedule', () => {
  const office = (hour: number) => {
    const day = Math.floor(hour / 24) % 7;
    return day < 5 && hour % 24 >= 9 && hour % 24 < 17 ? 0.8 : 0;
  };

  it('names the hours of the week and saves the others', () => {
    const advice = adviseGpu(useOf({ busy: office }));
    expect(advice).toMatchObject({ kind: 'schedule' });
    expect(advice?.evidence).toMatchObject({ busyHoursOfWeek: 40 });
    expect(Number(advice?.savingMicros) / Number(A_MONTH)).toBeCloseTo(
      128 / 168,
      5,
    );
  });

  it('waits until every hour of the week was seen twice', () => {
    expect(adviseGpu(useOf({ busy: office, days: 13 }))?.withheld).toMatch(
      /seen twice/,
    );
  });

  it('takes hours nobody knows as busy', () => {
    const advice = adviseGpu(
      useOf({
        busy: hour => (hour === 100 ? null : office(hour)),
      }),
    );
    expect(advice?.evidence.busyHoursOfWeek).toBe(41);
  });
});

it('says nothing when a tenth of the readings is missing', () => {
  expect(
    gpuAdviceOptions(useOf({ busy: hour => (hour % 8 === 0 ? null : 0) })),
  ).toEqual([]);
});

it('never promises more than a workload pays, and puts what can be done first', () => {
  fc.assert(
    fc.property(
      fc.record({
        days: fc.integer({ min: 7, max: 21 }),
        devices: fc.integer({ min: 1, max: 3 }),
        level: fc.double({ min: 0, max: 1, noNaN: true }),
        used: fc.integer({ min: 0, max: 80 }),
        hours: fc.integer({ min: 0, max: 24 }),
      }),
      ({ days, devices, level, used, hours }) => {
        const use = useOf({
          days,
          devices,
          used: used * GIB,
          busy: hour => (hour % 24 < hours ? level : 0),
        });
        const options = gpuAdviceOptions(use, [
          { model: 'NVIDIA L4', hourlyMicros: 800_000n },
        ]);
        const paid = Number(A_MONTH) * devices;
        for (const { savingMicros, confidence } of options) {
          expect(Number(savingMicros)).toBeLessThanOrEqual(paid);
          expect(Number(savingMicros)).toBeGreaterThan(0);
          expect(confidence).toBeLessThanOrEqual(1);
        }
        const withheld = options.map(each => Boolean(each.withheld));
        expect(withheld).toEqual([...withheld].sort());
      },
    ),
    { numRuns: 30 },
  );
});
