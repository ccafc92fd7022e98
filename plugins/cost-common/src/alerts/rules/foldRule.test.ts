import { HOUR_MS } from '@headroom/common';
import fc from 'fast-check';
import { foldRule, JudgedRule, ruleStateBefore } from './foldRule';
import { RuleReading } from './ruleReadings';

const FIRST = new Date('2026-06-16T00:00:00.000Z');
const WASTE: JudgedRule = {
  measure: 'waste',
  side: 'above',
  threshold: 50,
  holdHours: 2,
  floorMicros: 10_000_000n,
};
const UTILISATION: JudgedRule = {
  ...WASTE,
  measure: 'utilisation',
  side: 'below',
  threshold: 30,
};
const DAY = 20_000_000;
const hour = (index: number) =>
  new Date(FIRST.getTime() + index * HOUR_MS).toISOString();

/** Numbers are values; `?` is an hour that isn't known, `-` one without anything to measure. */
function readings(
  ...hours: Array<number | '?' | '-' | { value: number; perDay: number }>
): RuleReading[] {
  return hours.map(each => {
    if (each === '?') {
      return { is: 'unknown' };
    }
    if (each === '-') {
      return { is: 'nothing' };
    }
    return typeof each === 'number'
      ? { is: 'value', value: each, perDay: DAY }
      : { is: 'value', ...each };
  });
}

