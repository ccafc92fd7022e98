import { CostAlert } from '@headroom/plugin-cost-common';
import { partsOf } from './partsOf';

const alert = (over: Partial<CostAlert>): CostAlert => ({
  kind: 'budget',
  severity: 'high',
  scope: 'budget:1',
  subject: { type: 'group', entityRef: 'group:default/shop' },
  notify: [],
  title: 'Shop',
  sentence: '1 USD.',
  plain: '',
  link: '/cost',
  from: '2026-06-01',
  at: '2026-06-16T12:00:00.000Z',
  ...over,
});

describe('partsOf', () => {
  it('asks once of each scope, and of a cluster nothing', async () => {
    const alerts = [
      alert({}),
      alert({ scope: 'budget:2' }),
      alert({ from: undefined }),
      alert({ subject: { type: 'cluster', cluster: 'c1' } }),
    ];
    const ask = jest.fn(async (scopes: Array<{ readFrom: string }>) =>
      scopes.map(({ readFrom }) => [[readFrom]]),
    );
    const parts = await partsOf(alerts, ask);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(alerts.map(each => parts.get(each))).toEqual([
      [['2026-06-01']],
      [['2026-06-01']],
      [['-infinity']],
      undefined,
    ]);
  });
});
