import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readClusters } from '@headroom/plugin-clusters-node';
import {
  FleetCostReport,
  HourRow,
  ResourceMicros,
  zeroResources,
} from '@headroom/plugin-cost-common';
import { startCostBackend } from '../../__testUtils__/backend';
import { TestPostgres } from '../../__testUtils__/database';
import {
  headroom,
  storedEntity,
  storeEntities,
} from '../../__testUtils__/ingest';
import { readCostConfig } from '../../core/config/readCostConfig';
import { CostSources } from '../../core/CostSources';
import { IngestService } from './IngestService';
import { hoursBetween } from '../../core/hours';

/**
 * Examples of OpenCost's aggregation tests (core/pkg/opencost, AggregateBy), from
 * the source to what the page is told. One day, 82 active and 30 idle. Numbers
 * are the cases' there.
 */
jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const DAY = '2026-03-04';
const DAY_AFTER = '2026-03-05';

/** One of the examples' dollars, in micros an hour; a day of it can be split as they do. */
const UNIT = 2_000_000n;
const UNITS_A_DAY = 24n * UNIT;

type Container = [
  cluster: string,
  namespace: string,
  workload: string,
  name: string,
];

/** Each costs 1 a resource and 1 for its load balancer; the first has 11 for memory. */
const CONTAINERS: Container[] = [
  ['cluster1', 'namespace1', 'pod1', 'container1'],
  ['cluster1', 'namespace1', 'deployment1', 'container2'],
  ['cluster1', 'namespace1', 'deployment1', 'container3'],
  ['cluster1', 'namespace2', 'deployment2', 'container4'],
  ['cluster1', 'namespace2', 'deployment2', 'container5'],
  ['cluster1', 'namespace2', 'daemonset1', 'container6'],
  ['cluster2', 'namespace2', 'deployment2', 'container4'],
  ['cluster2', 'namespace2', 'deployment2', 'container5'],
  ['cluster2', 'namespace2', 'daemonset1', 'container6'],
  ['cluster2', 'namespace3', 'deployment3', 'container7'],
  ['cluster2', 'namespace3', 'statefulset1', 'container8'],
  ['cluster2', 'namespace3', 'statefulset1', 'container9'],
];

const IDLE = [
  { cluster: 'cluster1', cpu: 5n, memory: 15n },
  { cluster: 'cluster2', cpu: 5n, memory: 5n },
];

function rowOf(cost: Partial<ResourceMicros>, change: Partial<HourRow>) {
  return {
    bucket: 'workload' as const,
    namespace: '__idle__',
    workloadKind: 'Idle',
    workload: 'general',
    container: '',
    capacityType: 'on-demand' as const,
    region: 'us-west-2',
    cost: { ...zeroResources(), ...cost },
    used: zeroResources(),
    cpuCoreHours: 0,
    cpuRequestCoreHours: 0,
    cpuUsageCoreHours: 0,
    memoryByteHours: 0,
    memoryRequestByteHours: 0,
    memoryUsageByteHours: 0,
    gpuHours: 0,
    storageByteHours: 0,
    networkBytes: 0,
    ...change,
  };
}

/** The rows of an hour of a cluster. */
function rowsOf(
  hour: string,
  isHere: (cluster: string) => boolean,
  idle: boolean,
): HourRow[] {
  const workloads = CONTAINERS.map((each, i) => ({ each, i })).filter(
    ({ each: [cluster] }) => isHere(cluster),
  );
  return [
    ...workloads.map(({ each: [cluster, namespace, workload, name], i }) =>
      rowOf(
        {
          cpu: UNIT,
          memory: i === 0 ? 11n * UNIT : UNIT,
          gpu: UNIT,
          storage: UNIT,
          network: 2n * UNIT,
        },
        {
          hour,
          namespace,
          workloadKind: 'Deployment',
          workload: `${cluster}-${workload}`,
          container: name,
        },
      ),
    ),
    ...IDLE.filter(({ cluster }) => idle && isHere(cluster)).map(
      ({ cpu, memory }) =>
        rowOf(
          { cpu: cpu * UNIT, memory: memory * UNIT },
          { hour, bucket: 'idle' },
        ),
    ),
  ].map(row => ({ hour, ...row }));
}

