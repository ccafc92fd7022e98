import { OpenCostItem } from '@headroom/plugin-cost-common';
import { startCostBackend } from '../../__testUtils__/backend';
import { TestPostgres } from '../../__testUtils__/database';
import {
  DAY,
  DAY_AFTER,
  DOLLAR,
  ingestTopology,
  TWO_CLUSTERS,
} from './__testUtils__/topology';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
let api: Awaited<ReturnType<typeof startCostBackend>>;

beforeAll(async () => {
  const knex = await postgres.migrated();
  await ingestTopology(knex);
  api = await startCostBackend({ knex, config: TWO_CLUSTERS });
});

/** Totals in the topology's dollars; `U` is unallocated, `I` idle. */
async function answer(
  query: Record<string, string>,
): Promise<Record<string, number>> {
  const { body, status } = await api
    .get('/api/cost/allocation')
    .query({ window: `${DAY},${DAY_AFTER}`, ...query });
  expect([status, body.error?.message]).toEqual([200, undefined]);
  expect(body.data).toHaveLength(1);
  const items: OpenCostItem[] = Object.values(body.data[0]);
  for (const item of items) {
    expect(partsOf(item)).toBeCloseTo(item.totalCost, 5);
  }
  return Object.fromEntries(
    items.map(({ name, totalCost }) => [
      name.replace(/__unallocated__/g, 'U').replace('__idle__', 'I'),
      totalCost / DOLLAR,
    ]),
  );
}

function partsOf(item: OpenCostItem): number {
  return (
    item.cpuCost +
    item.ramCost +
    item.gpuCost +
    item.pvCost +
    item.networkCost +
    item.loadBalancerCost +
    item.sharedCost +
    item.externalCost
  );
}

const IDLE = { includeIdle: 'true' };
const SHARED_IDLE = { shareIdle: 'true' };
const BY_NODE = { idleByNode: 'true' };
const BY_NAMESPACE = { aggregate: 'namespace' };
const NAMESPACE2 = { filter: 'namespace:"namespace2"' };
const CLUSTER1 = { filter: 'cluster:"cluster1"' };
/** 7 of the topology's dollars an hour, as an amount a month. */
const OVERHEAD = { shareCost: String(7 * DOLLAR * 730) };

const NAMESPACES = { namespace1: 28, namespace2: 36, namespace3: 18 };
const PODS = {
  pod1: 16,
  'pod-ghi': 12,
  'pod-mno': 12,
  'pod-abc': 6,
  'pod-def': 6,
  'pod-jkl': 6,
  'pod-pqr': 6,
  'pod-stu': 6,
};

