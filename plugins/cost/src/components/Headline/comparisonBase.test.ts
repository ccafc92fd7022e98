import { comparisonBase } from './comparisonBase';

const window = { start: '2026-10-01' };
const comparison = { start: '2026-09-26', end: '2026-10-01' };

describe('comparisonBase', () => {
  it('is the days at the places of those compared', () => {
    expect(
      comparisonBase(window, {
        ...comparison,
        comparedStart: '2026-10-01',
        comparedEnd: '2026-10-05',
      }),
    ).toEqual({ start: '2026-09-26', end: '2026-09-30' });
    expect(
      comparisonBase(window, {
        ...comparison,
        comparedStart: '2026-10-03',
        comparedEnd: '2026-10-06',
      }),
    ).toEqual({ start: '2026-09-28', end: '2026-10-01' });
  });

  it('does not reach beyond the window before, as where a month is shorter', () => {
    expect(
      comparisonBase(
        { start: '2026-03-01' },
        {
          start: '2026-02-01',
          end: '2026-03-01',
          comparedStart: '2026-03-01',
          comparedEnd: '2026-03-31',
        },
      ),
    ).toEqual({ start: '2026-02-01', end: '2026-03-01' });
  });
});
