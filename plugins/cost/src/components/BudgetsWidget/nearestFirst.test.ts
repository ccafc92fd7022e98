import fc from 'fast-check';
import {
  budgetDefinition,
  budgetRow,
  budgetStatus,
} from '../../__testUtils__/budgetReports';
import { budgetsOf, nearestFirst, shareSpent } from './nearestFirst';

const row = (id: string, spent: string, limit: string) =>
  budgetRow({ id, status: budgetStatus({ spent, limit }) });

describe('nearestFirst', () => {
  it('puts what is furthest beyond first, whatever its amount, and the unknown last', () => {
    const rows = [
      budgetRow({ id: 'pending', status: undefined }),
      row('half', '500000000', '1000000000'),
      row('over', '3000000', '2000000'),
      row('of-nothing', '1', '0'),
      row('nothing-yet', '0', '0'),
    ];
    expect(nearestFirst(rows).map(({ id }) => id)).toEqual([
      'of-nothing',
      'over',
      'half',
      'nothing-yet',
      'pending',
    ]);
  });

  it('goes by the forecast where as much is spent, and leaves out what does not count', () => {
    const ahead = (id: string, total: string) =>
      budgetRow({
        id,
        status: budgetStatus({
          projection: {
            ...budgetStatus().projection,
            total,
          } as ReturnType<typeof budgetStatus>['projection'],
        }),
      });
    expect(
      nearestFirst([
        ahead('calm', '120000000'),
        ahead('rising', '900000000'),
        budgetRow({ id: 'overruled', overruledBy: 'calm' }),
      ]).map(({ id }) => id),
    ).toEqual(['rising', 'calm']);
  });

  it('never puts a smaller share before a larger one', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 12n }).map(String);
    fc.assert(
      fc.property(fc.array(fc.tuple(amount, amount)), pairs => {
        const shares = nearestFirst(
          pairs.map(([spent, limit], index) => row(`${index}`, spent, limit)),
        ).map(shareSpent);
        expect(shares).toHaveLength(pairs.length);
        expect(shares).toEqual(
          [...shares].sort((a, b) => (a === b ? 0 : b! - a!)),
        );
      }),
    );
  });
});

describe('budgetsOf', () => {
  const team = budgetRow({ id: 'team' });
  const service = budgetRow({
    id: 'service',
    budget: budgetDefinition({
      scope: { type: 'service', entityRef: 'component:default/akidb-rest' },
    }),
    notified: ['group:default/ML'],
  });
  const cluster = budgetRow({
    id: 'cluster',
    budget: budgetDefinition({ scope: { type: 'cluster', cluster: 'us' } }),
    notified: ['group:default/platform'],
  });

  it('takes those on the teams, and those of what they are told about', () => {
    const of = (...owners: string[]) =>
      budgetsOf([team, service, cluster], owners).map(({ id }) => id);
    expect(of('group:default/ml')).toEqual(['team', 'service']);
    expect(of('user:default/ann', 'group:default/platform')).toEqual([
      'cluster',
    ]);
    expect(of('group:default/other')).toEqual([]);
  });
});
