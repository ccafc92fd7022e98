import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { readClusters } from '@headroom/plugin-clusters-node';
import {
  PodHourRow,
  ResourceMicros,
  sumPods,
  zeroResources,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { headroom } from '../../../__testUtils__/ingest';
import { readCostConfig } from '../../../core/config/readCostConfig';
import { CostSources } from '../../../core/CostSources';
import { hoursBetween } from '../../../core/hours';
import { IngestService } from '../../ingest/IngestService';

/** One of the topology's dollars, in micros an hour; a third of it is whole, too. */
const UNIT = 3_000_000n;
/** What one of its dollars is in the answers: a day of it. */
export const DOLLAR = (24 * Number(UNIT)) / 1e6;
export const DAY = '2026-03-04T00:00:00Z';
export const DAY_AFTER = '2026-03-05T00:00:00Z';

/** Configuration of its two clusters. */
export const TWO_CLUSTERS = {
  clusters: ['cluster1', 'cluster2'].map(name => ({
    name,
    prometheus: { url: 'http://prometheus.example.com' },
  })),
  cost: { ingest: { backfill: { hours: 24 } } },
};

interface Container {
  cluster: string;
  node: string;
  namespace: string;
  kind: string;
  workload: string;
  pod: string;
  container: string;
  memory?: bigint;
  labels?: Record<string, string>;
  team?: string;
  services?: string[];
}

const place = (cluster: string, node: string, namespace: string) => ({
  cluster,
  node,
  namespace,
});
const of = (
  kind: string,
  workload: string,
  pod: string,
  container: string,
) => ({
  kind,
  workload,
  pod,
  container,
});
const C1N1 = place('cluster1', 'c1nodes', 'namespace1');
const C1N2 = place('cluster1', 'c1nodes', 'namespace2');
const APP2 = { app: 'app2', env: 'env2' };
const SERVICE1 = ['service1'];

/** Of OpenCost's tests of aggregation (core/pkg/opencost/mock.go); each container costs 6, but for the first. */
const CONTAINERS: Container[] = [
  {
    ...C1N1,
    ...of('Pod', 'pod1', 'pod1', 'container1'),
    memory: 11n,
    labels: { app: 'app1', env: 'env1' },
  },
  { ...C1N1, ...of('Deployment', 'deployment1', 'pod-abc', 'container2') },
  { ...C1N1, ...of('Deployment', 'deployment1', 'pod-def', 'container3') },
  ...['container4', 'container5'].map(name => ({
    ...C1N2,
    ...of('Deployment', 'deployment2', 'pod-ghi', name),
    labels: APP2,
  })),
  {
    ...C1N2,
    ...of('DaemonSet', 'daemonset1', 'pod-jkl', 'container6'),
    services: SERVICE1,
  },
  ...['container4', 'container5'].map(name => ({
    ...place('cluster2', 'node1', 'namespace2'),
    ...of('Deployment', 'deployment2', 'pod-mno', name),
    labels: { app: 'app2' },
  })),
  {
    ...place('cluster2', 'node2', 'namespace2'),
    ...of('DaemonSet', 'daemonset1', 'pod-pqr', 'container6'),
    services: SERVICE1,
  },
  {
    ...place('cluster2', 'node2', 'namespace3'),
    ...of('Deployment', 'deployment3', 'pod-stu', 'container7'),
    team: 'team1',
  },
  ...['container8', 'container9'].map((name, i) => ({
    ...place('cluster2', 'node3', 'namespace3'),
    ...of('StatefulSet', 'statefulset1', 'pod-vwx', name),
    team: i === 0 ? 'team2' : 'team1',
  })),
];

/** In thirds of a dollar. */
const IDLE = [
  { cluster: 'cluster1', node: 'c1nodes', cpu: 15n, memory: 45n },
  ...['node1', 'node2', 'node3'].map(node => ({
    cluster: 'cluster2',
    node,
    cpu: 5n,
    memory: 5n,
  })),
];

function row(
  cost: Partial<ResourceMicros>,
  change: Partial<PodHourRow>,
): PodHourRow {
  return {
    hour: '',
    bucket: 'workload',
    namespace: '__idle__',
    workloadKind: 'Idle',
    workload: 'general',
    container: '',
    pod: '',
    node: '',
    capacityType: 'on-demand',
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

/** The rows of a cluster's hour, pod by pod. */
function podsOf(hour: string, cluster: string): PodHourRow[] {
  const isHere = (each: { cluster: string }) => each.cluster === cluster;
  return [
    ...CONTAINERS.filter(isHere).map(each =>
      row(
        {
          cpu: UNIT,
          memory: (each.memory ?? 1n) * UNIT,
          gpu: UNIT,
          storage: UNIT,
          // One for what it sends, one for its load balancer.
          network: 2n * UNIT,
        },
        {
          hour,
          namespace: each.namespace,
          workloadKind: each.kind,
          workload: each.workload,
          container: each.container,
          pod: each.pod,
          node: each.node,
          cpuCoreHours: 2,
          cpuRequestCoreHours: 2,
          cpuUsageCoreHours: 1,
          memoryByteHours: 1024,
          memoryRequestByteHours: 1024,
          memoryUsageByteHours: 256,
          gpuHours: 1,
          gpuBusyHours: 0.5,
          storageByteHours: 2048,
          networkBytes: 100,
          ...(each.team && { annotations: { team: each.team } }),
          ...(each.services && { services: each.services }),
        },
      ),
    ),
    ...IDLE.filter(isHere).map(({ node, cpu, memory }) =>
      row(
        { cpu: (cpu * UNIT) / 3n, memory: (memory * UNIT) / 3n },
        { hour, bucket: 'idle', node },
      ),
    ),
  ];
}

/** Reads the day of the topology from a source that allocated it. */
export async function ingestTopology(
  knex: Knex,
  options: { byPod?: boolean } = {},
): Promise<void> {
  const { byPod = true } = options;
  const config = new ConfigReader(headroom(TWO_CLUSTERS));
  const sources = CostSources.create();
  sources.addAllocationSource({
    id: 'topology',
    supports: () => true,
    allocations: async ({ cluster, start, end }) => {
      const pods = hoursBetween(start, end).flatMap(hour =>
        podsOf(hour.toISOString(), cluster.name),
      );
      return {
        currency: 'USD',
        rows: hoursBetween(start, end).flatMap(hour =>
          sumPods(podsOf(hour.toISOString(), cluster.name)),
        ),
        ...(byPod && { pods }),
        nodes: [],
        workloads: CONTAINERS.filter(each => each.cluster === cluster.name).map(
          each => ({
            namespace: each.namespace,
            workloadKind: each.kind,
            workload: each.workload,
            container: each.container,
            labels: each.labels ?? {},
          }),
        ),
        missingHours: [],
        problems: [],
        queries: 1,
      };
    },
  });
  await IngestService.create({
    knex,
    clusters: readClusters(config),
    sources,
    config: readCostConfig(config),
    logger: mockServices.logger.mock(),
    now: () => new Date('2026-03-05T00:30:00Z'),
  }).runOnce(new AbortController().signal);
}