/** Reads the day from a source that allocated it, and starts the back end. */
async function start(options: {
  clusters: string[];
  sharing?: JsonObject;
  /** All in the one cluster there is, and none of it idle. */
  together?: boolean;
}) {
  const { clusters, sharing, together = false } = options;
  const knex = await postgres.migrated();
  // Everything is of one service: what belongs to nobody is one row in any table.
  await storeEntities(knex, [storedEntity()]);
  const data = {
    clusters: clusters.map(name => ({
      name,
      prometheus: { url: 'http://prometheus.example.com' },
    })),
    cost: {
      ingest: { backfill: { hours: 24 } },
      ...(sharing && { sharing }),
    },
  };
  const config = new ConfigReader(headroom(data));
  const sources = CostSources.create();
  sources.addAllocationSource({
    id: 'examples',
    supports: () => true,
    allocations: async query => ({
      currency: 'USD',
      rows: hoursBetween(query.start, query.end).flatMap(hour =>
        rowsOf(
          hour.toISOString(),
          cluster => together || cluster === query.cluster.name,
          !together,
        ),
      ),
      nodes: [],
      workloads: rowsOf('', () => true, false).map(row => ({
        ...row,
        labels: { 'backstage.io/kubernetes-id': 'web' },
      })),
      missingHours: [],
      problems: [],
      queries: 1,
    }),
  });
  await IngestService.create({
    knex,
    clusters: readClusters(config),
    sources,
    config: readCostConfig(config),
    logger: mockServices.logger.mock(),
    now: () => new Date(`${DAY_AFTER}T00:30:00Z`),
  }).runOnce(new AbortController().signal);
  const api = await startCostBackend({ knex, config: data });

  /** Totals of the day in the examples' dollars, by label; idle is `I`. */
  return async (groupBy: string, idle: 'separate' | 'shared') => {
    const { body, status } = await api.get(
      `/api/cost/v1/fleet?window=custom&from=${DAY}&to=${DAY_AFTER}&groupBy=${groupBy}&idle=${idle}`,
    );
    expect([status, body.error?.message]).toEqual([200, undefined]);
    const report: FleetCostReport = body;
    const rows = report.rows.map(({ kind, label, total }) => [
      kind === 'idle' ? label.replace('Idle', 'I') : label,
      inDollars(total),
    ]);
    return {
      total: inDollars(report.headline.total),
      rows: Object.fromEntries(rows.filter(([, dollars]) => dollars !== 0)),
    };
  };
}

function inDollars(micros: string): number {
  return Number(BigInt(micros)) / Number(UNITS_A_DAY);
}

describe('two clusters', () => {
  let costBy: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    costBy = await start({ clusters: ['cluster1', 'cluster2'] });
  });

  it('1a by cluster', async () => {
    const { rows, total } = await costBy('cluster', 'separate');
    expect(total).toBe(112);
    expect(rows).toEqual({
      cluster1: 46,
      cluster2: 36,
      'I · cluster1': 20,
      'I · cluster2': 10,
    });
  });

  it('1b by namespace', async () => {
    const { rows, total } = await costBy('namespace', 'separate');
    expect(total).toBe(112);
    expect(rows).toEqual({
      namespace1: 28,
      namespace2: 36,
      namespace3: 18,
      I: 30,
    });
  });

  it('3a idle shared by weight, per cluster and resource', async () => {
    const { rows, total } = await costBy('namespace', 'shared');
    expect(total).toBe(112);
    expect(rows).toEqual({
      namespace1: 42.6875,
      namespace2: 46.3125,
      namespace3: 23,
    });
  });

  it('5b a cluster carries its own idle', async () => {
    const { rows } = await costBy('cluster', 'shared');
    expect(rows).toEqual({ cluster1: 66, cluster2: 46 });
  });
});

// Shared namespaces are paid for by those of their own cluster, so that it must
// be one; without idle, because the page shares both or neither.
describe('namespace3 shared', () => {
  it.each([
    ['4a', 'even', { namespace1: 37, namespace2: 45 }],
    ['4b', 'weighted', { namespace1: 35.875, namespace2: 46.125 }],
  ])('%s %s', async (_, split, expected) => {
    const costBy = await start({
      clusters: ['cluster1'],
      together: true,
      sharing: { namespaces: ['namespace3'], split },
    });
    const shared = await costBy('namespace', 'shared');
    expect(shared).toEqual({ total: 82, rows: expected });
    const apart = await costBy('namespace', 'separate');
    expect(apart.rows).toEqual({
      namespace1: 28,
      namespace2: 36,
      namespace3: 18,
    });
  });
});
