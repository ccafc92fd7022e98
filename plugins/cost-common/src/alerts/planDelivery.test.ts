import fc from 'fast-check';
import { ALERT_KINDS, ALERT_SEVERITIES, isAtLeast } from './costAlert';
import { DeliveryRules, PlannedAlert, planDelivery } from './planDelivery';
import { isQuiet, nextTime, quietUntil } from './quietHours';

const alert = (over: Partial<PlannedAlert> = {}): PlannedAlert => ({
  kind: 'budget',
  severity: 'normal',
  at: '2026-06-16T12:00:00Z',
  ...over,
});
const NIGHT: DeliveryRules = {
  zone: 'Europe/Berlin',
  quietHours: { from: '20:00', to: '07:00', weekends: true },
};
const plan = (rules: DeliveryRules, now: string, ...alerts: PlannedAlert[]) =>
  planDelivery(alerts, rules, new Date(now));

describe('planDelivery', () => {
  it('tells what happens at once where nothing is quiet', () => {
    const one = alert();
    expect(plan({ zone: 'UTC' }, '2026-06-16T12:01:00Z', one)).toEqual({
      now: [one],
      merged: [],
      waiting: [],
    });
  });

  it('keeps what happens at night until the morning, and tells it as one', () => {
    const late = alert({ at: '2026-06-16T20:30:00Z' });
    const early = alert({ at: '2026-06-17T04:30:00Z' });
    expect(plan(NIGHT, '2026-06-17T04:59:00Z', late, early).waiting).toEqual(
      [late, early].map(each => ({
        alert: each,
        until: '2026-06-17T05:00:00.000Z',
      })),
    );
    expect(plan(NIGHT, '2026-06-17T05:00:00Z', late, early).merged).toEqual([
      late,
      early,
    ]);
  });

  it('keeps what happens on a Friday night until Monday', () => {
    const one = alert({ at: '2026-06-19T19:00:00Z' });
    expect(plan(NIGHT, '2026-06-19T19:01:00Z', one).waiting).toEqual([
      { alert: one, until: '2026-06-22T05:00:00.000Z' },
    ]);
  });

  it('keeps what was late by itself, too, and then tells it alone', () => {
    const one = alert({ at: '2026-06-16T12:00:00Z' });
    expect(plan(NIGHT, '2026-06-16T22:00:00Z', one).waiting).toHaveLength(1);
    expect(plan(NIGHT, '2026-06-17T05:00:00Z', one).now).toEqual([one]);
  });

  it('lets through what is severe enough', () => {
    const rules: DeliveryRules = {
      ...NIGHT,
      quietHours: {
        from: '20:00',
        to: '07:00',
        weekends: true,
        letThrough: 'high',
      },
    };
    const at = '2026-06-20T12:00:00Z';
    const [high, normal] = [
      alert({ at, severity: 'high' }),
      alert({ at, severity: 'normal' }),
    ];
    expect(plan(rules, at, high, normal)).toMatchObject({
      now: [high],
      waiting: [{ alert: normal }],
    });
  });

  it('collects kinds of the digest until its next time', () => {
    const rules: DeliveryRules = {
      zone: 'Europe/Berlin',
      digest: { at: '09:00', kinds: ['forecast'] },
    };
    const before = alert({ kind: 'forecast', at: '2026-06-16T06:59:00Z' });
    const after = alert({ kind: 'forecast', at: '2026-06-16T07:00:00Z' });
    expect(plan(rules, '2026-06-16T07:00:00Z', before, after)).toEqual({
      now: [],
      merged: [before],
      waiting: [{ alert: after, until: '2026-06-17T07:00:00.000Z' }],
    });
    const other = alert({ at: '2026-06-16T07:00:00Z' });
    expect(plan(rules, '2026-06-16T07:00:00Z', other).now).toEqual([other]);
  });

  it('tells each once, in no quiet hour, in spring and autumn as well', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 45))
      .map(each => each.map(n => String(n).padStart(2, '0')).join(':'));
    const rules = fc.record({
      zone: fc.constantFrom(
        'UTC',
        'Europe/Berlin',
        'America/New_York',
        'Australia/Lord_Howe',
        'America/Santiago',
      ),
      quietHours: fc.option(
        fc
          .record({
            from: time,
            to: time,
            weekends: fc.boolean(),
            letThrough: fc.option(fc.constantFrom(...ALERT_SEVERITIES), {
              nil: undefined,
            }),
          })
          .filter(({ from, to }) => from !== to),
        { nil: undefined },
      ),
      digest: fc.option(
        fc.record({ at: time, kinds: fc.subarray([...ALERT_KINDS]) }),
        { nil: undefined },
      ),
    });
    const starts = fc.constantFrom(
      '2026-03-06', // New York leaps on the 8th
      '2026-03-27', // Berlin on the 29th
      '2026-10-23', // Berlin goes back on the 25th
      '2026-04-03', // Lord Howe and Santiago go back on the 5th and 4th
      '2026-09-04', // Santiago leaps on the 6th, at midnight
      '2026-10-02', // Lord Howe leaps by half an hour on the 4th
    );
    const happening = fc.record({
      kind: fc.constantFrom(...ALERT_KINDS),
      severity: fc.constantFrom(...ALERT_SEVERITIES),
      minute: fc.integer({ min: 0, max: 3 * 1440 }),
    });
    fc.assert(
      fc.property(
        rules,
        starts,
        fc.array(happening, { maxLength: 6 }),
        (delivery, start, happenings) => {
          const begin = Date.parse(`${start}T00:00:00Z`);
          const all = happenings.map(({ minute, ...each }) =>
            alert({
              ...each,
              at: new Date(begin + minute * 60_000).toISOString(),
            }),
          );
          let waiting = [...all];
          const told: PlannedAlert[] = [];
          for (let minute = 0; minute <= 10 * 1440; minute += 15) {
            const now = new Date(begin + minute * 60_000);
            const happened = waiting.filter(({ at }) => new Date(at) <= now);
            const {
              now: single,
              merged,
              waiting: kept,
            } = planDelivery(happened, delivery, now);
            told.push(...single, ...merged);
            const { letThrough } = delivery.quietHours ?? {};
            const held = [...single, ...merged].filter(
              ({ severity }) => !letThrough || !isAtLeast(severity, letThrough),
            );
            expect(held.length > 0 && isQuietByWall(delivery, now)).toBe(false);
            for (const { until } of kept) {
              expect(new Date(until ?? '').getTime()).toBeGreaterThan(
                now.getTime(),
              );
            }
            expect(single.length + merged.length + kept.length).toBe(
              happened.length,
            );
            waiting = waiting.filter(
              each => !single.includes(each) && !merged.includes(each),
            );
          }
          expect(waiting).toEqual([]);
          expect(new Set(told).size).toBe(all.length);
          expect(told).toHaveLength(all.length);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** The same as {@link isQuiet}, said by another calendar. */
function isQuietByWall({ zone, quietHours }: DeliveryRules, at: Date): boolean {
  if (!quietHours) {
    return false;
  }
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string) =>
    parts.find(each => each.type === type)?.value ?? '';
  const time = `${part('hour')}:${part('minute')}`;
  const { from = '', to = '', weekends } = quietHours;
  const isNight =
    from < to ? time >= from && time < to : time >= from || time < to;
  return (
    (weekends && ['Sat', 'Sun'].includes(part('weekday'))) ||
    (from !== to && isNight)
  );
}

describe('quiet hours', () => {
  it('end an hour later by the sun when clocks leap, at the same time by the wall', () => {
    const { zone, quietHours } = NIGHT;
    const weekdays = { ...quietHours!, weekends: false };
    const end = (at: string) =>
      quietUntil(weekdays, zone, new Date(at))?.toISOString();
    expect(end('2026-03-27T20:00:00Z')).toBe('2026-03-28T06:00:00.000Z');
    expect(end('2026-03-28T20:00:00Z')).toBe('2026-03-29T05:00:00.000Z');
  });

  it('that never end have no end', () => {
    const always = { from: '00:00', to: '00:00', weekends: true };
    expect(isQuiet(always, 'UTC', new Date(0))).toBe(true);
    expect(quietUntil(always, 'UTC', new Date(0))).toBeUndefined();
  });

  it('next time of day comes after, and a skipped one is late', () => {
    const next = (at: string) =>
      nextTime('02:30', 'Europe/Berlin', new Date(at)).toISOString();
    expect(next('2026-03-28T20:00:00Z')).toBe('2026-03-29T01:30:00.000Z');
    expect(next('2026-06-16T00:30:00Z')).toBe('2026-06-17T00:30:00.000Z');
  });
});
