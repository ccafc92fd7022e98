import { GroupSums } from '../../database/MoneyStore';
import { pairs, toRow } from './breakdowns';
import { noSums } from '../../database/sums';

function group(
  period: GroupSums['period'],
  compared: boolean,
  cpu: bigint,
): GroupSums {
  const sums = noSums();
  sums.cost.cpu = cpu;
  return {
    dimension: 'cluster',
    period,
    compared,
    kind: 'normal',
    values: ['us-west'],
    sums,
  };
}

// Ten days at 10 a day so far, and a third of today; before: eleven days at 8.
const GROUPS = [
  group('current', false, 103n),
  group('previous', false, 88n),
  group('current', true, 100n),
  group('previous', true, 80n),
];

describe('toRow', () => {
  const [pair] = pairs(GROUPS, 'cluster');

  it('compares the days that are over, and shows the totals of the windows', () => {
    const row = toRow(pair, 'us-west', {
      previousWhole: true,
      comparable: true,
    });
    expect(row).toMatchObject({ total: '103', previousTotal: '88' });
    expect(row.changeRatio).toBe(0.25);
  });

  it('says nothing of change when compared days have gaps', () => {
    const row = toRow(pair, 'us-west', {
      previousWhole: true,
      comparable: false,
    });
    expect(row.previousTotal).toBe('88');
    expect(row).not.toHaveProperty('changeRatio');
  });

  it('says nothing of change from nothing', () => {
    const [fresh] = pairs([group('current', true, 5n)], 'cluster');
    expect(
      toRow(fresh, 'us-west', { previousWhole: true, comparable: true }),
    ).not.toHaveProperty('changeRatio');
  });
});