/** The rows of OpenCost's own cases; upstream asserts two decimals. */
const CASES: Array<[string, Record<string, string>, Record<string, number>]> = [
  [
    '1a',
    { aggregate: 'cluster', ...IDLE },
    { cluster1: 46, cluster2: 36, I: 30 },
  ],
  ['1b', { ...BY_NAMESPACE, ...IDLE }, { ...NAMESPACES, I: 30 }],
  ['1c', { aggregate: 'pod', ...IDLE }, { ...PODS, 'pod-vwx': 12, I: 30 }],
  [
    '1d',
    { aggregate: 'container', ...IDLE },
    {
      ...{ container1: 16, container4: 12, container5: 12, container6: 12 },
      ...{ container2: 6, container3: 6, container7: 6, container8: 6 },
      ...{ container9: 6, I: 30 },
    },
  ],
  [
    '1e',
    { aggregate: 'controllerKind', ...IDLE },
    { daemonset: 12, deployment: 42, statefulset: 12, U: 16, I: 30 },
  ],
  [
    '1f',
    { aggregate: 'controller', ...IDLE },
    {
      ...{ 'deployment:deployment1': 12, 'deployment:deployment2': 24 },
      ...{ 'deployment:deployment3': 6, 'daemonset:daemonset1': 12 },
      ...{ 'statefulset:statefulset1': 12, U: 16, I: 30 },
    },
  ],
  ['1g', { aggregate: 'service', ...IDLE }, { service1: 12, U: 70, I: 30 }],
  [
    '1h',
    { aggregate: 'label:app', ...IDLE },
    { app1: 16, app2: 24, U: 42, I: 30 },
  ],
  [
    '1i',
    { aggregate: 'deployment', ...IDLE },
    { deployment1: 12, deployment2: 24, deployment3: 6, U: 40, I: 30 },
  ],
  [
    '1j',
    { aggregate: 'annotation:team', ...IDLE },
    { team1: 12, team2: 6, U: 64, I: 30 },
  ],
  ['1k', { aggregate: 'daemonset', ...IDLE }, { daemonset1: 12, U: 70, I: 30 }],
  [
    '1l',
    { aggregate: 'statefulset', ...IDLE },
    { statefulset1: 12, U: 70, I: 30 },
  ],
  [
    '2d',
    { aggregate: 'label:app,label:env', ...IDLE },
    { 'app1/env1': 16, 'app2/env2': 12, 'app2/U': 12, 'U/U': 42, I: 30 },
  ],
  [
    '2e',
    { aggregate: 'cluster,label:app,label:env', ...IDLE },
    {
      ...{ 'cluster1/app1/env1': 16, 'cluster1/app2/env2': 12 },
      ...{ 'cluster1/U/U': 18, 'cluster2/app2/U': 12, 'cluster2/U/U': 24 },
      I: 30,
    },
  ],
  [
    '2f',
    { aggregate: 'pod,annotation:team', ...IDLE },
    {
      ...Object.fromEntries(
        Object.entries(PODS)
          .filter(([pod]) => pod !== 'pod-stu')
          .map(([pod, total]) => [`${pod}/U`, total]),
      ),
      ...{ 'pod-stu/team1': 6, 'pod-vwx/team1': 6, 'pod-vwx/team2': 6, I: 30 },
    },
  ],
  [
    '3a',
    { ...BY_NAMESPACE, ...SHARED_IDLE },
    { namespace1: 42.6875, namespace2: 46.3125, namespace3: 23 },
  ],
  [
    '4a',
    {
      ...{ ...BY_NAMESPACE, ...IDLE },
      ...{ shareNamespaces: 'namespace3', shareSplit: 'even' },
    },
    { namespace1: 37, namespace2: 45, I: 30 },
  ],
  [
    '4b',
    {
      ...{ ...BY_NAMESPACE, ...IDLE },
      ...{ shareNamespaces: 'namespace3', shareSplit: 'weighted' },
    },
    { namespace1: 35.875, namespace2: 46.125, I: 30 },
  ],
  [
    '4c',
    {
      ...{ ...BY_NAMESPACE, ...IDLE },
      ...{ shareLabels: 'app:app1', shareSplit: 'even' },
    },
    {
      ...{ namespace1: 12 + 16 / 3, namespace2: 36 + 16 / 3 },
      ...{ namespace3: 18 + 16 / 3, I: 30 },
    },
  ],
  [
    '4d',
    { ...BY_NAMESPACE, ...IDLE, ...OVERHEAD },
    {
      ...{ namespace1: 28 * (1 + 168 / 82), namespace2: 36 * (1 + 168 / 82) },
      ...{ namespace3: 18 * (1 + 168 / 82), I: 30 },
    },
  ],
  [
    '5a',
    { aggregate: 'cluster', ...IDLE, ...CLUSTER1 },
    { cluster1: 46, I: 20 },
  ],
  [
    '5b',
    { aggregate: 'cluster', ...SHARED_IDLE, ...CLUSTER1 },
    { cluster1: 66 },
  ],
  [
    '5c',
    { ...BY_NAMESPACE, ...IDLE, ...CLUSTER1 },
    { namespace1: 28, namespace2: 18, I: 20 },
  ],
  [
    '5d',
    { aggregate: 'cluster', ...IDLE, ...NAMESPACE2 },
    { cluster1: 18, cluster2: 18, I: 10.3125 },
  ],
  [
    '6a',
    { ...BY_NAMESPACE, ...IDLE, splitIdle: 'true' },
    { ...NAMESPACES, 'cluster1/I': 20, 'cluster2/I': 10 },
  ],
  [
    '6b',
    { ...BY_NAMESPACE, ...SHARED_IDLE, ...NAMESPACE2 },
    { namespace2: 46.3125 },
  ],
  [
    '6d',
    { ...BY_NAMESPACE, ...IDLE, ...NAMESPACE2, ...OVERHEAD },
    { namespace2: 36 * (1 + 168 / 82), I: 10.3125 },
  ],
  ...['6f', '6h'].map((name): (typeof CASES)[number] => [
    name,
    {
      ...{ ...BY_NAMESPACE, ...SHARED_IDLE, ...NAMESPACE2 },
      shareNamespaces: 'namespace1',
    },
    { namespace2: 46.3125 + (42.6875 * 36) / 54 },
  ]),
  [
    '6g',
    { ...BY_NAMESPACE, ...SHARED_IDLE, shareNamespaces: 'namespace1' },
    {
      namespace2: 46.3125 + (42.6875 * 36) / 54,
      namespace3: 23 + (42.6875 * 18) / 54,
    },
  ],
  [
    '6i',
    { ...BY_NAMESPACE, ...SHARED_IDLE, ...NAMESPACE2, ...OVERHEAD },
    { namespace2: 46.3125 + (168 * 36) / 82 },
  ],
  [
    '6i, unfiltered',
    { ...BY_NAMESPACE, ...SHARED_IDLE, ...OVERHEAD },
    {
      namespace1: 42.6875 + (168 * 28) / 82,
      namespace2: 46.3125 + (168 * 36) / 82,
      namespace3: 23 + (168 * 18) / 82,
    },
  ],
  ['6j', { ...BY_NAMESPACE, ...IDLE, ...BY_NODE }, { ...NAMESPACES, I: 30 }],
  [
    '6k',
    { ...BY_NAMESPACE, ...IDLE, ...BY_NODE, splitIdle: 'true' },
    {
      ...{ ...NAMESPACES, 'cluster1/c1nodes/I': 20 },
      ...Object.fromEntries(
        ['node1', 'node2', 'node3'].map(node => [`cluster2/${node}/I`, 10 / 3]),
      ),
    },
  ],
  [
    '6l',
    { ...BY_NAMESPACE, ...SHARED_IDLE, ...BY_NODE, ...NAMESPACE2 },
    { namespace2: 46.3125 },
  ],
];

