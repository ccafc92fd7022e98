import { sayActing, targetKey } from '@headroom/common';
import { takesCapacity } from './direction';
import { Guard } from './Guard';

/**
 * Kubernetes asks PodDisruptionBudgets when pods are evicted, and not when a workload
 * is scaled: what they want available is kept here in both cases.
 */
export const disruptionBudget: Guard = ({ asked: { action }, world }) => {
  const facts = world.targets.get(targetKey(action.target));
  if (!facts || !takesCapacity(action)) {
    return [];
  }
  const { replicasAfter } = action;
  return (facts.disruptionBudgets ?? []).flatMap(
    ({ name, leastAvailable: least }) => {
      if (replicasAfter !== undefined && replicasAfter < least) {
        return [
          {
            guard: 'disruption-budget' as const,
            reason: sayActing('disruptionBudget', {
              name,
              least,
              after: replicasAfter,
            }),
          },
        ];
      }
      return facts.evicts && least > 0
        ? [
            {
              guard: 'disruption-budget' as const,
              reason: sayActing('disruptionBudgetEviction', { name, least }),
            },
          ]
        : [];
    },
  );
};
