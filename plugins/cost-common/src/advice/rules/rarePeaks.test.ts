import {
  appetiteOf,
  codesFor,
  dayAt,
  DigestShape,
  digestsOf,
  GIB,
  hourOf,
  inputOf,
  SPEC,
} from '../__testUtils__/builders';
import { adviseContainer } from '../adviseContainer';
import { APPETITES } from '../types';

describe('a peak that comes rarely', () => {
  const peakOnMondays: DigestShape = {
    cpu: (slot, day) =>
      day % 7 === 0 && hourOf(slot) >= 9 && hourOf(slot) < 17 ? 1.5 : 0.2,
    memory: (_slot, day) => (day % 7 === 0 ? 2 * GIB : GIB),
  };

  // Facts: VPA advises 1,181 MiB from Thursday to Sunday, and Monday is killed.
  it.each(APPETITES)(
    'a weekly peak seen once in seven days, on every day of the week: %s',
    name => {
      const all = digestsOf(28, peakOnMondays);
      for (let today = 14; today <= 21; today++) {
        const digests = all.slice(today - 14, today);
        const advice = adviseContainer(
          inputOf({
            digests,
            window: { start: dayAt(today - 14), end: dayAt(today) },
            appetite: appetiteOf(name),
          }),
        );
        expect(advice.memory.proposed?.request).toBeGreaterThan(2 * GIB);
        expect(advice.cpu.proposed?.request).toBeGreaterThan(1.5);
        expect(advice.backtest?.proposed.oomKills).toBe(0);
      }
    },
  );

  it('a weekly peak, and says that few days decide', () => {
    const advice = adviseContainer(
      inputOf({ digests: digestsOf(28, peakOnMondays) }),
    );
    expect(codesFor(advice.memory)).toContain('weekly-peak');
    expect(codesFor(advice.cpu)).toContain('weekly-peak');
    const steady = adviseContainer(inputOf({ digests: digestsOf(28) }));
    expect(codesFor(steady.memory)).not.toContain('weekly-peak');
  });

  it('a peak that came once, until the day it says', () => {
    const once = (slot: number, day: number) =>
      day === 20 && slot >= 100 && slot < 124 ? 2 : 0.2;
    const adviceOn = (today: number) =>
      adviseContainer(
        inputOf({
          digests: digestsOf(today, { cpu: once }).slice(-21),
          window: { start: dayAt(today - 21), end: dayAt(today) },
          appetite: appetiteOf('dev'),
        }),
      ).cpu;
    const said = ({ reasons }: ReturnType<typeof adviceOn>, code: string) =>
      reasons.find(reason => reason.code === code)?.message;

    for (const today of [22, 28]) {
      const advice = adviceOn(today);
      expect(advice.rule).toMatchObject({ days: 21 });
      expect(said(advice, 'weekly-peak')).toBe(
        'Only 1 of 21 days decides the number: 2026-01-25. Unless usage comes near it again, it no longer counts from 2026-02-03 on.',
      );
      expect(said(advice, 'faded')).toBeUndefined();
    }
    const after = adviceOn(29);
    expect(dayAt(29).slice(0, 10)).toBe('2026-02-03');
    expect(after.rule).toMatchObject({ days: 20 });
    expect(said(after, 'weekly-peak')).toBeUndefined();
    expect(said(after, 'faded')).toMatch(
      /^Usage on 2026-01-25 asked for a request of 2\.\d+ cores\. It no longer counts, /,
    );
  });

  // Facts: VPA's target is 0.248 for 2 cores two hours a week over 0.2.
  it('a burst two hours a week, and shows the minutes it would throttle', () => {
    const digests = digestsOf(28, {
      cpu: (slot, day) => (day % 7 === 2 && hourOf(slot) < 2 ? 2 : 0.2),
    });
    const requests = APPETITES.map(name => {
      const advice = adviseContainer(
        inputOf({
          digests,
          appetite: appetiteOf(name),
          spec: { ...SPEC, cpuRequestCores: 4 },
        }),
      );
      const { request } = advice.cpu.proposed!;
      expect(advice.backtest?.proposed.throttledMinutes).toBe(
        request >= 1.99 ? 0 : 4 * 120,
      );
      return request;
    });
    expect(requests[0]).toBeGreaterThan(0.2);
    expect(requests[1]).toBeGreaterThanOrEqual(requests[0]);
    expect(requests[2]).toBeGreaterThan(1.9);
  });
});
