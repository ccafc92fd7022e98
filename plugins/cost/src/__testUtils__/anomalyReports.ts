import { AnomalyReport } from '@headroom/plugin-cost-common';

/** An open incident of a service and one that is over. */
export function anomalyReport(
  change: Partial<AnomalyReport> = {},
): AnomalyReport {
  const base = {
    shape: 'jump' as const,
    kind: 'service' as const,
    entityRef: 'component:default/akidb-rest',
    days: 2,
    score: 3,
    openedAt: '2026-10-05T06:00:00.000Z',
    changedAt: '2026-10-06T06:00:00.000Z',
  };
  return {
    currency: 'USD',
    rule: { floor: '10000000', percent: 25, newFloor: '100000000' },
    anomalies: [
      {
        ...base,
        id: 7,
        firstDay: '2026-10-04',
        lastDay: '2026-10-05',
        actual: '60000000',
        expected: '20000000',
        excess: '40000000',
        percent: 200,
        causes: [
          {
            workload: {
              cluster: 'us-west',
              namespace: 'ml',
              kind: 'Deployment',
              name: 'akidb',
            },
            change: '40000000',
            usage: '39000000',
            price: '1000000',
            rollouts: [
              {
                replicaSet: 'akidb-7d9f8c6b5d',
                hour: '2026-10-04T08:00:00.000Z',
              },
            ],
          },
        ],
        sentence: '',
      },
      {
        ...base,
        id: 3,
        firstDay: '2026-09-01',
        lastDay: '2026-09-02',
        actual: '90000000',
        excess: '90000000',
        causes: [],
        closedAt: '2026-09-06T06:00:00.000Z',
        end: 'expected',
        expectation: {
          until: '2026-09-10',
          reason: 'Load test',
          by: 'user:default/guest',
          at: '2026-09-03T06:00:00.000Z',
        },
        sentence: '',
      },
    ],
    ...change,
  };
}
