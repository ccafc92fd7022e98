import { addResources, zeroResources } from '../money/resourceMicros';
import { ContainerHour, NodeHour } from '../observations/observations';
import { CapacityType, ResourceMicros } from '../resources/resources';
import { NodeResource } from './claims';
import { nodeCostOf } from './nodeCost';
import { ProblemLog } from './problems';
import { NodeCostHour, NodePrice } from './types';

/** A node of the hour: what it cost, what it had, and who was on it. */
export interface Machine {
  name: string;
  nodePool: string;
  capacityType: CapacityType;
  region: string;
  upSeconds: number;
  cost: ResourceMicros;
  /** Core-, byte- and device-seconds. */
  capacity: Record<NodeResource, number>;
  containers: ContainerHour[];
}

const SECONDS_PER_HOUR = 3600;

/** Prices the nodes of an hour, by name and by kind. */
export function priceMachines(
  nodes: readonly NodeHour[],
  priceNode: (node: NodeHour) => NodePrice,
  problems: ProblemLog,
): { machines: Map<string, Machine>; costs: NodeCostHour[] } {
  const machines = new Map<string, Machine>();
  const costs = new Map<string, NodeCostHour>();
  // Sums of doubles depend on their order, so the order is fixed.
  const inOrder = [...nodes].sort((a, b) => compareNodes(a, b));
  for (const given of inOrder) {
    const node = checkNode(given, problems);
    if (node) {
      const price = priceNode(node);
      const cost = nodeCostOf(node, price);
      addMachine(machines, node, cost, problems);
      addCost(costs, node, price, cost);
    }
  }
  return { machines, costs: [...costs.values()] };
}

function checkNode(node: NodeHour, problems: ProblemLog): NodeHour | undefined {
  const quantities = {
    cpuCores: node.cpuCores,
    memoryBytes: node.memoryBytes,
    gpuDevices: node.gpuDevices,
    upSeconds: node.upSeconds,
  };
  const bad = Object.entries(quantities).find(
    ([, value]) => !(Number.isFinite(value) && value >= 0),
  );
  if (bad) {
    const [field, value] = bad;
    problems.add(
      'error',
      'invalid-node',
      node.node,
      () =>
        `Node ${node.node} has ${field} ${value} and is left out; it should be a number of at least 0.`,
    );
    return undefined;
  }
  if (node.cpuCores === 0 && node.memoryBytes === 0 && node.gpuDevices === 0) {
    problems.add(
      'error',
      'node-without-capacity',
      node.node,
      () =>
        `Node ${node.node} has no CPU, memory or GPU, so its whole cost counts as CPU; its capacity should be above 0.`,
    );
  }
  if (node.upSeconds > SECONDS_PER_HOUR) {
    problems.add(
      'error',
      'node-up-longer-than-hour',
      node.node,
      () =>
        `Node ${node.node} was up ${node.upSeconds} s of an hour and is counted as 3600 s, which is the most there can be.`,
    );
    return { ...node, upSeconds: SECONDS_PER_HOUR };
  }
  return node;
}

function addMachine(
  machines: Map<string, Machine>,
  node: NodeHour,
  cost: ResourceMicros,
  problems: ProblemLog,
): void {
  let machine = machines.get(node.node);
  if (!machine) {
    machine = {
      name: node.node,
      nodePool: nodePoolOf(node),
      capacityType: node.capacityType,
      region: node.region ?? '',
      upSeconds: 0,
      cost: zeroResources(),
      capacity: { cpu: 0, memory: 0, gpu: 0 },
      containers: [],
    };
    machines.set(node.node, machine);
  }
  machine.cost = addResources(machine.cost, cost);
  machine.upSeconds += node.upSeconds;
  machine.capacity.cpu += node.cpuCores * node.upSeconds;
  machine.capacity.memory += node.memoryBytes * node.upSeconds;
  machine.capacity.gpu += node.gpuDevices * node.upSeconds;
  // A node may leave and come back under its name; both are paid.
  if (machine.upSeconds > SECONDS_PER_HOUR) {
    problems.add(
      'error',
      'duplicate-node',
      node.node,
      () =>
        `Node ${node.node} is listed more than once and longer than the hour in sum; each stay should be listed once.`,
    );
  }
}

function addCost(
  costs: Map<string, NodeCostHour>,
  node: NodeHour,
  price: NodePrice,
  cost: ResourceMicros,
): void {
  const { hourlyPrice, origin } = price;
  const key = JSON.stringify([
    nodePoolOf(node),
    node.instanceType,
    node.region,
    node.capacityType,
    hourlyPrice,
    origin.kind,
    origin.description,
    origin.validFrom,
  ]);
  const before = costs.get(key);
  const hours = node.upSeconds / SECONDS_PER_HOUR;
  costs.set(key, {
    hour: node.hour,
    nodePool: nodePoolOf(node),
    instanceType: node.instanceType ?? '',
    region: node.region ?? '',
    capacityType: node.capacityType,
    nodeHours: (before?.nodeHours ?? 0) + hours,
    cpuCoreHours: (before?.cpuCoreHours ?? 0) + node.cpuCores * hours,
    memoryByteHours: (before?.memoryByteHours ?? 0) + node.memoryBytes * hours,
    gpuDeviceHours: (before?.gpuDeviceHours ?? 0) + node.gpuDevices * hours,
    hourlyPrice,
    cost: before ? addResources(before.cost, cost) : cost,
    origin,
  });
}

function nodePoolOf(node: NodeHour): string {
  return node.nodePool ?? node.instanceType ?? 'default';
}

function compareNodes(a: NodeHour, b: NodeHour): number {
  if (a.node !== b.node) {
    return a.node < b.node ? -1 : 1;
  }
  // Of one name the longest stay comes first and names the pool.
  return b.upSeconds - a.upSeconds;
}
