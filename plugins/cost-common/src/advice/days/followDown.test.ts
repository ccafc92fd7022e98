import {
  codesFor,
  dayAt,
  digestsOf,
  GIB,
  inputOf,
  SPEC,
} from '../__testUtils__/builders';
import { adviseContainer } from '../adviseContainer';
import { explainAdvice } from '../output/explainAdvice';
import { recomputeAdvice } from '../recomputeAdvice';
import { APPETITES } from '../types';
import { isFalling } from './drift';

/** A service that is being moved away: 3 % less from day to day. */
const fade = (day: number) => 0.97 ** day;
const wave = (slot: number) => 1 + 0.3 * Math.sin(slot / 45);
const days = (
  cpu: (slot: number, day: number) => number,
  memory: (slot: number, day: number) => number = () => GIB,
  count = 28,
) => digestsOf(count, { cpu, memory });
const advise = (
  digests: ReturnType<typeof digestsOf>,
  value: (typeof APPETITES)[number] = 'standard',
) =>
  adviseContainer(inputOf({ digests, appetite: { value, origin: 'default' } }));

describe('isFalling', () => {
  const level = (of: (day: number) => number, length = 28) =>
    Array.from({ length }, (_, day) => of(day));

  it.each([
    ['a steady fall', level(fade), true],
    ['two weeks of it', level(fade, 14), true],
    ['a week of it', level(fade, 7), false],
    ['a level that fell once', level(day => (day < 14 ? 2 : 1)), false],
    ['a weekly season', level(day => (day % 7 < 5 ? 2 : 1)), false],
    [
      'a weekly season that falls',
      level(day => fade(day) * (day % 7 < 5 ? 2 : 1)),
      true,
    ],
    ['a little less', level(day => 0.995 ** day), false],
    ['a rise', level(day => 1 / fade(day)), false],
  ])('%s', (_, levels, expected) => {
    expect(isFalling(levels)).toBe(expected);
  });
});

describe('advice on a load that falls steadily', () => {
  const falling = days((slot, day) => fade(day) * wave(slot));
  const highest = (from: number) => 1.3 * fade(from);

  it('follows it down to its last week, and says so', () => {
    const advice = advise(falling);
    const { request } = advice.cpu.proposed!;
    expect(request).toBeGreaterThan(highest(27));
    expect(request).toBeLessThan(1.3 * highest(21));
    expect(request).toBeLessThan(0.75 * highest(0));
    const said = advice.cpu.reasons.find(({ code }) => code === 'falling');
    expect(said?.message).toMatch(
      /^CPU usage falls steadily, so only the last 7 days count, from 2026-01-26 on\. .* each of the 21 days before, .* in 0 % of the samples/,
    );
    expect(advice.cpu.rule).toMatchObject({ days: 7 });
    expect(advice.evidence.followedFrom).toEqual({ cpu: dayAt(21) });
    expect(advice.backtest?.dayAhead?.days).toBe(21);
    // Throttling is of the days that count: before, the load was another one.
    expect(advice.backtest?.proposed.throttledMinutes).toBe(0);
    expect(explainAdvice(advice).cpu.message).toMatch(
      /of (each of|all) (the )?7 days/,
    );
    const evidence = JSON.parse(JSON.stringify(advice.evidence));
    expect(recomputeAdvice(evidence, falling)).toEqual(advice);
  });

  it('keeps the whole look-back where following would have gone wrong', () => {
    // A day of four times the load, which no week before it foresaw.
    const spiky = days(
      (slot, day) => fade(day) * wave(slot) * (day === 15 ? 4 : 1),
    );
    const advice = advise(spiky);
    expect(codesFor(advice.cpu)).not.toContain('falling');
    expect(advice.evidence.followedFrom).toBeUndefined();
  });

  it('follows a peak of every week, within the week', () => {
    const weekly = days(
      (slot, day) => fade(day) * wave(slot) * (day % 7 === 1 ? 2 : 1),
    );
    const { cpu } = advise(weekly);
    expect(codesFor(cpu)).toContain('falling');
    // Day 22 is the last of those.
    expect((cpu.proposed ?? cpu.current).request).toBeGreaterThan(2 * fade(22));
  });

  it('does not follow usage that was cut off, nor what falls to new code', () => {
    const throttled = falling.map((digest, day) => ({
      ...digest,
      throttledShare: day === 3 ? 0.5 : 0,
    }));
    expect(codesFor(advise(throttled).cpu)).not.toContain('falling');
    const once = days((slot, day) => wave(slot) * (day < 14 ? 1 : 0.3));
    expect(codesFor(advise(once).cpu)).not.toContain('falling');
  });

  it.each(APPETITES)('memory: the peak of its last week at %s', value => {
    const draining = days(
      () => 0.2,
      (_, day) => 3 * GIB * fade(day),
    );
    const { memory, backtest, evidence } = advise(draining, value);
    const margin = { dev: 1.1, standard: 1.15, critical: 1.25 }[value];
    expect(
      memory.proposed!.request / (3 * GIB * fade(21) * margin),
    ).toBeCloseTo(1, 2);
    expect(memory.rule).toMatchObject({ kind: 'peak', days: 7 });
    expect(codesFor(memory)).toContain('falling');
    expect(backtest?.proposed.oomKills).toBe(0);
    expect(evidence.followedFrom).toEqual({ memory: dayAt(21) });
  });

  it('memory: the whole look-back after a rise that no week before it covered', () => {
    const jumpy = days(
      () => 0.2,
      (_, day) => 3 * GIB * fade(day) * (day === 12 ? 1.5 : 1),
    );
    const { memory } = advise(jumpy);
    expect(codesFor(memory)).not.toContain('falling');
    expect(memory.current.request).toBe(SPEC.memoryRequestBytes);
    expect((memory.proposed ?? memory.current).request).toBeGreaterThan(
      3 * GIB * fade(12) * 1.5,
    );
  });

  it('memory: not while a kill is in the window', () => {
    const draining = days(
      () => 0.2,
      (_, day) => 3 * GIB * fade(day),
    ).map((digest, day) => ({
      ...digest,
      ...(day === 2 && { oomKills: 1, oomLimitBytes: 3 * GIB }),
    }));
    expect(codesFor(advise(draining).memory)).not.toContain('falling');
  });
});
