import {
  CLUSTER_KIND_NAMES,
  ClusterSnapshot,
} from '@headroom/plugin-clusters-node';
import { inventoryFacts } from './inventoryFacts';

const snapshot = (over: Partial<ClusterSnapshot>) =>
  ({
    cluster: 'one',
    knowledge: Object.fromEntries(
      CLUSTER_KIND_NAMES.map(kind => [
        kind,
        { kind, resource: kind, state: { state: 'watching' }, ageMs: 2000 },
      ]),
    ),
    counts: { deployments: 12, cronJobs: 1, budgets: 40 },
    trust: { trustworthy: true },
    ...over,
  } as unknown as ClusterSnapshot);

it('tells guards how many workloads there were, so that a fall is noticed', () => {
  expect(
    inventoryFacts(
      snapshot({ previous: { deployments: 20, statefulSets: 1, budgets: 90 } }),
    ),
  ).toEqual({
    state: 'whole',
    ageSeconds: 2,
    workloads: 13,
    workloadsBefore: 21,
  });
  expect(inventoryFacts(snapshot({}))).toEqual({
    state: 'whole',
    ageSeconds: 2,
    workloads: 13,
  });
});
