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

const EVERY_DAY = [
  'independent',
  'weekly',
  'sticky',
  'growing',
  'walk',
] as const;
/** Of batches on some weekdays, with little else or nothing; and of jobs that run now and then. */
const SOME_DAYS = [
  'one weekday',
  'three weekdays',
  'a batch on top',
  'a third of days',
  'two thirds of days',
] as const;
type Kind = (typeof EVERY_DAY)[number] | (typeof SOME_DAYS)[number];

/** Days of seven on which a batch runs, and what the others cost. */
const BATCHES: Partial<Record<Kind, { runs: number; base: number }>> = {
  'one weekday': { runs: 1, base: 0 },
  'three weekdays': { runs: 3, base: 0 },
  'a batch on top': { runs: 1, base: 2 },
};
/** Probability that a job runs on a day. */
const JOBS: Partial<Record<Kind, number>> = {
  'a third of days': 1 / 3,
  'two thirds of days': 2 / 3,
};

/** Dollars a day. */
function history(kind: Kind, days: number, seed: number): number[] {
  const { uniform, normal } = randomOf(seed);
  const batch = BATCHES[kind];
  const job = JOBS[kind];
  if (batch || job !== undefined) {
    const offset = Math.floor(7 * uniform());
    return Array.from({ length: days }, (_, index) => {
      const runs = batch
        ? ((index + offset) * 2) % 7 < batch.runs
        : uniform() < (job ?? 0);
      return runs ? 100 * (1 + 0.1 * normal()) : batch?.base ?? 0;
    });
  }
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

interface Tried {
  /** Part of the months whose end was in the interval. */
  share: number;
  /** Σ|actual − projected| / Σ actual. */
  error: number;
}

/** Projects a month of so many histories, with so many days known before. */
function tryMonths(kind: Kind, daysKnown: number): Tried {
  const all = eachDay(addDays(START, -BEFORE), END);
  let held = 0;
  let off = 0;
  let spent = 0;
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
    if (projection.status === 'ok') {
      const { low, total, high } = projection;
      held += BigInt(low) <= actual && actual <= BigInt(high) ? 1 : 0;
      off += Math.abs(Number(actual) - Number(total));
      spent += Number(actual);
    }
  }
  return { share: held / TRIALS, error: off / spent };
}

describe('the 80 % interval', () => {
  const tried = [140, 90, 35].flatMap(daysKnown =>
    [...EVERY_DAY, ...SOME_DAYS].map(kind => ({
      kind,
      daysKnown,
      ...tryMonths(kind, daysKnown),
    })),
  );

  it.each([
    { of: 'cost of every day', kinds: EVERY_DAY },
    { of: 'all kinds of histories', kinds: [...EVERY_DAY, ...SOME_DAYS] },
  ])('holds in 75 to 85 of 100 months over $of', ({ kinds }) => {
    const shares = tried
      .filter(({ kind }) => kinds.some(each => each === kind))
      .map(({ share }) => share);
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(mean).toBeGreaterThan(0.75);
    expect(mean).toBeLessThan(0.85);
  });

  it.each(tried)('is not far off for $kind of $daysKnown days', ({ share }) => {
    expect(share).toBeGreaterThan(0.7);
    expect(share).toBeLessThan(0.92);
  });

  it.each(tried.filter(({ kind }) => JOBS[kind] === undefined))(
    'is around a forecast that is off by little for $kind of $daysKnown days',
    ({ error }) => {
      expect(error).toBeLessThan(0.07);
    },
  );
});
