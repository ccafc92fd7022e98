import { ClusterConfig } from '@headroom/plugin-clusters-node';
import { AllocationSource, UsageSource } from '@headroom/plugin-cost-node';
import {
  refuseRivalSources,
  simulatedClusters,
  sourceOf,
} from './clusterSources';

const has = (key: string) => (cluster: ClusterConfig) =>
  Object.hasOwn(cluster.sections ?? {}, key);

function usage(id: string, simulated?: boolean): UsageSource {
  const observe = async () => {
    throw new Error('not asked');
  };
  return { id, supports: has(id), observe, simulated };
}

function allocation(id: string): AllocationSource {
  const allocations = async () => {
    throw new Error('not asked');
  };
  return { id, supports: has(id), allocations };
}

const cluster = (...keys: string[]): ClusterConfig => ({
  name: keys.join('-'),
  title: '',
  labels: {},
  sections: Object.fromEntries(keys.map(key => [key, {}])),
});

const SOURCES = {
  usage: [usage('measured'), usage('other'), usage('made-up', true)],
  allocation: [allocation('opencost'), allocation('kubecost')],
};

it('takes allocated costs where there are some, and what was measured to verify them', () => {
  const both = cluster('measured', 'opencost');
  expect(sourceOf(both, SOURCES)?.id).toBe('opencost');
  expect(sourceOf(cluster('measured'), SOURCES)?.id).toBe('measured');
  expect(sourceOf(cluster(), SOURCES)).toBeUndefined();
  expect(() => refuseRivalSources([both], SOURCES)).not.toThrow();
});

it('takes a cluster for a simulation where its source says so', () => {
  const clusters = [
    cluster('measured'),
    cluster('made-up'),
    cluster('opencost'),
    cluster('unread'),
  ];
  expect(simulatedClusters(clusters, SOURCES)).toEqual(new Set(['made-up']));
});

it.each([
  [
    ['measured', 'made-up'],
    "[1] 'measured-made-up' has measured and made-up; what is simulated is not mixed with what is measured, keep one",
  ],
  [['opencost', 'made-up'], 'has opencost and made-up; what is simulated'],
  [['measured', 'other'], 'has measured and other; they say the same'],
  [['opencost', 'kubecost'], 'has opencost and kubecost; they say the same'],
])('refuses %j', (keys, message) => {
  expect(() =>
    refuseRivalSources([cluster('measured'), cluster(...keys)], SOURCES),
  ).toThrow(message);
});
