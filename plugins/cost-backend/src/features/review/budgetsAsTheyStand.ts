import { budgetPeriodBefore, ReviewBudget } from '@headroom/plugin-cost-common';
import { StoredStatus } from '../../database/budgets/budgetRecords';
import { ListedBudget } from '../budgets/collectBudgets';

/** Budgets that count and were evaluated, as a review keeps them. Pure. */
export function budgetsAsTheyStand(
  budgets: readonly ListedBudget[],
  statuses: ReadonlyMap<string, StoredStatus>,
  /** Of services, by reference. */
  owners: ReadonlyMap<string, readonly string[]>,
): ReviewBudget[] {
  return budgets.flatMap(({ id, budget, fingerprint, overruledBy }) => {
    const stored = statuses.get(id);
    const status = stored?.status;
    if (!status || stored.fingerprint !== fingerprint || overruledBy) {
      return [];
    }
    const { title, scope, currency, notify, period, carryOver } = budget;
    const { start, end, limit, spent, projection } = status;
    const ownerRef = notify.at(0) ?? ownerOf(scope, owners);
    return [
      {
        id,
        ...(title !== undefined && { title }),
        scope,
        currency,
        start,
        end,
        ...(carryOver !== 'none' && {
          carriedFrom: budgetPeriodBefore(period, { start, end }).start,
        }),
        limit,
        spent,
        ...(projection.status === 'ok' && {
          forecast: {
            total: projection.total,
            low: projection.low,
            high: projection.high,
          },
        }),
        ...(ownerRef !== undefined && { ownerRef }),
      },
    ];
  });
}

function ownerOf(
  scope: ReviewBudget['scope'],
  owners: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  switch (scope.type) {
    case 'group':
      return scope.entityRef;
    case 'service':
      return owners.get(scope.entityRef)?.at(0);
    default:
      return undefined;
  }
}
