import {
  ClusterSnapshot,
  InventoryCounts,
} from '@headroom/plugin-clusters-node';
import { InventoryFacts } from '@headroom/plugin-controllers-node';

/** What guards ask of a cluster. */
export function inventoryFacts(snapshot: ClusterSnapshot): InventoryFacts {
  const { counts, knowledge, previous, trust } = snapshot;
  const workloads = workloadsIn(counts);
  const ages = Object.values(knowledge).flatMap(({ state, ageMs }) =>
    state.state === 'notServed' ? [] : [(ageMs ?? Infinity) / 1000],
  );
  const ageSeconds = Math.max(0, ...ages);
  if (trust.trustworthy) {
    return {
      state: 'whole',
      ageSeconds,
      workloads,
      ...(previous && { workloadsBefore: workloadsIn(previous) }),
    };
  }
  const [doubt] = trust.doubts;
  return {
    state: trust.doubts.every(({ reason }) => reason === 'partial')
      ? 'partial'
      : 'failed',
    reason: { message: doubt.message, wording: doubt.wording },
    ageSeconds,
    workloads,
  };
}

function workloadsIn({
  deployments = 0,
  statefulSets = 0,
  cronJobs = 0,
  rollouts = 0,
}: InventoryCounts): number {
  return deployments + statefulSets + cronJobs + rollouts;
}
