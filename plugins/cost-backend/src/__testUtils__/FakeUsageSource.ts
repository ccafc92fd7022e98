import { ClusterConfig } from '@headroom/plugin-clusters-node';
import { SourceProblem } from '@headroom/common';
import {
  ContainerHour,
  GpuDeviceHour,
  NetworkHour,
  NodeHour,
  VolumeHour,
} from '@headroom/plugin-cost-common';
import { SourceQuery, UsageSource } from '@headroom/plugin-cost-node';
import { hoursBetween } from '../core/hours';

const GIB = 2 ** 30;

/** A node that costs 1 a core-hour and nothing else unless told otherwise. */
export function node(hour: string, change: Partial<NodeHour> = {}): NodeHour {
  return {
    hour,
    node: 'node-1',
    instanceType: 'test.large',
    region: 'us-west-2',
    capacityType: 'on-demand',
    nodePool: 'general',
    cpuCores: 4,
    memoryBytes: 16 * GIB,
    gpuDevices: 0,
    upSeconds: 3600,
    hourlyPrice: '1.2',
    priceCurrency: 'USD',
    ...change,
  };
}

/** A container that holds one core and 4 GiB all hour and uses half of it. */
export function container(
  hour: string,
  change: Partial<ContainerHour> = {},
): ContainerHour {
  return {
    hour,
    namespace: 'shop',
    pod: 'web-1',
    container: 'app',
    node: 'node-1',
    workloadKind: 'Deployment',
    workload: 'web',
    labels: { 'backstage.io/kubernetes-id': 'web' },
    runSeconds: 3600,
    cpuRequestCoreSeconds: 3600,
    cpuUsageCoreSeconds: 1800,
    memoryRequestByteSeconds: 4 * GIB * 3600,
    memoryUsageByteSeconds: 2 * GIB * 3600,
    ...change,
  };
}

/** The same with five-minute samples and a spec that was read. */
export function sampled(
  hour: string,
  change: Partial<ContainerHour> = {},
): ContainerHour {
  return container(hour, {
    specKnown: true,
    samples: {
      cpuCores: Array(12).fill(0.5),
      memoryBytes: Array(12).fill(2 * GIB),
    },
    ...change,
  });
}

/** A whole GPU on the node, held by the container all hour and half busy. */
export function gpu(
  hour: string,
  change: Partial<GpuDeviceHour> = {},
): GpuDeviceHour {
  return {
    hour,
    node: 'node-1',
    board: 'GPU-1',
    model: 'NVIDIA-A100-SXM4-40GB',
    sharing: 'whole',
    boardShare: 1,
    memoryBytes: 40 * GIB,
    busyShare: Array(12).fill(0.5),
    memoryUsedBytes: Array(12).fill(10 * GIB),
    powerWatts: 200,
    basis: 'sm-active',
    readings: 12,
    setAside: {},
    tenants: [
      { namespace: 'shop', pod: 'web-1', container: 'app', heldSeconds: 3600 },
    ],
    tenantsKnown: true,
    ...change,
  };
}

/** What happened in one hour. */
export interface FakeHour {
  nodes: NodeHour[];
  containers: ContainerHour[];
  devices?: GpuDeviceHour[];
  volumes?: VolumeHour[];
  network?: NetworkHour[];
}

/** A source that says what a test scripted. */
export class FakeUsageSource implements UsageSource {
  readonly id = 'fake';
  /** Windows it was asked for. */
  readonly asked: Array<{ cluster: string; start: string; end: string }> = [];
  /** What it knows of an hour; undefined = nothing at all. */
  world: (hour: string, cluster: string) => FakeHour | undefined;
  /** Throws what it returns, if anything. */
  failure: (query: SourceQuery) => Error | undefined = () => undefined;
  /** Hours, ISO 8601, that it says it has no data for. */
  missing = new Set<string>();

  problems: SourceProblem[] = [];

  static create(
    world: FakeUsageSource['world'] = hour => ({
      nodes: [node(hour)],
      containers: [container(hour)],
    }),
  ) {
    return new FakeUsageSource(world);
  }

  private constructor(world: FakeUsageSource['world']) {
    this.world = world;
  }

  supports(cluster: ClusterConfig) {
    return Boolean(cluster.prometheus);
  }

  async observe(query: SourceQuery) {
    const { cluster, start, end } = query;
    this.asked.push({
      cluster: cluster.name,
      start: start.toISOString(),
      end: end.toISOString(),
    });
    const failure = this.failure(query);
    if (failure) {
      throw failure;
    }
    const hours = hoursBetween(start, end).map(hour => hour.toISOString());
    const known = hours.filter(hour => !this.missing.has(hour));
    const seen = known.map(hour => this.world(hour, cluster.name));
    return {
      nodes: seen.flatMap(hour => hour?.nodes ?? []),
      containers: seen.flatMap(hour => hour?.containers ?? []),
      volumes: seen.flatMap(hour => hour?.volumes ?? []),
      network: seen.flatMap(hour => hour?.network ?? []),
      ...(seen.some(hour => hour?.devices) && {
        devices: seen.flatMap(hour => hour?.devices ?? []),
      }),
      missingHours: hours.filter(hour => this.missing.has(hour)),
      problems: this.problems,
      queries: 3,
    };
  }
}
