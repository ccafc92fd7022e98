import { GPU_RESOURCE, gpuSlots } from '../gpuSlots';
import { containersAt, NodeLife, PodLife } from '../lives';
import { allocatable } from '../rooms';
import { WorldCluster } from '../WorldCluster';

/** Every node and pod of the first hours, as it is known last. */
export function livesOf(cluster: WorldCluster, hours: number) {
  const nodes = new Map<string, NodeLife>();
  const pods = new Map<string, PodLife>();
  for (let hour = 0; hour < hours; hour++) {
    const lives = cluster.livesOf(hour);
    lives.nodes.forEach(node => nodes.set(node.id, node));
    lives.pods.forEach(pod => pods.set(pod.id, pod));
  }
  return { nodes: [...nodes.values()], pods: [...pods.values()] };
}

function requestsOf(pods: PodLife[], at: number) {
  const containers = pods.flatMap(pod =>
    containersAt(pod, at).filter(({ role }) => role !== 'init'),
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
export function violations(cluster: WorldCluster, hours: number): string[] {
  const { nodes, pods } = livesOf(cluster, hours);
  const found: string[] = [];
  for (const node of nodes) {
    const onNode = pods.filter(pod => pod.node.id === node.id);
    const room = allocatable(node.pool);
    const moments = onNode.flatMap(({ from, until, name, resizes = [] }) =>
      [from, ...resizes.map(({ at }) => at)].map(at => ({
        at,
        from,
        until,
        name,
      })),
    );
    for (const { at, from, until, name } of moments) {
      const together = onNode.filter(p => p.from <= at && at < p.until);
      const requested = requestsOf(together, at);
      if (
        requested.cpuCores > room.cpuCores + 1e-6 ||
        requested.memoryBytes > room.memoryBytes ||
        requested.gpuDevices > gpuSlots(node.pool).length ||
        !holdRightSlots(together, node)
      ) {
        found.push(`${node.name} at ${at}: ${JSON.stringify(requested)}`);
      }
      if (from < node.from || Math.min(until, hours * 3600) > node.until) {
        found.push(`${name} was on ${node.name} when that was gone`);
      }
    }
  }
  return nodes.length > 5 ? found : ['there are hardly any nodes'];
}
