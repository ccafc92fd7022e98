import {
  ContainerHour,
  NetworkHour,
  NodeHour,
  VolumeHour,
} from '../observations/observations';
import { ProblemLog, SourceProblem, WorkloadIdentity } from '@headroom/common';
import { wordAllocation } from '../problems';
import { billPods } from './billPods';
import { Machine, priceMachines } from './machines';
import { chargeNetwork, chargeVolume, PodBook, PodPlace } from './podCosts';
import { RowBook } from './RowBook';
import { runSteps } from './runSteps';
import { shareMachine } from './shareMachine';
import { sumPods } from './sumPods';
import {
  HourRow,
  NodeCostHour,
  NodePrice,
  PodHourRow,
  VolumePrice,
} from './types';
import { reportUnpriced } from './unpricedVolumes';
import { VolumeFindings } from './VolumeFindings';

/** What was observed of one cluster in one hour, and what it costs. @public */
export interface AllocateHourInput {
  /** Start of the hour, ISO 8601 UTC. */
  hour: string;
  nodes: NodeHour[];
  containers: ContainerHour[];
  volumes: VolumeHour[];
  network: NetworkHour[];
  priceNode: (node: NodeHour) => NodePrice;
  /** Undefined = the volume's size is not what is paid for. */
  priceVolume: (volume: VolumeHour) => VolumePrice | undefined;
  /** What the traffic costs, in micros. */
  priceNetwork: (network: NetworkHour) => bigint;
}

/** Who pays what of one cluster in one hour. @public */
export interface AllocatedHour {
  /** CPU, memory and GPU of all rows sum to the cost of `nodes`, exactly. */
  rows: HourRow[];
  /** The same, pod by pod. */
  pods: PodHourRow[];
  nodes: NodeCostHour[];
  /** Every workload seen, also one that costs nothing because it is pending. */
  workloads: WorkloadIdentity[];
  problems: SourceProblem[];
}

/**
 * Allocates what a cluster cost in one hour to its workloads.
 *
 * A node's price is split over CPU, memory and GPU ({@link nodeCostOf}), and
 * each of them over the containers on the node: a container is charged
 * max(request, usage), of a GPU what it reserved, and the rest is idle (OpenCost
 * specification 0.1). A node that is no machine (Fargate, virtual nodes,
 * Autopilot) costs what its pods are billed, and has no idle. Volumes go to the pods that mounted them, traffic to the
 * pod that sent it. Every split is exact to the micro and doesn't depend on the
 * order of the input.
 *
 * Observations that contradict each other are listed in `problems`; the sums
 * stay exact and idle is never negative. Throws a RangeError when a price is not
 * a decimal or is negative.
 *
 * @public
 */
export function allocateHour(input: AllocateHourInput): AllocatedHour {
  return runSteps(allocateHourInSteps(input));
}

/**
 * {@link allocateHour} in steps of about a millisecond: a caller that shares its
 * thread with requests lets them run between two `next()`.
 *
 * @public
 */
export function* allocateHourInSteps(
  input: AllocateHourInput,
): Generator<void, AllocatedHour> {
  const { hour } = input;
  const problems = ProblemLog.create({ hour });
  const rows = RowBook.create({ hour });
  const { machines, costs, region } = priceMachines(
    input.nodes,
    input.priceNode,
    problems,
  );

  yield;
  const containers = inOrder(input.containers);
  yield;
  placeContainers(containers, machines, problems);
  for (const machine of machines.values()) {
    if (machine.podBilling) {
      billPods(machine, machine.podBilling, rows, costs, problems);
    } else {
      shareMachine(machine, rows, problems);
    }
    yield;
  }

  const identities = new Map<string, WorkloadIdentity>();
  const addIdentity = (identity: WorkloadIdentity) => {
    const { namespace, workloadKind, workload, container } = identity;
    const key = `${namespace}\0${workloadKind}\0${workload}\0${container}`;
    if (!identities.has(key)) {
      identities.set(key, identity);
    }
  };
  containers.forEach(container => addIdentity(identityOf(container)));
  yield;

  const places = podPlaces(containers, machines);
  yield;
  const book: PodBook = {
    find: (namespace, pod) => places.get(`${namespace}\0${pod}`),
    addIdentity,
  };
  const volumeFindings = new VolumeFindings();
  for (const volume of input.volumes) {
    // Who doesn't say where it is, is where its cluster is.
    const placed = { ...volume, region: volume.region ?? region };
    const price = input.priceVolume(placed);
    if (price === undefined) {
      reportUnpriced(volume, problems);
    } else {
      volumeFindings.add(placed, price);
      chargeVolume(volume, price.gibHourPrice, book, rows, problems);
    }
    yield;
  }
  volumeFindings.report(problems);
  for (const network of input.network) {
    chargeNetwork(network, input.priceNetwork(network), book, rows, problems);
    yield;
  }

  const pods = rows.toArray();
  yield;
  return {
    rows: sumPods(pods),
    pods,
    nodes: costs.toArray(),
    workloads: [...identities.values()],
    problems: problems.toArray(),
  };
}

/** Who gets the last micro, and in which order doubles add up, must not depend on the source. */
function inOrder(containers: readonly ContainerHour[]): ContainerHour[] {
  return containers
    .map(container => ({
      key: `${container.namespace}\0${container.pod}\0${container.container}`,
      container,
    }))
    .sort((a, b) => {
      if (a.key === b.key) {
        return 0;
      }
      return a.key < b.key ? -1 : 1;
    })
    .map(({ container }) => container);
}

function placeContainers(
  containers: readonly ContainerHour[],
  machines: Map<string, Machine>,
  problems: ProblemLog,
): void {
  for (const container of containers) {
    const { node } = container;
    if (node !== undefined) {
      const machine = machines.get(node);
      if (machine) {
        machine.containers.push(container);
      } else {
        problems.add('error', 'unknown-node', node, count =>
          wordAllocation('unknownNode', { count, node }),
        );
      }
    }
  }
}

function podPlaces(
  containers: readonly ContainerHour[],
  machines: Map<string, Machine>,
): Map<string, PodPlace> {
  const places = new Map<string, PodPlace>();
  for (const container of containers) {
    const key = `${container.namespace}\0${container.pod}`;
    if (!places.has(key)) {
      const machine = machines.get(container.node ?? '');
      places.set(key, {
        identity: identityOf(container),
        pod: container.pod,
        node: container.node,
        capacityType: machine?.capacityType ?? 'on-demand',
        region: machine?.region ?? '',
      });
    }
  }
  return places;
}

function identityOf(container: ContainerHour): WorkloadIdentity {
  const { namespace, workloadKind, workload, labels, labelsSanitized } =
    container;
  return {
    namespace,
    workloadKind,
    workload,
    container: container.container,
    labels,
    ...(labelsSanitized === undefined ? {} : { labelsSanitized }),
  };
}
