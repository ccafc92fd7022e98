import { addDays, eachDay } from '../time';
import { projectPeriod } from './projectPeriod';

/** A fixed generator: the test must not depend on luck. */
function randomOf(seed: number) {
  let state = seed * 7919 + 1;
  const uniform = () => {
    // Lehmer's, with the multiplier of Park and Miller (1988).
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

type Kind = 'independent' | 'weekly' | 'sticky' | 'growing' | 'walk';
const KINDS: Kind[] = ['independent', 'weekly', 'sticky', 'growing', 'walk'];

/** Dollars a day. */
function history(kind: Kind, days: number, seed: number): number[] {
  const { uniform, normal } = randomOf(seed);
  const noise = 0.03 + 0.25 * uniform();
  const weekend = kind === 'independent' ? 1 : 0.4 + 0.6 * uniform();
  const growth = kind === 'growing' ? (0.15 * (uniform() - 0.3)) / 30 : 0;
  const memory = kind === 'sticky' ? 0.3 + 0.4 * uniform() : 0;
  const step = kind === 'walk' ? 0.005 + 0.015 * uniform() : 0;
  let level = 100;
  let carried = 0;
  return Array.from({ length: days }, (_, index) => {
    level *= 1 + growth + step * normal();
    carried = memory * carried + Math.sqrt(1 - memory ** 2) * normal();
    const season = index % 7 >= 5 ? weekend : 1;
    return Math.max(0, level * season * (1 + noise * carried));
  });
}

const START = '2026-03-01';
const END = '2026-04-01';
/** Days before the month that exist at all. */
const BEFORE = 140;
const TRIALS = 200;

/** Part of the months whose end was in the interval, with so many days known before. */
function covered(kind: Kind, daysKnown: number): number {
  const all = eachDay(addDays(START, -BEFORE), END);
  let held = 0;
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const values = history(kind, all.length, trial * 31 + daysKnown);
    const today = addDays(START, trial % 29);
    const first = addDays(START, -daysKnown);
    const costs = all
      .map((day, index) => ({
        day,
        complete: true,
        micros: BigInt(Math.round(values[index] * 1_000_000)),
      }))
      .filter(({ day }) => day >= first);
    const projection = projectPeriod({
      days: costs.filter(({ day }) => day < today),
      today,
      period: { start: START, end: END },
      past: [],
    });
    const actual = costs
      .filter(({ day }) => day >= START)
      .reduce((sum, { micros }) => sum + micros, 0n);
    held +=
      projection.status === 'ok' &&
      BigInt(projection.low) <= actual &&
      actual <= BigInt(projection.high)
        ? 1
        : 0;
  }
  return held / TRIALS;
}

describe('the 80 % interval', () => {
  const shares = [140, 90, 35].flatMap(daysKnown =>
    KINDS.map(kind => ({ kind, daysKnown, share: covered(kind, daysKnown) })),
  );

  it('holds in 75 to 85 of 100 months over all kinds of histories', () => {
    const mean =
      shares.reduce((sum, { share }) => sum + share, 0) / shares.length;
    expect(mean).toBeGreaterThan(0.75);
    expect(mean).toBeLessThan(0.85);
  });

  it.each(shares)(
    'is not far off for $kind ones of $daysKnown days',
    ({ share }) => {
      expect(share).toBeGreaterThan(0.72);
      expect(share).toBeLessThan(0.9);
    },
  );
});
