import { serviceReport } from '../../__testUtils__/reports';
import { groupNotes } from './dayNotes';

describe('groupNotes', () => {
  const { days } = serviceReport();

  it('says the same once for neighbours', () => {
    const note = (day: { day: string }) =>
      day.day === '2026-10-02' ? undefined : 'x';
    expect(groupNotes(days, note)).toEqual([
      { first: '2026-10-01', last: '2026-10-01', note: 'x' },
      { first: '2026-10-03', last: '2026-10-05', note: 'x' },
    ]);
  });

  it('keeps apart what differs', () => {
    expect(groupNotes(days.slice(0, 2), day => day.day)).toHaveLength(2);
  });
});
