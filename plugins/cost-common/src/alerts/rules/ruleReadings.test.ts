import fc from 'fast-check';
import { RULE_MEASURES } from './costRule';
import {
  RuleDayShare,
  RuleHour,
  RuleReading,
  ruleReadings,
} from './ruleReadings';

const DOLLAR = 1_000_000;
/** A service of 10 USD an hour: 6 of CPU and memory, half used; 3 of GPUs, a third used. */
const hour = (over: Partial<RuleHour> = {}): RuleHour => ({
  cost: 10 * DOLLAR,
  idle: 0,
  cpuMemory: 6 * DOLLAR,
  cpuMemoryKnown: 6 * DOLLAR,
  cpuMemoryUsed: 3 * DOLLAR,
  gpu: 3 * DOLLAR,
  gpuKnown: 3 * DOLLAR,
  gpuUsed: 1 * DOLLAR,
  cores: 8,
  spotCores: 2,
  ...over,
});
const last = (
  measure: (typeof RULE_MEASURES)[number],
  hours: Array<RuleHour | undefined>,
  share?: RuleDayShare,
): RuleReading => {
  const all = ruleReadings({ measure }, hours, share);
  return all[all.length - 1];
};

describe('ruleReadings', () => {
  it.each([
    ['utilisation', 50, 144],
    ['gpu-efficiency', 100 / 3, 72],
    ['waste', 50, 240],
    ['hourly-spend', 10 * DOLLAR, 240],
    ['spot-share', 25, 240],
  ] as const)('measures %s', (measure, value, dollars) => {
    expect(last(measure, [hour()])).toEqual({
      is: 'value',
      value: expect.closeTo(value, 9),
      perDay: dollars * DOLLAR,
    });
  });

  it('compares 24 known hours with a budget’s share of a day', () => {
    const day = Array.from({ length: 24 }, () => hour());
    const share = { micros: BigInt(200 * DOLLAR), withIdle: false };
    expect(last('daily-cost', day, share)).toEqual({
      is: 'value',
      value: 120,
      perDay: 240 * DOLLAR,
    });
    expect(last('daily-cost', day.slice(1), share)).toEqual({ is: 'unknown' });
    expect(
      last('daily-cost', [...day.slice(2), undefined, hour()], share),
    ).toEqual({ is: 'unknown' });
    expect(last('daily-cost', day)).toEqual({ is: 'nothing' });
  });

  it('counts what was given to nobody only where the budget does', () => {
    const day = Array.from({ length: 24 }, () => hour({ idle: 4 * DOLLAR }));
    const micros = BigInt(200 * DOLLAR);
    expect(last('daily-cost', day, { micros, withIdle: false })).toEqual({
      is: 'value',
      value: 72,
      perDay: 144 * DOLLAR,
    });
    expect(last('daily-cost', day, { micros, withIdle: true })).toEqual({
      is: 'value',
      value: 120,
      perDay: 240 * DOLLAR,
    });
  });

  it('has nothing to say of what is not there, and knows nothing of what is not known', () => {
    const none = hour({ gpu: 0, gpuKnown: 0, gpuUsed: 0 });
    expect(last('gpu-efficiency', [none])).toEqual({ is: 'nothing' });
    expect(last('gpu-efficiency', [hour({ gpuKnown: DOLLAR })])).toEqual({
      is: 'unknown',
    });
    expect(last('waste', [hour({ gpuKnown: 0, gpuUsed: 0 })])).toEqual({
      is: 'unknown',
    });
    expect(last('spot-share', [hour({ cores: 0, spotCores: 0 })])).toEqual({
      is: 'nothing',
    });
  });

  it('takes a day from the known ones of the last 24 hours', () => {
    const hours = [
      ...Array.from({ length: 30 }, () => hour({ cost: 99 * DOLLAR })),
      ...Array.from({ length: 22 }, () => hour()),
      undefined,
      hour({ cost: 33 * DOLLAR }),
    ];
    expect(last('hourly-spend', hours)).toEqual({
      is: 'value',
      value: 33 * DOLLAR,
      perDay: expect.closeTo(((220 + 33) / 23) * 24 * DOLLAR, 3),
    });
  });

  it('is unknown of exactly the hours that are, and no part is more than all', () => {
    const amount = fc.integer({ min: 0, max: 10 ** 12 });
    const someHour = fc
      .record({
        all: amount,
        known: fc.double({ min: 0, max: 1, noNaN: true }),
      })
      .map(({ all, known }) =>
        hour({
          cost: all * 2,
          cpuMemory: all,
          cpuMemoryKnown: Math.floor(all * known),
          cpuMemoryUsed: Math.floor((all * known) / 3),
          gpu: 0,
          gpuKnown: 0,
          gpuUsed: 0,
        }),
      );
    fc.assert(
      fc.property(
        fc.array(fc.option(someHour, { nil: undefined }), { maxLength: 60 }),
        hours => {
          for (const measure of RULE_MEASURES) {
            const all = ruleReadings({ measure }, hours, {
              micros: 1_000_000n,
              withIdle: true,
            });
            const missing = all.filter((_, i) => hours[i] === undefined);
            expect(missing.every(({ is }) => is === 'unknown')).toBe(true);
          }
          for (const measure of ['utilisation', 'waste'] as const) {
            const values = ruleReadings({ measure }, hours).flatMap(each =>
              each.is === 'value' ? [each.value] : [],
            );
            expect(
              values.filter(value => !(value >= 0 && value <= 100)),
            ).toEqual([]);
          }
        },
      ),
    );
  });
});
