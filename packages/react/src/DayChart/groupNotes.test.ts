import { groupNotes } from './groupNotes';

describe('groupNotes', () => {
  const days = ['01', '02', '03', '04', '05'].map(day => ({
    day: `2026-10-${day}`,
  }));

  it('says the same once for neighbours', () => {
    const note = ({ day }: { day: string }) =>
      day === '2026-10-02' ? undefined : 'x';
    expect(groupNotes(days, note)).toEqual([
      { first: '2026-10-01', last: '2026-10-01', note: 'x' },
      { first: '2026-10-03', last: '2026-10-05', note: 'x' },
    ]);
  });

  it('keeps apart what differs', () => {
    expect(groupNotes(days.slice(0, 2), ({ day }) => day)).toHaveLength(2);
  });
});
