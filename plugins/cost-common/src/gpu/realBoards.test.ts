import { HOUR_MS } from '@headroom/common';
import { COUNTERS, MEASURED_LOADS, TRUE_VERDICTS } from '../testUtils';
import { GpuJudge } from './GpuJudge';

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const START = Date.parse('2026-03-02T00:00:00Z');

interface Hour {
  busy: number;
  watts?: number;
  memoryMib?: number;
}

/** A week of hours, each of steady readings. */
function week(model: string | undefined, hourOf: (hour: number) => Hour) {
  const judge = GpuJudge.create({ model, isInstance: false });
  for (let hour = 0; hour < 168; hour += 1) {
    const { busy, watts, memoryMib = 0 } = hourOf(hour);
    judge.add({
      at: START + hour * HOUR_MS,
      held: 1,
      busyShare: Array(12).fill(busy),
      memoryBytes: Array(12).fill(memoryMib * MIB),
      powerWatts: watts,
    });
  }
  judge.count(168 * 12, {});
  return judge.result();
}

const CASES = MEASURED_LOADS.flatMap(({ model, loads }) =>
  loads.flatMap(load =>
    COUNTERS.map(counter => ({
      model,
      scenario: load.scenario,
      counter,
      hour: {
        busy: load[counter],
        watts: load.powerWatts,
        memoryMib: load.memoryUsedMib,
      },
      verdict: TRUE_VERDICTS[load.scenario][counter],
    })),
  ),
);

describe('A week of what a real board reported', () => {
  it.each(CASES)(
    '$model, $scenario by $counter: $verdict',
    ({ model, hour, verdict }) => {
      expect(week(model, () => hour).verdict).toBe(verdict);
    },
  );

  it('has both readings in the sentence when they contradict', () => {
    const h100 = 'NVIDIA H100 80GB HBM3';
    expect(
      week(h100, () => ({ busy: 0.9974, watts: 121.2, memoryMib: 620 })),
    ).toMatchObject({
      verdictCode: 'power-says-unused',
      verdictReason:
        'It reads 100 % busy and draws 121 W; one of its kind that waits and computes nothing draws 120 W (measured)',
    });
    expect(
      week(h100, () => ({ busy: 0, watts: 160.9, memoryMib: 1102 })),
    ).toMatchObject({
      verdictCode: 'power-says-busy',
      verdictReason:
        'It reads as unused and draws 161 W; one of its kind that computes nothing stays below 137 W (measured)',
    });
  });

  it.each([
    [1, 620, 'unused-memory-free'],
    [1, 1240, 'unused-memory-held'],
    [2, 1240, 'unused-memory-free'],
    [2, 1550, 'unused-memory-free'],
    [2, 1551, 'unused-memory-held'],
    [2, 21_720, 'unused-memory-held'],
    [4, 2480, 'unused-memory-free'],
  ])(
    'allows each of %d holders a context: %d MiB is %s',
    (holders, memoryMib, verdict) => {
      const judge = GpuJudge.create({
        model: 'NVIDIA H200',
        isInstance: false,
      });
      for (let hour = 0; hour < 168; hour += 1) {
        judge.add({
          at: START + hour * HOUR_MS,
          held: 1,
          busyShare: Array(12).fill(0),
          memoryBytes: Array(12).fill(memoryMib * MIB),
          holders,
        });
      }
      expect(judge.result()).toMatchObject({
        verdict,
        memoryMinBytes: memoryMib * MIB,
      });
    },
  );

  it('says that contexts alone are no model, however many', () => {
    const judge = GpuJudge.create({ model: 'NVIDIA H200', isInstance: false });
    const hour = {
      held: 1,
      busyShare: Array(12).fill(0),
      memoryBytes: Array(12).fill(1240 * MIB),
    };
    judge.add({ ...hour, at: START, holders: 2 });
    expect(judge.result().verdictReason).toMatch(
      /held 1240 MiB of memory, as contexts do that have loaded nothing$/,
    );
  });

  it('says that a context alone is no model', () => {
    expect(
      week('NVIDIA H200', () => ({ busy: 0, watts: 122, memoryMib: 620 }))
        .verdictReason,
    ).toBe(
      'It computed in 0 % of the 168 hours it was held and at its lowest held 620 MiB of memory, as a context does that has loaded nothing',
    );
  });
});

