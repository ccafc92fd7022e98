import { runsOf } from './runsOf';
import { ChartDay } from './types';

const days: ChartDay[] = [
  { day: '2026-10-01', gap: false, partial: false, heights: {} },
  { day: '2026-10-02', gap: true, partial: false, heights: {} },
  { day: '2026-10-03', gap: true, partial: false, heights: {} },
  { day: '2026-10-04', gap: false, partial: true, heights: {} },
];

describe('runsOf', () => {
  it('joins neighbours', () => {
    expect(runsOf(days, day => day.gap)).toEqual([
      { first: '2026-10-02', last: '2026-10-03' },
    ]);
    expect(runsOf(days, day => day.partial)).toEqual([
      { first: '2026-10-04', last: '2026-10-04' },
    ]);
  });

  it('keeps apart what has another day between', () => {
    expect(runsOf(days, day => day.gap !== day.partial)).toEqual([
      { first: '2026-10-02', last: '2026-10-04' },
    ]);
    expect(runsOf(days, day => !day.gap)).toEqual([
      { first: '2026-10-01', last: '2026-10-01' },
      { first: '2026-10-04', last: '2026-10-04' },
    ]);
  });
});
