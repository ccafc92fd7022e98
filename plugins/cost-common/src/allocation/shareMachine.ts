import { HourRow } from './types';
import { Claim, claimOf, NODE_RESOURCES, NodeResource } from './claims';
import { Machine } from './machines';
import { ProblemLog } from './problems';
import { RowBook } from './RowBook';
import { SharedResource, shareResource } from './shareResource';

/** Usage may be this much above capacity before it counts as a contradiction. */
const TOLERANCE = 0.01;
/** Less than this is how doubles add up. */
const DUST = 1e-9;
/** A sample or two at either end. */
const RUN_TOLERANCE_SECONDS = 60;

/** Shares one node's cost over its containers; the rest goes to its pool's idle row. */
export function shareMachine(
  machine: Machine,
  rows: RowBook,
  problems: ProblemLog,
): void {
  const { containers, capacityType, region } = machine;
  const entries = containers.map(container =>
    rows.workload(container, capacityType, region),
  );
  const idle = rows.idle(machine.nodePool, capacityType, region).row;
  reportRunTimes(machine, problems);

  for (const resource of NODE_RESOURCES) {
    const claims = containers.map(container =>
      claimOf(container, resource, problems),
    );
    const shared = shareResource(
      machine.cost[resource],
      machine.capacity[resource],
      claims,
    );
    reportImbalance(machine, resource, shared, problems);
    reportBusyGpus(machine, resource, claims, problems);

    idle.cost[resource] += shared.idle;
    addIdleQuantity(idle, resource, shared.idleQuantity / 3600);
    claims.forEach((claim, i) => {
      const { row, unknown } = entries[i];
      row.cost[resource] += shared.costs[i];
      row.used[resource] += shared.used[i];
      addQuantities(row, resource, claim);
      if (isUnknown(resource, claim)) {
        unknown.add(resource);
      }
    });
  }
}

function isUnknown(resource: NodeResource, claim: Claim): boolean {
  const holds = resource !== 'gpu' || claim.charged > 0;
  return holds && claim.usage === undefined;
}

function addQuantities(
  row: HourRow,
  resource: NodeResource,
  claim: Claim,
): void {
  const charged = claim.charged / 3600;
  const request = (claim.request ?? 0) / 3600;
  const usage = (claim.usage ?? 0) / 3600;
  if (resource === 'cpu') {
    row.cpuCoreHours += charged;
    row.cpuRequestCoreHours += request;
    row.cpuUsageCoreHours += usage;
  } else if (resource === 'memory') {
    row.memoryByteHours += charged;
    row.memoryRequestByteHours += request;
    row.memoryUsageByteHours += usage;
  } else {
    row.gpuHours += charged;
    if (claim.usage !== undefined && charged > 0) {
      row.gpuBusyHours = (row.gpuBusyHours ?? 0) + Math.min(usage, charged);
    }
  }
}

function addIdleQuantity(
  row: HourRow,
  resource: NodeResource,
  hours: number,
): void {
  if (resource === 'cpu') {
    row.cpuCoreHours += hours;
  } else if (resource === 'memory') {
    row.memoryByteHours += hours;
  } else {
    row.gpuHours += hours;
  }
}

function reportImbalance(
  { name, upSeconds }: Machine,
  resource: NodeResource,
  { chargedRatio, usageRatio }: SharedResource,
  problems: ProblemLog,
): void {
  if (upSeconds === 0) {
    return; // containers on it are reported as running longer than the node
  }
  const percent = (ratio: number) => `${Math.round(ratio * 1000) / 10} %`;
  if (chargedRatio === Infinity) {
    problems.add(
      'error',
      'resource-without-capacity',
      `${name} ${resource}`,
      () =>
        `Containers on node ${name} hold ${resource}, but the node has none; its capacity is missing or wrong.`,
    );
  } else if (resource === 'gpu' && chargedRatio > 1 + TOLERANCE) {
    problems.add(
      'error',
      'gpu-over-allocated',
      name,
      () =>
        `GPUs reserved on node ${name} are ${percent(
          chargedRatio,
        )} of its devices; shares of one device should sum to at most 1.`,
    );
  } else if (resource !== 'gpu' && usageRatio > 1 + TOLERANCE) {
    problems.add(
      'warning',
      'usage-above-capacity',
      `${name} ${resource}`,
      () =>
        `Containers on node ${name} used ${percent(
          usageRatio,
        )} of its ${resource}; more than 100 % means that usage is counted twice or capacity is too low.`,
    );
  } else if (resource !== 'gpu' && chargedRatio > 1 + DUST) {
    problems.add(
      'info',
      'overcommitted',
      `${name} ${resource}`,
      () =>
        `Requests and bursts on node ${name} are ${percent(
          chargedRatio,
        )} of its ${resource}, so its cost is shared in proportion and none of it is idle.`,
    );
  }
}

function reportBusyGpus(
  { name }: Machine,
  resource: NodeResource,
  claims: readonly Claim[],
  problems: ProblemLog,
): void {
  if (resource !== 'gpu') {
    return;
  }
  for (const { usage, charged } of claims) {
    if (usage !== undefined && usage > charged * (1 + TOLERANCE)) {
      problems.add(
        'warning',
        'gpu-busy-above-reserved',
        name,
        count =>
          `GPUs on node ${name} are busier than ${count} container(s) reserved, and only what is reserved is charged; busy should be a share of reserved.`,
      );
    }
  }
}

function reportRunTimes(machine: Machine, problems: ProblemLog): void {
  const { name, upSeconds, containers } = machine;
  for (const { runSeconds } of containers) {
    if (runSeconds > upSeconds + RUN_TOLERANCE_SECONDS) {
      problems.add(
        'warning',
        'ran-longer-than-node',
        name,
        count =>
          `${count} container(s) ran longer than the ${upSeconds} s that node ${name} was up; the node's start or end is wrong.`,
      );
    }
  }
}
