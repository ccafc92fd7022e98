import { BillPayer } from '@headroom/plugin-cost-common';
import { pageOfPayers, PayerRequest } from './pageOfPayers';

const payer = (
  name: string,
  machines: number,
  others: Partial<BillPayer> = {},
): BillPayer => ({
  entityRef: `component:default/${name}`,
  machines: String(machines),
  direct: '0',
  estimated: String(machines * 2),
  ...others,
});

const PAYERS = [
  payer('web', 9_000_000_000_000_001, { title: 'Shop' }),
  payer('api', 9_000_000_000_000_000, { direct: '2' }),
  payer('db', 0, { direct: '7', estimated: undefined }),
];

const named = (change: Partial<PayerRequest>) => {
  const { page, totalRows } = pageOfPayers(PAYERS, {
    sort: 'paid',
    order: 'desc',
    offset: 0,
    limit: 10,
    ...change,
  });
  return [...page.map(each => each.entityRef.split('/')[1]), totalRows];
};

describe('pageOfPayers', () => {
  it.each<[PayerRequest['sort'], PayerRequest['order'], string[]]>([
    ['paid', 'desc', ['api', 'web', 'db']],
    ['machines', 'desc', ['web', 'api', 'db']],
    ['direct', 'desc', ['db', 'api', 'web']],
    ['direct', 'asc', ['web', 'api', 'db']],
    // What is not known comes last in either order.
    ['estimated', 'asc', ['api', 'web', 'db']],
    ['estimated', 'desc', ['web', 'api', 'db']],
    ['service', 'asc', ['api', 'db', 'web']],
  ])('sorts by %s %s', (sort, order, expected) => {
    expect(named({ sort, order })).toEqual([...expected, 3]);
  });

  it('pages, and counts those on all pages', () => {
    expect(named({ offset: 1, limit: 1 })).toEqual(['web', 3]);
    expect(named({ offset: 9 })).toEqual([3]);
  });

  it.each([
    ['sHOP', ['web', 1]],
    ['DEFAULT/A', ['api', 1]],
    ['nobody', [0]],
  ])('finds %s in titles and references', (q, expected) => {
    expect(named({ q })).toEqual(expected);
  });
});
