import fc from 'fast-check';
import { ContainerHour, NodeHour } from '../../observations/observations';
import { GIB, HOUR } from './builders';

/** A random cluster hour, before it is priced. */
export interface ClusterHour {
  nodes: NodeHour[];
  containers: ContainerHour[];
}

// No source tells less than a millisecond apart; far below it doubles lose
// their digits, and with them every ratio.
const upSeconds = fc.oneof(
  fc.constant(3600),
  fc.integer({ min: 0, max: 3600 }),
  fc.double({ min: 0.001, max: 3600, noNaN: true }),
);

const nodeArbitrary = fc.record({
  capacityType: fc.constantFrom('on-demand' as const, 'spot' as const),
  nodePool: fc.constantFrom('general', 'gpu', 'burst'),
  region: fc.constantFrom('us-west-2', 'eu-central-1'),
  cpuCores: fc.integer({ min: 1, max: 192 }),
  memoryBytes: fc.integer({ min: GIB, max: 2048 * GIB }),
  gpuDevices: fc.constantFrom(0, 0, 1, 4, 8),
  upSeconds,
});

const known = (max: number) =>
  fc.option(
    fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max, noNaN: true })),
    { nil: undefined },
  );

const containerArbitrary = fc.record({
  namespace: fc.constantFrom('kube-system', 'shop', 'ml', 'preview'),
  workload: fc.constantFrom('api', 'web', 'train', 'queue'),
  /** Position on the list of nodes; beyond it the pod is pending. */
  place: fc.integer({ min: 0, max: 7 }),
  cpuRequest: known(20),
  cpuUsage: known(20),
  memoryRequest: known(64 * GIB),
  memoryUsage: known(64 * GIB),
  gpuRequest: fc.constantFrom(undefined, undefined, 0.25, 1 / 7, 1, 4),
  gpuBusy: fc.option(
    fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1, noNaN: true })),
    { nil: undefined },
  ),
});

/** Clusters with GPUs, spot, overcommitment, pending pods and nodes that come and go. */
export const clusterHour: fc.Arbitrary<ClusterHour> = fc
  .tuple(
    fc.array(nodeArbitrary, { maxLength: 6 }),
    fc.array(containerArbitrary, { maxLength: 25 }),
  )
  .map(([nodes, containers]) => ({
    nodes: nodes.map((node, i) => ({ hour: HOUR, node: `node-${i}`, ...node })),
    containers: containers.map((given, i): ContainerHour => {
      const node = nodes[given.place];
      const runSeconds = node?.upSeconds ?? 0;
      const seconds = (quantity: number | undefined) =>
        quantity === undefined ? undefined : quantity * runSeconds;
      return {
        hour: HOUR,
        namespace: given.namespace,
        pod: `pod-${i}`,
        container: 'main',
        node: node && `node-${given.place}`,
        workloadKind: 'Deployment',
        workload: given.workload,
        labels: {},
        runSeconds,
        cpuRequestCoreSeconds: seconds(given.cpuRequest),
        cpuUsageCoreSeconds: seconds(given.cpuUsage),
        memoryRequestByteSeconds: seconds(given.memoryRequest),
        memoryUsageByteSeconds: seconds(given.memoryUsage),
        gpuRequestDeviceSeconds: seconds(given.gpuRequest),
        gpuBusyDeviceSeconds:
          given.gpuRequest === undefined || given.gpuBusy === undefined
            ? undefined
            : seconds(given.gpuRequest * given.gpuBusy),
      };
    }),
  }));

/** Hourly prices from a fraction of a micro to many dollars. */
export const hourlyPrice: fc.Arbitrary<string> = fc
  .tuple(fc.nat({ max: 1_000_000_000 }), fc.integer({ min: 0, max: 9 }))
  .map(([digits, places]) => {
    const padded = digits.toString().padStart(places + 1, '0');
    const whole = padded.slice(0, padded.length - places);
    const fraction = padded.slice(padded.length - places);
    return places === 0 ? whole : `${whole}.${fraction}`;
  });
