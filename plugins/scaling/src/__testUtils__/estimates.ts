import {
  CostEstimate,
  EstimateRequestInput,
} from '@headroom/plugin-cost-common';

const DAY = '2026-11-29';

/** What two to ten replicas of a quarter of a core and half a GiB cost. */
export function costEstimate(over: Partial<CostEstimate> = {}): CostEstimate {
  return {
    cluster: 'us-west',
    currency: 'USD',
    simulated: true,
    hoursPerMonth: 730,
    complete: true,
    monthly: { min: '15330000', max: '76650000' },
    resources: [
      { resource: 'cpu', monthly: { min: '12000000', max: '60000000' } },
      { resource: 'memory', monthly: { min: '3330000', max: '16650000' } },
    ],
    pods: [
      {
        name: 'web',
        perReplica: { cpu: '6000000', memory: '1665000' },
        monthly: { min: '15330000', max: '76650000' },
        hoursPerMonth: 730,
        prices: [
          {
            resource: 'cpu',
            unit: 'core-hour',
            price: '0.032876000',
            capacityType: 'on-demand',
            kind: 'measured',
            day: DAY,
            said: {
              message: `This is what a core-hour on on-demand nodes of us-west cost on ${DAY}, split as on the Cost tab.`,
            },
          },
        ],
      },
    ],
    unknown: [],
    withIdle: { min: '20000000', max: '100000000' },
    similar: {
      count: 3,
      median: '30000000',
      lowest: '12000000',
      highest: '90000000',
      nearest: [
        {
          entityRef: 'component:default/web-frontend',
          title: 'Web frontend',
          monthly: '30000000',
        },
      ],
      said: { message: 'These are services without a GPU.' },
    },
    choices: [],
    remarks: [
      {
        message:
          'The figure is what the pods request for 730 hours a month. Use beyond requests, network traffic, and the capacity that nobody holds come on top.',
      },
    ],
    ...over,
  };
}

/** A back end that estimates, unless told otherwise. */
export function mockEstimatesApi(
  estimate: (request: EstimateRequestInput) => CostEstimate = () =>
    costEstimate(),
) {
  return {
    estimate: jest.fn(async (request: EstimateRequestInput) =>
      estimate(request),
    ),
  };
}