describe('Power', () => {
  const model = 'NVIDIA H200';

  it('is weighed hour by hour: a job of two hours a day leaves the others unused', () => {
    const job = (hour: number) =>
      hour % 24 < 2
        ? { busy: 0.9, watts: 640, memoryMib: 40_000 }
        : { busy: 0, watts: 78.8 };
    expect(week(model, job)).toMatchObject({ verdict: 'busy-low' });
  });

  it('is a veto of two hours a day for what reads unused in all of them', () => {
    const hidden = (hour: number) =>
      hour % 24 < 2
        ? { busy: 0, watts: 696, memoryMib: 620 }
        : { busy: 0, watts: 120, memoryMib: 620 };
    expect(week(model, hidden)).toMatchObject({
      verdict: 'unknown',
      verdictCode: 'power-says-busy',
    });
  });

  it('contradicts in the hours it does, and they are counted', () => {
    const spins = (hour: number) =>
      hour % 4 === 0
        ? { busy: 1, watts: 123, memoryMib: 620 }
        : { busy: 0, watts: 78.8 };
    expect(week(model, spins)).toMatchObject({
      verdict: 'unknown',
      verdictReason: expect.stringContaining('In 25 % of its hours it reads'),
    });
    // One in fifty is no pattern.
    const once = (hour: number) => spins(hour % 50 === 0 ? 0 : 1);
    expect(week(model, once).verdict).toBe('busy-low');
  });

  it('of hours that compute in part is held against what that part takes', () => {
    const judge = GpuJudge.create({ model, isInstance: false });
    for (let hour = 0; hour < 168; hour += 1) {
      const busyShare = Array.from({ length: 12 }, (_, i) => (i < 6 ? 1 : 0));
      judge.add({
        at: START + hour * HOUR_MS,
        held: 1,
        busyShare,
        memoryBytes: Array(12).fill(620 * MIB),
        powerWatts: 122,
      });
    }
    expect(judge.result().verdictCode).toBe('power-says-unused');
  });

  it.each([
    ['a small model at 40 %', 0.4, 170],
    ['short kernels at 5 %', 0.05, 123],
  ])('leaves light work busy: %s', (_, busy, watts) => {
    expect(
      week(model, () => ({ busy, watts, memoryMib: 4000 })).verdict,
    ).toMatch(/^busy/);
  });

  it.each([
    // 4.3 W of the way from 120 W to 700 W is what 7.4 % busy must draw more.
    ['NVIDIA H100 80GB HBM3', 0.07, 121, 'computes'],
    ['NVIDIA H100 80GB HBM3', 0.08, 121, 'power-says-unused'],
    ['NVIDIA H200', 0.07, 122, 'computes'],
    ['NVIDIA H200', 0.08, 122, 'power-says-unused'],
    // Of others the noise is a guess: 1 % of the way, which takes 20 %.
    ['Tesla T4', 0.19, 31, 'computes'],
    ['Tesla T4', 0.21, 31, 'power-says-unused'],
  ])(
    'weighs busy shares above the noise: %s at %d and %d W %s',
    (kind, busy, watts, code) => {
      expect(
        week(kind, () => ({ busy, watts, memoryMib: 1000 })).verdictCode,
      ).toBe(code);
    },
  );

  it('says nothing of kinds that are not known', () => {
    const unheard = 'Acme Accelerator 9';
    expect(week(unheard, () => ({ busy: 1, watts: 20 })).verdictCode).toBe(
      'latched',
    );
    expect(
      week(unheard, () => ({ busy: 1, watts: 20, memoryMib: 2000 })).verdict,
    ).toBe('busy');
  });
});

describe('Other boards', () => {
  // What public reports show of boards that hold a model and wait.
  it.each([
    ['Tesla T4', 27, 15071],
    ['NVIDIA L4', 30, 18000],
    ['NVIDIA A10G', 58, 20000],
    ['Tesla V100-SXM2-16GB', 58, 15462],
    ['NVIDIA A100 80GB PCIe', 71, 59109],
    ['NVIDIA A40', 110, 30000],
  ])('%s waits at %s W with its model loaded', (model, watts, memoryMib) => {
    expect(week(model, () => ({ busy: 0, watts, memoryMib })).verdict).toBe(
      'unused-memory-held',
    );
  });

  it.each([
    ['Tesla T4', 60],
    ['NVIDIA L4', 55],
    ['NVIDIA A10G', 150],
    ['NVIDIA A100-SXM4-80GB', 150],
  ])('%s that reads unused is not unused at %s W', (model, watts) => {
    expect(week(model, () => ({ busy: 0, watts }))).toMatchObject({
      verdict: 'unknown',
      verdictReason: expect.stringContaining('(a guess for its kind)'),
    });
  });

  it.each([
    ['Tesla T4', 28],
    ['NVIDIA A10G', 61],
    ['NVIDIA A100-SXM4-80GB', 72],
  ])('%s that reads 100 %% is not busy at %s W', (model, watts) => {
    expect(
      week(model, () => ({ busy: 1, watts, memoryMib: 1000 })).verdictCode,
    ).toBe('power-says-unused');
  });

  it.each([
    ['Tesla T4', 'unused-memory-held'],
    ['NVIDIA A10G', 'unused-memory-held'],
    ['NVIDIA A100-SXM4-80GB', 'unused-memory-free'],
    ['NVIDIA H200', 'unused-memory-free'],
  ])('%s with 600 MiB: %s, by the size of its context', (model, verdict) => {
    expect(week(model, () => ({ busy: 0, memoryMib: 600 })).verdict).toBe(
      verdict,
    );
  });

  it('says where what decides is a guess', () => {
    const reasonOf = (model: string | undefined, memoryMib: number) =>
      week(model, () => ({ busy: 0, memoryMib })).verdictReason;
    const guess = /; that nothing is loaded below \d+ MiB is a guess for its/;
    expect(reasonOf('NVIDIA A100-SXM4-80GB', 600)).toMatch(guess);
    expect(reasonOf('Tesla T4', 600)).toMatch(guess);
    expect(reasonOf(undefined, 600)).toMatch(guess);
    expect(reasonOf('NVIDIA H100 80GB HBM3', 600)).not.toMatch(guess);
    expect(reasonOf('NVIDIA A100-SXM4-80GB', 40 * 1024)).not.toMatch(guess);
    expect(reasonOf('NVIDIA A100-SXM4-80GB', 0)).not.toMatch(guess);
  });

  it('takes a smaller context for an instance', () => {
    const judge = GpuJudge.create({
      model: 'NVIDIA A100-SXM4-40GB',
      memoryBytes: 5 * GIB,
      isInstance: true,
    });
    for (let hour = 0; hour < 168; hour += 1) {
      judge.add({
        at: START + hour * HOUR_MS,
        held: 1,
        busyShare: Array(12).fill(0),
        memoryBytes: Array(12).fill(400 * MIB),
      });
    }
    expect(judge.result().verdict).toBe('unused-memory-held');
  });
});
