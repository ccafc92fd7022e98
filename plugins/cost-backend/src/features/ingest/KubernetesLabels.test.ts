import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { readClusters } from '@headroom/plugin-clusters-node';
import { ClusterLabels } from '@headroom/common';
import { ContainerHour } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { TestPostgres } from '../../__testUtils__/database';
import {
  container,
  FakeUsageSource,
  node,
} from '../../__testUtils__/FakeUsageSource';
import {
  headroom,
  storedEntity,
  storeEntities,
} from '../../__testUtils__/ingest';
import { readCostConfig } from '../../core/config/readCostConfig';
import { InventoryStore } from '../../database/InventoryStore';
import { InventorySync } from './inventory/InventorySync';
import { CostSources } from '../../core/CostSources';
import { IngestService } from './IngestService';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const NOW = '2026-01-10T12:30:00.000Z';
const GIB = 2 ** 30;
const signal = new AbortController().signal;

/** A cluster whose kube-state-metrics exports no labels: two m5.2xlarge, one of them spot. */
function unlabelled(change: Partial<ContainerHour> = {}) {
  const machine = {
    instanceType: undefined,
    region: undefined,
    nodePool: undefined,
    hourlyPrice: undefined,
    priceCurrency: undefined,
    cpuCores: 8,
    memoryBytes: 32 * GIB,
  };
  const source = FakeUsageSource.create(hour => ({
    nodes: [node(hour, machine), node(hour, { ...machine, node: 'node-2' })],
    containers: [
      container(hour, { labels: {}, labelsSanitized: true, ...change }),
    ],
  }));
  source.problems = [
    { code: 'no-pod-labels', severity: 'warning', message: 'no labels' },
    { code: 'no-instance-type', severity: 'warning', message: 'no types' },
  ];
  return source;
}

const kubernetes: ClusterLabels = {
  workloads: [
    {
      namespace: 'shop',
      kind: 'Deployment',
      name: 'web',
      labels: { 'backstage.io/kubernetes-id': 'web', Team: 'shop' },
    },
  ],
  nodes: ['node-1', 'node-2'].map(name => ({
    name,
    uid: `uid-${name}`,
    createdAt: '2026-01-01T00:00:00.000Z',
    labels: {
      'node.kubernetes.io/instance-type': 'm5.2xlarge',
      'topology.kubernetes.io/region': 'us-west-2',
      ...(name === 'node-2' && { 'eks.amazonaws.com/capacityType': 'SPOT' }),
    },
  })),
};

let knex: Knex;

beforeEach(async () => {
  knex = await postgres.migrated();
  await storeEntities(knex, [storedEntity()]);
});

const inventory = (labels: ClusterLabels, readAt = NOW) => ({
  readAt,
  workloads: [
    {
      namespace: 'shop',
      kind: 'Deployment',
      name: 'web',
      uid: 'uid-web',
      containers: [],
    },
  ],
  steering: [],
  unreadable: [],
  labels,
});

function know(labels: ClusterLabels, readAt?: string) {
  return InventoryStore.create({ knex }).replace(
    'c1',
    inventory(labels, readAt),
  );
}

function createService(
  source: FakeUsageSource,
  more: { beforeFirst?: (cluster: string) => Promise<void>; now?: string } = {},
) {
  const config = new ConfigReader(
    headroom({ cost: { ingest: { backfill: { hours: 2 } } } }),
  );
  const sources = CostSources.create();
  sources.addUsageSource(source);
  return IngestService.create({
    knex,
    clusters: readClusters(config),
    sources,
    config: readCostConfig(config),
    logger: mockServices.logger.mock(),
    beforeFirst: more.beforeFirst,
    now: () => new Date(more.now ?? NOW),
  });
}

async function prices(): Promise<string[]> {
  const rows = await knex('cost_node_hours')
    .distinct('instance_type', 'region', 'capacity_type', 'origin')
    .orderBy('capacity_type');
  return rows.map(
    ({ instance_type: type, region, capacity_type: capacity, origin }) =>
      `${type} ${region} ${capacity} ${origin.kind}`,
  );
}

