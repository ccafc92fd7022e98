import {
  BillPayers,
  BillPayersQuery,
  BillQuery,
  BillReport,
  EntityBillReport,
} from '@headroom/plugin-cost-common';

/** A month that sums: 70 of nodes, 5 of a database, 25 of nobody. */
export function billReport({
  month = '2026-10',
  basis = 'effective',
  groupBy = 'service',
}: BillQuery = {}): BillReport {
  return {
    periods: ['2026-10-01', '2026-09-01'],
    period: `${month}-01`,
    days: { start: `${month}-01`, end: `${month}-08` },
    basis,
    groupBy,
    simulated: true,
    isSplit: true,
    deliveries: [
      {
        source: 'aws',
        name: 'focus/data/BILLING_PERIOD=2026-10',
        charges: 1200,
        importedAt: '2026-10-08T04:00:00.000Z',
        problem: 'focus-00001.csv.gz, row 3: BilledCost is "?"',
      },
    ],
    remarks: [{ source: 'explorer', message: '2026-10 is not final.' }],
    restated: [],
    bills: [
      {
        currency: 'USD',
        total: basis === 'effective' ? '100000000' : '140000000',
        invoice: '140000000',
        list: '180000000',
        charges: 1200,
        corrections: '-2000000',
        restatements: [],
        categories: [{ category: 'Usage', amount: '100000000' }],
        rows: [
          {
            key: 'Amazon Elastic Compute Cloud',
            amount: '70000000',
            list: '150000000',
            charges: 1000,
          },
          { key: '', amount: '30000000', list: '30000000', charges: 200 },
        ],
        allocated: {
          machines: '70000000',
          idle: '20000000',
          direct: '5000000',
          notAllocated: '25000000',
        },
        machines: [
          {
            cluster: 'us-west',
            region: 'us-west-2',
            capacityType: 'on-demand',
            amount: '70000000',
            estimated: '100000000',
          },
        ],
        payers: 1,
      },
    ],
  };
}

/** The one service of {@link billReport}. */
export function billPayers({
  month = '2026-10',
  basis = 'effective',
}: BillPayersQuery = {}): BillPayers {
  return {
    period: `${month}-01`,
    basis,
    currency: 'USD',
    payers: [
      {
        entityRef: 'component:default/akidb-rest',
        machines: '50000000',
        estimated: '71428571',
        direct: '5000000',
      },
    ],
    totalRows: 1,
  };
}

/** A database of two days and part of a third, and the month before. */
export function entityBillReport(
  change: Partial<EntityBillReport> = {},
): EntityBillReport {
  return {
    entityRef: 'resource:default/orders-db',
    basis: 'effective',
    status: 'ok',
    simulated: true,
    bills: [
      {
        currency: 'USD',
        period: '2026-10-01',
        end: '2026-10-04',
        amount: '30000000',
        compared: {
          current: {
            start: '2026-10-01',
            end: '2026-10-03',
            amount: '27000000',
          },
          previous: {
            start: '2026-09-01',
            end: '2026-09-03',
            amount: '18000000',
          },
        },
        days: [
          { day: '2026-10-01', amount: '10000000', partial: false },
          { day: '2026-10-02', amount: '17000000', partial: false },
          { day: '2026-10-03', amount: '3000000', partial: true },
        ],
        months: [
          { period: '2026-10-01', amount: '30000000' },
          { period: '2026-09-01', amount: '300000000' },
        ],
        resources: [
          {
            key: 'arn:aws:rds:db:orders',
            service: 'Amazon Relational Database Service',
            region: 'us-west-2',
            amount: '30000000',
            list: '40000000',
            charges: 2,
          },
        ],
      },
    ],
    ...change,
  };
}
