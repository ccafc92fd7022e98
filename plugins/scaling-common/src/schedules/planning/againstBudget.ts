import { Wish } from '../../policies/Wish';
import { sayPlan } from '../../sentences/planSentences';
import {
  budgetAgainstZero,
  leastAvailableOf,
} from '../../targets/disruptionBudgets';
import { ScalingTarget, subjectOf } from '../../targets/ScalingTarget';
import { withheld } from './preconditions';
import { Withheld } from './SchedulePlan';

/** A budget that says no: what was wanted isn't, and the workload is as its owner has it. @internal */
export function againstBudget(
  target: ScalingTarget,
  wish: Wish,
): Withheld | undefined {
  const { budgets } = target;
  const subject = subjectOf(target);
  if (wish.type === 'zero' && target.workload.kind !== 'CronJob') {
    const budget = budgetAgainstZero(budgets);
    return budget
      ? withheld(
          'budget',
          sayPlan('budget', { subject, replicas: 0, budget: budget.name }),
        )
      : undefined;
  }
  const most =
    wish.type === 'fixed'
      ? wish.replicas
      : (wish.type === 'bounds' && wish.ceiling) || Infinity;
  const least = leastAvailableOf(budgets);
  const budget = budgets.find(
    ({ minAvailable }) => Number(minAvailable) === least,
  );
  return most < least && budget
    ? withheld(
        'budget',
        sayPlan('budget', { subject, replicas: most, budget: budget.name }),
      )
    : undefined;
}
