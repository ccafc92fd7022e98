import { RunningService, wordRunning } from '@headroom/plugin-cost-common';

/** Two replicas of one Deployment that run and are not measured, as the back end would answer. */
export function runningService(
  change: Partial<RunningService> = {},
): RunningService {
  return {
    entityRef: 'component:default/akidb-rest',
    currency: 'USD',
    simulated: false,
    status: 'ok',
    complete: true,
    hourly: '18600',
    monthly: '13578000',
    hoursPerMonth: 730,
    replicas: 2,
    workloads: [
      {
        cluster: 'us-west',
        namespace: 'parcels',
        kind: 'Deployment',
        name: 'parcels',
        readAt: '2026-10-05T10:30:00.000Z',
        replicas: 2,
        hourly: '18600',
        monthly: '13578000',
        resources: [
          { resource: 'cpu', monthly: '10000000' },
          { resource: 'memory', monthly: '3578000' },
        ],
        prices: [
          {
            resource: 'cpu',
            unit: 'core-hour',
            price: '0.027397260',
            capacityType: 'on-demand',
            kind: 'measured',
            day: '2026-10-04',
            said: { message: 'This is what a core-hour cost.' },
          },
        ],
      },
    ],
    unknown: [],
    remarks: [wordRunning('leavesOut')],
    measuredFrom: '2026-10-05T11:05:00.000Z',
    timezone: 'Europe/Berlin',
    ...change,
  };
}
