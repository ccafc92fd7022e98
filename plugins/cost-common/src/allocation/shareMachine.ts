import { Claim, claimOf, NODE_RESOURCES, NodeResource } from './claims';
import {
  reportBusyGpus,
  reportImbalance,
  reportRunTimes,
} from './contradictions';
import { Machine } from './machines';
import { ProblemLog } from './problems';
import { RowBook } from './RowBook';
import { shareResource } from './shareResource';
import { HourRow } from './types';

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