async function links(): Promise<string[]> {
  const rows = await knex('cost_links as l')
    .join('cost_entities as e', 'e.id', 'l.entity_id')
    .select('e.name', 'l.provenance', 'l.detail');
  return rows.map(row => `${row.name} by ${row.provenance}: ${row.detail}`);
}

/** Problems of the last hour, without what prices say of themselves. */
async function problems(): Promise<string[]> {
  const rows = await knex('cost_ingest_hours').orderBy('hour', 'desc').first();
  return rows.problems
    .filter(({ subject }: Record<string, string>) => subject !== 'prices')
    .map(
      ({ code, severity, message }: Record<string, string>) =>
        `${severity} ${code}: ${message}`,
    );
}

describe('labels that metrics lack', () => {
  it('are those that the Kubernetes API has, and it is said', async () => {
    await know(kubernetes);
    await createService(unlabelled()).runOnce(signal);
    expect(await prices()).toEqual([
      'm5.2xlarge us-west-2 on-demand list',
      'm5.2xlarge us-west-2 spot list',
    ]);
    expect(await links()).toEqual([
      'web by annotation: backstage.io/kubernetes-id=web (label read from the Kubernetes API)',
    ]);
    expect(await problems()).toEqual([
      'info labels-from-kubernetes: kube_pod_labels has no labels; workloads are linked by those of their pod templates, which are read from the Kubernetes API.',
      "info labels-from-kubernetes: kube_node_labels doesn't say the instance type of 2 nodes, e.g. node-1; it is read from the Kubernetes API.",
    ]);
  });

  it('stay missing, and it is said, where nothing has them', async () => {
    await createService(unlabelled()).runOnce(signal);
    const [only] = await prices();
    expect(only).toContain('on-demand default');
    expect(await links()).toEqual([]);
    expect(await problems()).toEqual([
      'warning no-pod-labels: no labels',
      'warning no-instance-type: no types',
    ]);
  });

  it('are missing of the nodes alone that the Kubernetes API doesn’t know', async () => {
    const [first] = kubernetes.nodes!;
    await know({ workloads: [], nodes: [first] });
    await createService(unlabelled()).runOnce(signal);
    expect(await problems()).toEqual([
      'warning no-pod-labels: no labels',
      'warning no-instance-type: Neither kube_node_labels nor the Kubernetes API says the instance type of node-2, so prices are those of last resort; start kube-state-metrics with --metric-labels-allowlist=nodes=[*], or let the account that Headroom reads the cluster with list nodes',
      "info labels-from-kubernetes: kube_node_labels doesn't say the instance type of node-1; it is read from the Kubernetes API.",
    ]);
  });

  it('are those of the machine that had the name in that hour', async () => {
    const [first] = kubernetes.nodes!;
    const replaced = {
      ...first,
      uid: 'uid-larger',
      createdAt: '2026-01-10T11:10:00.000Z',
      labels: {
        ...first.labels,
        'node.kubernetes.io/instance-type': 'm5.4xlarge',
      },
    };
    await know({ workloads: [], nodes: [first] }, '2026-01-10T11:00:00.000Z');
    await know({ workloads: [], nodes: [replaced] }, NOW);
    await createService(unlabelled()).runOnce(signal);
    const rows = await knex('cost_node_hours')
      .where('instance_type', 'like', 'm5%')
      .orderBy(['hour', 'instance_type'])
      .select('hour', 'instance_type', 'node_microhours');
    expect(
      rows.map(({ hour, instance_type: type, node_microhours: hours }) => [
        hour.toISOString(),
        type,
        Math.round((Number(hours) * 60) / 1e6),
      ]),
    ).toEqual([
      ['2026-01-10T10:00:00.000Z', 'm5.2xlarge', 60],
      ['2026-01-10T11:00:00.000Z', 'm5.2xlarge', 10],
      ['2026-01-10T11:00:00.000Z', 'm5.4xlarge', 50],
    ]);
  });

  it('price a node that is gone for a fortnight, and no longer', async () => {
    await know(kubernetes, '2026-01-09T00:00:00.000Z');
    await know({ workloads: [], nodes: [] }, NOW);
    await createService(unlabelled()).runOnce(signal);
    expect(await prices()).toHaveLength(2);
    await know({ workloads: [], nodes: [] }, '2026-01-23T00:00:01.000Z');
    expect(await knex('cost_node_labels')).toEqual([]);
    // What links depend on stays as long as the costs do.
    expect(await knex('cost_workload_labels')).toHaveLength(1);
    await knex('cost_containers').update({ link_stale: true });
    await createService(unlabelled()).link(signal);
    expect(await links()).toHaveLength(1);
  });

  it('leave what metrics say alone', async () => {
    await know(kubernetes);
    const source = FakeUsageSource.create(hour => ({
      nodes: [
        node(hour, { hourlyPrice: undefined, instanceType: 'm5.4xlarge' }),
      ],
      containers: [container(hour)],
    }));
    await createService(source).runOnce(signal);
    const [{ instance_type: type, region }] = await knex('cost_node_hours');
    expect([type, region]).toEqual(['m5.4xlarge', 'us-west-2']);
    expect(await links()).toEqual([
      'web by annotation: backstage.io/kubernetes-id=web',
    ]);
    expect(await problems()).toEqual([]);
  });

  it('for an hour are no reason to forget those of another', async () => {
    const source = unlabelled({
      labels: { backstage_io_kubernetes_id: 'web' },
    });
    await createService(source).runOnce(signal);
    expect(await links()).toHaveLength(1);
    source.world = hour => ({
      nodes: [node(hour)],
      containers: [container(hour, { labels: {}, labelsSanitized: true })],
    });
    const now = '2026-01-10T14:30:00.000Z';
    await createService(source, { now }).runOnce(signal);
    expect(await links()).toHaveLength(1);
  });

  it('link what has cost already when they become known', async () => {
    const service = createService(unlabelled());
    await service.runOnce(signal);
    expect(await links()).toEqual([]);
    const sync = InventorySync.create({
      clusters: ['c1'],
      read: async () => inventory(kubernetes),
      store: InventoryStore.create({ knex }),
      logger: mockServices.logger.mock(),
      now: () => new Date(NOW),
    });
    expect(await sync.run(signal)).toBe(true);
    await service.link(signal);
    expect(await links()).toHaveLength(1);
    expect(await sync.run(signal)).toBe(false);
  });

  it('link what runs before its first hour is over', async () => {
    const { workloads, ...rest } = inventory(kubernetes);
    const containers = [
      { name: 'app', role: 'main' as const, spec: {} },
      { name: 'prepare', role: 'init' as const, spec: {} },
    ];
    const sync = InventorySync.create({
      clusters: ['c1'],
      read: async () => ({
        ...rest,
        workloads: [{ ...workloads[0], containers }],
      }),
      store: InventoryStore.create({ knex }),
      logger: mockServices.logger.mock(),
      now: () => new Date(NOW),
    });
    expect(await sync.run(signal)).toBe(true);
    expect(await createService(unlabelled()).link(signal)).toBe(1);
    expect(await links()).toHaveLength(1);
    expect(await sync.run(signal)).toBe(false);
  });

  it('are read before the first hours are', async () => {
    const sync = InventorySync.create({
      clusters: ['c1'],
      read: async () => inventory(kubernetes),
      store: InventoryStore.create({ knex }),
      logger: mockServices.logger.mock(),
      now: () => new Date(NOW),
    });
    const asked = jest.spyOn(InventoryStore.prototype, 'replace');
    const beforeFirst = (cluster: string) => sync.ensure(cluster, signal);
    await createService(unlabelled(), { beforeFirst }).runOnce(signal);
    expect(await prices()).toHaveLength(2);
    // Once: what is scheduled reads it from then on.
    await createService(unlabelled(), { beforeFirst }).runOnce(signal);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('leave a workload alone that the Kubernetes API doesn’t know', async () => {
    await know(kubernetes);
    await createService(unlabelled({ workload: 'other' })).runOnce(signal);
    expect(await links()).toEqual([]);
  });
});
