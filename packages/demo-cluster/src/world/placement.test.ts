import fc from 'fast-check';
import { createWorld } from './createWorld';
import { GPU_RESOURCE, gpuSlots } from './gpuSlots';
import { NodeLife, PodLife } from './lives';
import { allocatable } from './rooms';
import { WorldCluster } from './WorldCluster';

const START = new Date('2026-01-05T00:00:00Z');

function livesOf(cluster: WorldCluster, hours: number) {
  const nodes = new Set<NodeLife>();
  const pods = new Set<PodLife>();
  for (let hour = 0; hour < hours; hour++) {
    const lives = cluster.livesOf(hour);
    lives.nodes.forEach(node => nodes.add(node));
    lives.pods.forEach(pod => pods.add(pod));
  }
  return { nodes: [...nodes], pods: [...pods] };
}

function requestsOf(pods: PodLife[]) {
  const containers = pods.flatMap(pod =>
    pod.containers.filter(({ role }) => role !== 'init'),
  );
  const sum = (of: (container: (typeof containers)[number]) => number) =>
    containers.reduce((total, container) => total + of(container), 0);
  return {
    cpuCores: sum(c => c.cpuRequestCores),
    memoryBytes: sum(c => c.memoryRequestBytes),
    gpuDevices: sum(c => c.gpuDevices ?? 0),
  };
}

/** Whether pods hold as many GPU slots as they ask for, of the right kind, and no slot twice. */
function holdRightSlots(pods: PodLife[], node: NodeLife): boolean {
  const slots = gpuSlots(node.pool);
  const held = pods.flatMap(pod => pod.gpuSlots);
  return (
    new Set(held).size === held.length &&
    pods.every(pod =>
      pod.containers.every(
        ({ gpuDevices = 0, gpuResource = GPU_RESOURCE }) =>
          gpuDevices === 0 ||
          (pod.gpuSlots.length === gpuDevices &&
            pod.gpuSlots.every(index => slots[index].resource === gpuResource)),
      ),
    )
  );
}

/** Nodes that were asked for more than they have at an instant at which a pod was bound, and pods that outlived their node. */
function violations(cluster: WorldCluster, hours: number): string[] {
  const { nodes, pods } = livesOf(cluster, hours);
  const found: string[] = [];
  for (const node of nodes) {
    const onNode = pods.filter(pod => pod.node === node);
    const room = allocatable(node.pool);
    for (const { from, until, name } of onNode) {
      const together = onNode.filter(p => p.from <= from && from < p.until);
      const requested = requestsOf(together);
      if (
        requested.cpuCores > room.cpuCores + 1e-6 ||
        requested.memoryBytes > room.memoryBytes ||
        requested.gpuDevices > gpuSlots(node.pool).length ||
        !holdRightSlots(together, node)
      ) {
        found.push(`${node.name} at ${from}: ${JSON.stringify(requested)}`);
      }
      if (from < node.from || Math.min(until, hours * 3600) > node.until) {
        found.push(`${name} was on ${node.name} when that was gone`);
      }
    }
  }
  return nodes.length > 5 ? found : ['there are hardly any nodes'];
}

describe('placement', () => {
  it('never asks more of a node than it has, over the whole history', () => {
    for (const cluster of createWorld({ seed: 1, start: START }).clusters) {
      expect(violations(cluster, 60 * 24)).toEqual([]);
    }
  }, 120_000);

  it('fits with any seed, start and scale', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 0, max: 365 * 24 }),
        fc.integer({ min: 1, max: 4 }),
        (seed, hours, scale) => {
          const start = new Date(START.getTime() + hours * 3_600_000);
          const world = createWorld({ seed, start, scale });
          for (const cluster of world.clusters) {
            expect(violations(cluster, 60)).toEqual([]);
          }
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);

  it('gives every living node and pod a name of its own', () => {
    const cluster = createWorld({ seed: 5, start: START }).cluster('us-west');
    for (let hour = 0; hour < 30 * 24; hour += 7) {
      const at = new Date(START.getTime() + hour * 3_600_000 + 1_234_000);
      const { pods, finished, nodes } = cluster.stateAt(at);
      const names = [...pods, ...finished].map(
        pod => `${pod.spec.namespace}/${pod.name}`,
      );
      expect(new Set(names).size).toBe(names.length);
      expect(new Set(nodes.map(node => node.name)).size).toBe(nodes.length);
    }
  });

  it('lets nodes of the spot pool come and go within the hour', () => {
    const cluster = createWorld({ seed: 1, start: START }).cluster('us-west');
    const { nodes, pods } = livesOf(cluster, 60 * 24);
    const spot = nodes.filter(node => node.pool.name === 'spot');
    const partial = spot.filter(
      node => node.until % 3600 > 0 && node.until !== Infinity,
    );
    expect(partial.length).toBeGreaterThan(20);
    expect(pods.some(pod => pod.evicted)).toBe(true);
  });
});
