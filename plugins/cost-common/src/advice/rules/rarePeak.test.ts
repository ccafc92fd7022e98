import { rarePeak } from './rarePeak';

/** A level a day, from the first of March on. */
const levels = (...all: number[]) =>
  all.map((level, day) => ({
    start: `2026-03-${String(day + 1).padStart(2, '0')}T00:00:00.000Z`,
    level,
  }));
const of = (high: number, length: number, low = 1) =>
  levels(...Array.from({ length }, (_, day) => (day < high ? 2 : low)));

describe('rarePeak', () => {
  it.each([
    ['one of seven', of(1, 7), 1],
    ['one of six', of(1, 6), undefined],
    ['two of seven', of(2, 7), undefined],
    ['two of eight', of(2, 8), 2],
    ['two of fourteen', of(2, 14), 2],
    ['three of fourteen', of(3, 14), undefined],
    ['three of fifteen', of(3, 15), 3],
    ['others just below 80 % of it', of(1, 7, 1.599), 1],
    ['others at 80 % of it', of(1, 7, 1.6), undefined],
    ['none at all', of(0, 7, 0), undefined],
  ])('is said of %s', (_, all, high) => {
    const said = rarePeak('cpu', all)?.message;
    expect(said?.split(' ')[1]).toBe(
      high === undefined ? undefined : `${high}`,
    );
  });

  it('names the highest day, and when it fades', () => {
    const all = levels(1, 1, 3, 1, 1, 1, 1, 2.9);
    expect(rarePeak('memory', all)).toEqual({
      code: 'weekly-peak',
      resource: 'memory',
      message:
        'Only 2 of 8 days decide the number, and 2026-03-03 is the highest of them. They count until they leave the window that is looked at.',
      wording: {
        key: 'adviceUsage.fewDaysStay',
        params: { count: 2, days: 8, day: '2026-03-03' },
      },
    });
    expect(rarePeak('cpu', all, '2026-03-11')?.message).toMatch(
      /Unless usage comes near it again, it no longer counts from 2026-03-11 on\.$/,
    );
  });
});
