import { BudgetDefinition, BudgetRow } from '@headroom/plugin-cost-common';
import { StoredStatus } from '../../database/budgets/budgetRecords';
import { ListedBudget } from './collectBudgets';

/** A budget in a list, naming only others that are seen. */
export function toRow(
  listed: ListedBudget,
  stored: StoredStatus | undefined,
  seen: ReadonlySet<string>,
): Omit<BudgetRow, 'notified' | 'isEditable'> {
  const { id, origin, budget, version, overruledBy } = listed;
  // What was evaluated before a change says nothing of what it is now.
  const known = stored?.fingerprint === listed.fingerprint ? stored : undefined;
  const problem = listed.problem ?? known?.problem;
  const children = known?.children;
  return {
    id,
    origin,
    budget,
    ...(version !== undefined && { version }),
    ...(known?.status && { status: known.status }),
    ...(problem !== undefined && { problem }),
    ...(overruledBy !== undefined && seen.has(overruledBy) && { overruledBy }),
    ...(children?.ids.every(each => seen.has(each)) && { children }),
  };
}

/** Who is told: those that are named, else who owns what the budget is for. */
export function notified(
  { notify, scope }: BudgetDefinition,
  owners: ReadonlyMap<string, string[]>,
): string[] {
  if (notify.length > 0) {
    return notify;
  }
  switch (scope.type) {
    case 'group':
      return [scope.entityRef];
    case 'service':
      return owners.get(scope.entityRef) ?? [];
    default:
      return [];
  }
}

/** Of a budget of a service, whose owners are told where nobody is named. */
export function refOf({ budget: { scope } }: ListedBudget): string[] {
  return scope.type === 'service' ? [scope.entityRef] : [];
}
