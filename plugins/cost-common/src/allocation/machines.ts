import { ProblemLog } from '@headroom/common';
import { addResources, zeroResources } from '../money/resourceMicros';
import { ContainerHour, NodeHour } from '../observations/observations';
import { CapacityType, ResourceMicros } from '../resources/resources';
import { wordAllocation } from '../problems';
import { NodeResource } from './claims';
import { nodeCostOf } from './nodeCost';
import { NodeCosts } from './NodeCosts';
import { nodePoolOf } from './nodePoolOf';
import { PriceFindings } from './PriceFindings';
import { NodePrice } from './types';

/** A node that is not billed itself. */
export interface PodBilling {
  node: NodeHour;
  price: NodePrice;
}

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
  /** Set when its pods are billed instead: it has no capacity of its own. */
  podBilling?: PodBilling;
  containers: ContainerHour[];
}

const SECONDS_PER_HOUR = 3600;
const NO_CAPACITY = { cpuCores: 0, memoryBytes: 0, gpuDevices: 0 };

/**
 * Prices the nodes of an hour. What nodes cost whose pods are billed is not known
 * before their pods are.
 */
export function priceMachines(
  nodes: readonly NodeHour[],
  priceNode: (node: NodeHour) => NodePrice,
  problems: ProblemLog,
): {
  machines: Map<string, Machine>;
  costs: NodeCosts;
  /** The region all nodes that say one are in. */
  region: string | undefined;
} {
  const machines = new Map<string, Machine>();
  const costs = new NodeCosts();
  const findings = new PriceFindings();
  const region = commonRegion(nodes);
  // Sums of doubles depend on their order, so the order is fixed.
  const inOrder = [...nodes].sort((a, b) => compareNodes(a, b));
  for (const given of inOrder) {
    const node = checkNode(given, problems);
    if (node) {
      priceMachine(
        node,
        { region, priceNode, findings, machines, costs },
        problems,
      );
    }
  }
  findings.report(problems);
  return { machines, costs, region };
}

function priceMachine(
  given: NodeHour,
  hour: {
    region: string | undefined;
    priceNode: (node: NodeHour) => NodePrice;
    findings: PriceFindings;
    machines: Map<string, Machine>;
    costs: NodeCosts;
  },
  problems: ProblemLog,
): void {
  const { machines, costs } = hour;
  let node = given;
  let price = hour.priceNode(node);
  // Virtual nodes don't say where they are; they are where their cluster is.
  if (price.pods && node.region === undefined && hour.region !== undefined) {
    node = { ...node, region: hour.region };
    price = hour.priceNode(node);
  }
  hour.findings.add(node, price);
  if (price.pods) {
    addMachine(machines, node, zeroResources(), NO_CAPACITY, problems);
    addPodBilling(machines, node, price);
  } else {
    reportNoCapacity(node, problems);
    const cost = nodeCostOf(node, price);
    addMachine(machines, node, cost, node, problems);
    costs.add(node, price, cost);
  }
}

/** A node that left and came back was there for both its stays. */
function addPodBilling(
  machines: Map<string, Machine>,
  node: NodeHour,
  price: NodePrice,
): void {
  const machine = machines.get(node.node);
  if (machine?.podBilling) {
    const { node: first, price: same } = machine.podBilling;
    const upSeconds = first.upSeconds + node.upSeconds;
    machine.podBilling = { node: { ...first, upSeconds }, price: same };
  } else if (machine) {
    machine.podBilling = { node, price };
  }
}

/** The region all nodes that say one are in. */
function commonRegion(nodes: readonly NodeHour[]): string | undefined {
  const regions = new Set(
    nodes.map(({ region }) => region).filter(region => region !== undefined),
  );
  return regions.size === 1 ? [...regions][0] : undefined;
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
    problems.add('error', 'invalid-node', node.node, () =>
      wordAllocation('nodeInvalid', { node: node.node, field, value }),
    );
    return undefined;
  }
  if (node.upSeconds > SECONDS_PER_HOUR) {
    problems.add('error', 'node-up-longer-than-hour', node.node, () =>
      wordAllocation('nodeUpTooLong', {
        node: node.node,
        seconds: node.upSeconds,
        most: SECONDS_PER_HOUR,
      }),
    );
    return { ...node, upSeconds: SECONDS_PER_HOUR };
  }
  return node;
}

function reportNoCapacity(node: NodeHour, problems: ProblemLog): void {
  if (node.cpuCores === 0 && node.memoryBytes === 0 && node.gpuDevices === 0) {
    problems.add('error', 'node-without-capacity', node.node, () =>
      wordAllocation('nodeWithoutCapacity', { node: node.node }),
    );
  }
}

function addMachine(
  machines: Map<string, Machine>,
  node: NodeHour,
  cost: ResourceMicros,
  has: Pick<NodeHour, 'cpuCores' | 'memoryBytes' | 'gpuDevices'>,
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
  machine.capacity.cpu += has.cpuCores * node.upSeconds;
  machine.capacity.memory += has.memoryBytes * node.upSeconds;
  machine.capacity.gpu += has.gpuDevices * node.upSeconds;
  // A node may leave and come back under its name; both are paid.
  if (machine.upSeconds > SECONDS_PER_HOUR) {
    problems.add('error', 'duplicate-node', node.node, () =>
      wordAllocation('nodeTwice', { node: node.node }),
    );
  }
}

function compareNodes(a: NodeHour, b: NodeHour): number {
  if (a.node !== b.node) {
    return a.node < b.node ? -1 : 1;
  }
  // Of one name the longest stay comes first and names the pool.
  return b.upSeconds - a.upSeconds;
}
