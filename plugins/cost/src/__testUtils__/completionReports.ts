import { CompletionReport } from '@headroom/plugin-cost-common';

const parts = (efficiency: string) => ({
  volume: '0',
  efficiency,
  price: '0',
  oneOff: '0',
  unsplit: '0',
});

/** May against four weeks: akidb-rest halved and became slower; what it is beside is idle. */
export function completionReport(
  change: Partial<CompletionReport> = {},
): CompletionReport {
  return {
    madeAt: '2026-07-08T00:10:00.000Z',
    timezone: 'UTC',
    currency: 'USD',
    simulated: false,
    restricted: false,
    baseline: {
      start: '2026-05-01',
      end: '2026-06-01',
      month: '2026-05',
      days: 31,
      leftOut: 0,
      hours: 744,
    },
    now: {
      start: '2026-06-08',
      end: '2026-07-06',
      days: 28,
      leftOut: 0,
      hours: 672,
    },
    spend: {
      before: '560000000',
      after: '420000000',
      change: '-140000000',
      changeRatio: -0.25,
      beforePerDay: '20000000',
      afterPerDay: '15000000',
      parts: parts('-140000000'),
    },
    rows: {
      services: [
        {
          key: 'component:default/akidb-rest',
          kind: 'service',
          entityRef: 'component:default/akidb-rest',
          title: 'akidb-rest',
          before: '280000000',
          after: '140000000',
          change: '-140000000',
          parts: parts('-140000000'),
          verdict: 'broken',
        },
        {
          key: 'idle',
          kind: 'idle',
          before: '280000000',
          after: '280000000',
          change: '0',
          parts: parts('0'),
        },
      ],
      teams: [
        {
          key: 'group:default/ml',
          kind: 'team',
          entityRef: 'group:default/ml',
          before: '560000000',
          after: '420000000',
          change: '-140000000',
          parts: parts('-140000000'),
        },
      ],
    },
    levels: {
      tolerance: {
        p95Percent: 10,
        errorPoints: 0.1,
        throughputPercent: 10,
        minimumRequests: 1000,
      },
      read: { requests: true, errors: false, latency: true },
      counts: { held: 0, broken: 1, unknown: 0 },
      services: [
        {
          entityRef: 'component:default/akidb-rest',
          title: 'akidb-rest',
          verdict: 'broken',
          checks: {
            p95: { verdict: 'broken', before: 0.2, after: 0.3 },
            errorRate: { verdict: 'unknown', reason: 'not-read' },
            throughput: { verdict: 'held', before: 40, after: 41 },
          },
        },
      ],
      others: 0,
    },
    ...change,
  };
}
