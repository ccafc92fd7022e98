import {
  dayAt,
  digestsOf,
  inputOf,
  SPEC,
  Usage,
} from '../__testUtils__/builders';
import { adviseContainer } from '../adviseContainer';
import { isFalling } from '../days/drift';
import { explainAdvice } from '../output/explainAdvice';
import { recomputeAdvice } from '../recomputeAdvice';
import { Appetite, APPETITES } from '../types';

const BUSY = { ...SPEC, cpuRequestCores: 4 };
const DATE = /\d{4}-\d\d-\d\d/;

/** Advice after so many days, from the 28 before. */
function adviceOn(
  today: number,
  cpu: Usage,
  value: Appetite,
  lookBack: number = 28,
) {
  const from = Math.max(0, today - lookBack);
  const digests = digestsOf(today, { cpu, spec: BUSY }).slice(from);
  const advice = adviseContainer(
    inputOf({
      digests,
      window: { start: dayAt(from), end: dayAt(today) },
      spec: BUSY,
      appetite: { value, origin: 'annotation' },
    }),
  );
  const said = (code: string) =>
    advice.cpu.reasons
      .filter(reason => reason.code === code)
      .map(({ message }) => message);
  return { advice, cpu: advice.cpu, digests, said };
}
/** So many slots at 2 cores on days that are said to have it, 0.2 else. */
const peak =
  (slots: number, isOn: (day: number) => boolean): Usage =>
  (slot, day) =>
    isOn(day) && slot >= 108 && slot < 108 + slots ? 2 : 0.2;
const onMondays = (day: number) => day % 7 === 0;
const date = (day: number) => dayAt(day).slice(0, 10);

describe('a peak of the same hour every week', () => {
  it.each(APPETITES.flatMap(name => [12, 6].map(slots => ({ name, slots }))))(
    'is covered on every day of the week: $name, $slots slots',
    ({ name, slots }) => {
      for (let today = 14; today <= 21; today++) {
        const { cpu, advice } = adviceOn(
          today,
          peak(slots, onMondays),
          name,
          14,
        );
        const { request, limit } = cpu.proposed!;
        expect(request).toBeGreaterThanOrEqual(2);
        expect(request).toBeLessThan(2.7);
        expect(limit).toBeNull();
        expect(advice.backtest?.proposed.throttledMinutes).toBe(0);
      }
    },
  );

  it('is covered where it moves by a tenth from week to week', () => {
    const of = (day: number) => 2 - 0.2 * ((day / 7) % 2);
    const { cpu } = adviceOn(
      28,
      (slot, day) => (peak(12, onMondays)(slot, day) === 2 ? of(day) : 0.2),
      'dev',
    );
    expect(cpu.proposed!.request).toBeGreaterThanOrEqual(2);
    expect(cpu.proposed!.request).toBeLessThan(2.1);
  });

  it('is said, with the day it fades, and computed again', () => {
    const { cpu, advice, digests, said } = adviceOn(
      28,
      peak(12, onMondays),
      'dev',
    );
    expect(cpu.rule).toMatchObject({
      kind: 'daily-quantile',
      held: { margin: 1.02, weekly: true },
    });
    expect(said('weekly-peak')).toEqual([
      `On ${date(
        21,
      )} usage stayed at 2 cores for half an hour or more, as it did at that hour a week before, and that decides the request. Unless usage comes near it again, it no longer counts from ${date(
        29,
      )} on.`,
    ]);
    expect(said('faded')).toEqual([]);
    expect(explainAdvice(advice).cpu.message).toContain(
      'It covers the 2 cores at which usage stayed for half an hour at the same hour of two weeks, with 2 % to spare.',
    );
    const evidence = JSON.parse(JSON.stringify(advice.evidence));
    expect(recomputeAdvice(evidence, digests)).toEqual(advice);
  });

  it.each([
    ['dev', 29],
    ['standard', 33],
  ] as const)('fades for %s on the day it says, day %d', (name, fades) => {
    const stopped = peak(12, day => onMondays(day) && day <= 21);
    const before = adviceOn(fades - 1, stopped, name);
    expect(before.cpu.proposed!.request).toBeGreaterThanOrEqual(2);
    expect(
      before.said('weekly-peak')[0].match(new RegExp(DATE, 'g'))?.at(-1),
    ).toBe(date(fades));
    const after = adviceOn(fades, stopped, name);
    expect(after.cpu.proposed!.request).toBeLessThan(0.5);
    expect(after.said('weekly-peak')).toEqual([]);
    expect(after.said('faded')).toEqual([
      expect.stringMatching(
        /^Usage on 2026-01-12 asked .* It no longer counts/,
      ),
    ]);
  });
});

describe('a peak of one hour that came once', () => {
  const once = peak(12, day => day === 20);

  it.each(['dev', 'standard'] as const)(
    'waits for its week with %s, and is not counted after it',
    name => {
      const first = adviceOn(22, once, name);
      expect(first.cpu.proposed!.request).toBeLessThan(0.5);
      expect(first.said('faded')).toEqual([
        `On ${date(
          20,
        )} usage stayed at 2 cores for half an hour or more, which is above the request. It counts if it comes back at that hour on ${date(
          27,
        )}.`,
      ]);
      expect(adviceOn(28, once, name).said('faded')).toEqual([
        `On ${date(
          20,
        )} usage stayed at 2 cores for half an hour or more, which is above the request. It did not come back at that hour on ${date(
          27,
        )}, so it does not count.`,
      ]);
    },
  );

  it('counts as long as the look-back with critical', () => {
    expect(
      adviceOn(47, once, 'critical').cpu.proposed!.request,
    ).toBeGreaterThanOrEqual(2);
    expect(adviceOn(47, once, 'critical').said('weekly-peak')).toEqual([
      `On ${date(
        20,
      )} usage stayed at 2 cores for half an hour or more, and that decides the request. Unless usage comes near it again, it no longer counts from ${date(
        49,
      )} on.`,
    ]);
    const after = adviceOn(49, once, 'critical');
    expect(after.cpu.proposed!.request).toBeLessThan(0.5);
  });
});

describe('a weekly hour on a load that falls steadily', () => {
  const fall = (day: number) => 0.97 ** day;
  const falling: Usage = (slot, day) =>
    fall(day) * peak(12, onMondays)(slot, day)!;

  it.each(APPETITES)('is covered as it was last: %s', name => {
    expect(isFalling(Array.from({ length: 28 }, (_, day) => fall(day)))).toBe(
      true,
    );
    const { cpu, said } = adviceOn(28, falling, name);
    expect(said('falling')).toHaveLength(1);
    const { request } = cpu.proposed!;
    expect(request).toBeGreaterThanOrEqual(2 * fall(21));
    expect(request).toBeLessThan(2 * fall(14) * 1.1);
    expect(said('weekly-peak')[0]).toContain(`On ${date(21)} usage stayed at `);
  });
});
