import { ProblemLog } from '@headroom/common';
import { claimOf, NODE_RESOURCES } from './claims';
import {
  reportBusyGpus,
  reportImbalance,
  reportRunTimes,
} from './contradictions';
import { Machine } from './machines';
import { RowBook } from './RowBook';
import { addClaim, addIdleQuantity } from './rowQuantities';
import { shareResource } from './shareResource';

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
  const idle = rows.idle(
    machine.nodePool,
    capacityType,
    region,
    machine.name,
  ).row;
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
      addClaim(entries[i], resource, claim, shared.costs[i], shared.used[i]);
    });
  }
}
