import { nearest, placeOf } from './stretches';
import { ticksOf } from './ticks';

describe('ticksOf', () => {
  it('stays on local hours over a change of clocks', () => {
    // Berlin, 25 October 2026 has 25 hours.
    const from = Date.parse('2026-10-24T22:00:00Z');
    const ticks = ticksOf(from, from + 25 * 3_600_000, 'Europe/Berlin', 960);
    expect(ticks.map(({ label }) => label)).toEqual([
      'Sun 25',
      '02:00',
      '04:00',
      '06:00',
      '08:00',
      '10:00',
      '12:00',
      '14:00',
      '16:00',
      '18:00',
      '20:00',
      '22:00',
    ]);
    const noon = ticks.find(({ label }) => label === '12:00');
    expect(noon!.atMs).toBe(Date.parse('2026-10-25T11:00:00Z'));
  });

  it('leaves out an hour that the clocks leave out', () => {
    const from = Date.parse('2026-03-29T00:00:00Z');
    const labels = ticksOf(
      from,
      from + 6 * 3_600_000,
      'Europe/Berlin',
      960,
    ).map(({ label }) => label);
    expect(labels).toEqual([
      '01:00',
      '03:00',
      '04:00',
      '05:00',
      '06:00',
      '07:00',
    ]);
  });

  it.each([
    [24, 960],
    [48, 960],
    [8 * 24, 960],
    [8 * 24, 300],
    [24, 200],
  ])('leaves each mark of %d hours room on %d pixels', (hours, width) => {
    const from = Date.parse('2026-11-30T13:00:00Z');
    const toMs = from + hours * 3_600_000;
    const ticks = ticksOf(from, toMs, 'UTC', width);
    expect(ticks.length).toBeGreaterThan(1);
    ticks.slice(1).forEach((tick, index) => {
      const share = (tick.atMs - ticks[index].atMs) / (toMs - from);
      expect(share * width).toBeGreaterThanOrEqual(60);
    });
  });
});

describe('stretches', () => {
  const stretch = (from: string, to: string) => ({
    from: `2026-11-30T${from}:00Z`,
    to: `2026-11-30T${to}:00Z`,
    because: '',
  });
  const at = (time: string) => Date.parse(`2026-11-30T${time}:00Z`);

  it('are cut to the axis, and left out beside it', () => {
    expect(
      placeOf(stretch('08:00', '12:00'), at('10:00'), at('20:00')),
    ).toEqual({ left: 0, width: 0.2 });
    expect(
      placeOf(stretch('08:00', '10:00'), at('10:00'), at('20:00')),
    ).toBeUndefined();
  });

  it('are found by where they are nearest', () => {
    const row = {
      id: 'r',
      name: 'r',
      stretches: [stretch('08:00', '10:00'), stretch('14:00', '16:00')],
    };
    expect(nearest(row, at('09:59'))).toBe(0);
    expect(nearest(row, at('11:00'))).toBe(0);
    expect(nearest(row, at('13:00'))).toBe(1);
    expect(nearest({ ...row, stretches: [] }, at('13:00'))).toBe(-1);
  });
});