describe('foldRule', () => {
  it('begins when it has held, once, and says since when', () => {
    expect(foldRule(WASTE, readings(40, 60, 55, 90, 51), FIRST)).toEqual({
      state: { over: true, since: hour(1) },
      steps: [{ kind: 'began', at: hour(2), since: hour(1) }],
    });
    expect(foldRule(WASTE, readings(60, 40, 60), FIRST).steps).toEqual([]);
    // The threshold itself is neither above nor below it.
    expect(foldRule(WASTE, readings(50, 50, 50), FIRST).steps).toEqual([]);
    expect(foldRule(UTILISATION, readings(30, 30, 30), FIRST).steps).toEqual(
      [],
    );
  });

  it('is over when it was clearly back for as long', () => {
    expect(foldRule(UTILISATION, readings(10, 10, 31.5, 40), FIRST)).toEqual({
      state: { over: false, since: hour(0), easedSince: hour(2) },
      steps: [
        { kind: 'began', at: hour(1), since: hour(0) },
        { kind: 'ended', at: hour(3), since: hour(2) },
      ],
    });
    // 31 % is not clearly more than 30 %, and one clear hour is not two.
    expect(
      foldRule(UTILISATION, readings(10, 10, 31, 31, 31, 40, 31, 40), FIRST)
        .state.over,
    ).toBe(true);
    expect(
      foldRule(
        { ...UTILISATION, measure: 'spot-share', threshold: 98 },
        readings(90, 90, 100, 100),
        FIRST,
      ).state.over,
    ).toBe(false);
  });

  it('looks at nothing that is too cheap, and lets go of what became so', () => {
    const cheap = { value: 99, perDay: 9_000_000 };
    expect(foldRule(WASTE, readings(cheap, cheap, cheap), FIRST).steps).toEqual(
      [],
    );
    const { steps } = foldRule(WASTE, readings(60, 60, cheap, cheap), FIRST);
    expect(steps.map(({ kind }) => kind)).toEqual(['began', 'ended']);
  });

  it('does not hold across an hour that is not known, nor end in one', () => {
    expect(foldRule(WASTE, readings(60, '?', 60, '?'), FIRST).steps).toEqual(
      [],
    );
    expect(
      foldRule(WASTE, readings(60, 60, '?', '?', '?', 10, '?', 10), FIRST).state
        .over,
    ).toBe(true);
    expect(foldRule(WASTE, readings(60, 60, '-', '-'), FIRST).state.over).toBe(
      false,
    );
  });

  const someReading = fc.oneof(
    fc.constant<RuleReading>({ is: 'unknown' }),
    fc.constant<RuleReading>({ is: 'nothing' }),
    fc.record({
      is: fc.constant<'value'>('value'),
      value: fc.double({ min: 0, max: 100, noNaN: true }),
      perDay: fc.constantFrom(0, 9_700_000, DAY),
    }),
  );
  const someRule = fc.record({
    measure: fc.constantFrom<'waste' | 'utilisation' | 'hourly-spend'>(
      'waste',
      'utilisation',
      'hourly-spend',
    ),
    side: fc.constantFrom<'above' | 'below'>('above', 'below'),
    threshold: fc.integer({ min: 1, max: 99 }),
    holdHours: fc.integer({ min: 1, max: 6 }),
    floorMicros: fc.constantFrom(0n, 10_000_000n),
  });

  it('tells beginnings and ends in turn, each at a known hour, once it has held', () => {
    fc.assert(
      fc.property(
        someRule,
        fc.array(someReading, { maxLength: 60 }),
        (rule, all) => {
          const { state, steps } = foldRule(rule, all, FIRST);
          steps.forEach(({ kind, at, since }, i) => {
            expect(kind).toBe(i % 2 === 0 ? 'began' : 'ended');
            const last = (Date.parse(at) - FIRST.getTime()) / HOUR_MS;
            const first = (Date.parse(since) - FIRST.getTime()) / HOUR_MS;
            expect(last - first + 1).toBe(rule.holdHours);
            for (const each of all.slice(first, last + 1)) {
              expect(each.is).not.toBe('unknown');
            }
          });
          expect(state.over).toBe(steps.length % 2 === 1);
        },
      ),
    );
  });

  it('says nothing of a value that flutters about the threshold, however long', () => {
    fc.assert(
      fc.property(
        someRule,
        fc.boolean(),
        fc.array(fc.double({ min: 0.96, max: 1, noNaN: true }), {
          minLength: 1,
          maxLength: 50,
        }),
        ({ threshold, ...rule }, over, parts) => {
          const values = parts.map(part =>
            rule.side === 'above' ? threshold * part : threshold * (2 - part),
          );
          fc.pre(rule.side === 'above' || threshold <= 90);
          const { steps, state } = foldRule(
            { ...rule, threshold },
            readings(...values),
            FIRST,
            { over },
          );
          expect(steps).toEqual([]);
          expect(state.over).toBe(over);
        },
      ),
    );
  });

  it('comes to the same, in whatever turns hours are folded again', () => {
    fc.assert(
      fc.property(
        someRule,
        fc.array(someReading, { minLength: 20, maxLength: 80 }),
        fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1 }),
        (rule, all, turns) => {
          // As long as a rule has to hold, and as far back as hours may come late.
          const window = rule.holdHours + 8;
          let stored = foldRule(rule, all.slice(0, window), FIRST).state;
          let end = Math.min(window, all.length);
          for (let i = 0; end < all.length; i += 1) {
            end = Math.min(
              all.length,
              end + Math.max(i >= turns.length ? 1 : 0, turns[i] ?? 1),
            );
            const from = Math.max(0, end - window);
            const first = new Date(FIRST.getTime() + from * HOUR_MS);
            stored = foldRule(
              rule,
              all.slice(from, end),
              first,
              ruleStateBefore(stored, first),
            ).state;
            expect(stored.over).toBe(
              foldRule(rule, all.slice(0, end), FIRST).state.over,
            );
          }
        },
      ),
    );
  });

  it('forgets what was restated while it is folded again', () => {
    const before = foldRule(WASTE, readings(10, 60, 60, 60), FIRST).state;
    expect(before).toEqual({ over: true, since: hour(1) });
    const again = ruleStateBefore(before, FIRST);
    expect(
      foldRule(WASTE, readings(10, 10, 60, 10), FIRST, again).state.over,
    ).toBe(false);
  });
});
