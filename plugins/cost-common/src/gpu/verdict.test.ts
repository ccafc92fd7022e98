import fc from 'fast-check';
import { HOUR_MS } from '@headroom/common';
import { GpuJudge, GpuJudged, GpuUseHour } from './GpuJudge';

const GIB = 2 ** 30;
const START = Date.parse('2026-03-02T00:00:00Z');
const SLOTS = Array.from({ length: 12 }, (_, slot) => slot);

type Slots = (slot: number) => number | null;

interface Script {
  hours?: number;
  held?: (hour: number) => number | null;
  busy?: (hour: number) => Slots;
  memory?: (hour: number) => Slots;
  watts?: number;
  readings?: number;
  setAside?: Parameters<GpuJudge['count']>[1];
}

function judged(script: Script, device: Partial<GpuJudged> = {}) {
  const judge = GpuJudge.create({
    model: 'NVIDIA H100 80GB HBM3',
    memoryBytes: 80 * GIB,
    isInstance: false,
    ...device,
  });
  const { hours = 168, held, busy, memory } = script;
  for (let hour = 0; hour < hours; hour += 1) {
    const one: GpuUseHour = {
      at: START + hour * HOUR_MS,
      held: held ? held(hour) : 1,
      busyShare: SLOTS.map(busy ? busy(hour) : () => 0),
      memoryBytes: SLOTS.map(memory ? memory(hour) : () => 0),
      powerWatts: script.watts,
    };
    judge.add(one);
  }
  judge.count(script.readings ?? hours * 12, script.setAside ?? {});
  return judge.result();
}

const always = (value: number | null) => () => () => value;

describe('the verdict', () => {
  it.each<[string, Script, string, string]>([
    ['idle', { held: () => 0 }, 'idle', 'not-held'],
    ['unused, memory free', {}, 'unused-memory-free', 'computes-nothing'],
    [
      'unused, a model loaded',
      { memory: always(34 * GIB) },
      'unused-memory-held',
      'computes-nothing',
    ],
    [
      'memory held but for a moment',
      { memory: hour => slot => hour === 90 && slot === 3 ? 0 : 34 * GIB },
      'unused-memory-free',
      'computes-nothing',
    ],
    ['busy low', { busy: always(0.12) }, 'busy-low', 'computes'],
    ['busy', { busy: always(0.7), watts: 500 }, 'busy', 'computes'],
    [
      'eight hours once a week',
      { busy: hour => () => hour < 8 ? 1 : 0 },
      'busy-low',
      'computes',
    ],
    ['labels missing', { held: () => null }, 'unknown', 'no-owner-labels'],
    [
      'labels missing in 30 of 168 hours',
      { held: hour => (hour < 30 ? null : 1) },
      'unknown',
      'no-owner-labels',
    ],
    [
      'readings in 80 % of the slots',
      { busy: () => slot => slot % 5 === 0 ? null : 0 },
      'unknown',
      'too-few-readings',
    ],
    [
      'profiling counters at 0 while utilisation says 99 %',
      { readings: 0, setAside: { 'profiling-silent': 2016 } },
      'unknown',
      'profiling-silent',
    ],
    [
      'garbage',
      { readings: 1000, setAside: { impossible: 900 } },
      'unknown',
      'impossible',
    ],
    [
      'always 100 % without memory at the power of a board that computes nothing',
      { busy: always(1), watts: 78 },
      'unknown',
      'latched',
    ],
    [
      'unused by its readings at 400 W',
      { watts: 400 },
      'unknown',
      'power-says-busy',
    ],
    [
      'unused at the power of a loaded model',
      { watts: 120, memory: always(34 * GIB) },
      'unused-memory-held',
      'computes-nothing',
    ],
    [
      'no memory readings',
      { memory: always(null) },
      'unknown',
      'memory-unknown',
    ],
  ])('%s', (_name, script, verdict, verdictCode) => {
    expect(judged(script)).toMatchObject({ verdict, verdictCode });
  });

  it('does not hold the power of the board against an instance', () => {
    expect(judged({ watts: 400 }, { isInstance: true }).verdict).toBe(
      'unused-memory-free',
    );
  });

  it('says in words what it saw', () => {
    expect(judged({ memory: always(34 * GIB) }).verdictReason).toBe(
      'It computed in 0 % of the 168 hours it was held and never held less than 34.0 GiB of memory: something is loaded and waits',
    );
  });
});

describe('unused and reclaimable hours', () => {
  it('differ: of each run only what is left after the wait comes back', () => {
    // 20 minutes of work at the start of every second hour: runs of 100 minutes.
    const busy = (hour: number) => (slot: number) =>
      hour % 2 === 0 && slot < 4 ? 1 : 0;
    const { unusedHours, reclaimableHours, computingHours } = judged({ busy });
    expect(computingHours).toBeCloseTo(28, 9);
    expect(unusedHours).toBeCloseTo(140, 9);
    expect(reclaimableHours).toBeCloseTo((84 * 40) / 60, 9);
    expect(judged({ busy }, { waitingHours: 2 }).reclaimableHours).toBe(0);
  });

  it('end a run where nothing is known, nobody holds it, or hours are missing', () => {
    const all = { hours: 4, waitingHours: 1 };
    expect(judged(all).reclaimableHours).toBeCloseTo(3, 9);
    expect(
      judged({ ...all, held: hour => (hour === 2 ? 0 : 1) }).reclaimableHours,
    ).toBeCloseTo(1, 9);
    expect(
      judged({
        ...all,
        busy: hour => slot => hour === 2 && slot === 0 ? null : 0,
      }).reclaimableHours,
    ).toBeCloseTo(1 + 11 / 12, 9);
    const gap = GpuJudge.create({ isInstance: false });
    [0, 1, 5, 6].forEach(hour =>
      gap.add({ at: hour * HOUR_MS, held: 1, busyShare: SLOTS.map(() => 0) }),
    );
    expect(gap.result().reclaimableHours).toBeCloseTo(2, 9);
  });

  it('are parts of what is known, whatever the readings', () => {
    const slot = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
    const hour = fc.record({
      held: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      busyShare: fc.array(slot, { minLength: 12, maxLength: 12 }),
    });
    fc.assert(
      fc.property(fc.array(hour, { maxLength: 48 }), hours => {
        const judge = GpuJudge.create({ isInstance: false });
        hours.forEach((each, i) => judge.add({ at: i * HOUR_MS, ...each }));
        const result = judge.result();
        const { heldHours, knownHours, busyHours, unusedHours } = result;
        expect(heldHours).toBeLessThanOrEqual(result.hours + 1e-9);
        expect(knownHours).toBeLessThanOrEqual(heldHours + 1e-9);
        expect(busyHours).toBeLessThanOrEqual(knownHours + 1e-9);
        expect(unusedHours + result.computingHours).toBeCloseTo(knownHours, 9);
        expect(result.reclaimableHours).toBeLessThanOrEqual(unusedHours + 1e-9);
      }),
    );
  });
});