it.each(CASES)('%s %j', async (_, query, expected) => {
  const found = await answer(query);
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, total] of Object.entries(expected)) {
    expect([name, found[name]]).toEqual([name, expect.closeTo(total, 7)]);
  }
});

it('is the same by days as by hours', async () => {
  const query = { aggregate: 'namespace,controller', includeIdle: 'true' };
  const ask = async (more: object) => {
    const { body, status } = await api
      .get('/api/cost/allocation')
      .query({ window: `${DAY},${DAY_AFTER}`, ...query, ...more });
    expect(status).toBe(200);
    return body;
  };
  expect(await ask({ step: '1h', accumulate: 'true' })).toEqual(await ask({}));
});

it('is answered by workload where single pods are not kept', async () => {
  const knex = await postgres.migrated();
  await ingestTopology(knex, { byPod: false });
  const coarse = await startCostBackend({ knex, config: TWO_CLUSTERS });
  const ask = async (aggregate: string) => {
    const { body } = await coarse.get('/api/cost/allocation').query({
      window: `${DAY},${DAY_AFTER}`,
      aggregate,
      includeIdle: 'true',
    });
    const items: OpenCostItem[] = Object.values(body.data[0]);
    return {
      warning: body.warning,
      totals: Object.fromEntries(
        items.map(({ name, totalCost }) => [name, totalCost / DOLLAR]),
      ),
    };
  };
  const byNamespace = await ask('namespace');
  expect(byNamespace).toEqual({
    warning: undefined,
    totals: { ...NAMESPACES, __idle__: 30 },
  });
  const byPod = await ask('pod');
  expect(byPod.totals).toEqual({ __unallocated__: 82, __idle__: 30 });
  expect(byPod.warning).toContain(
    'Of 24 hours of cluster cluster1 single pods and nodes are not kept',
  );
});
