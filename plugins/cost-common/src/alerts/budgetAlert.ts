import { addDays } from '@headroom/common';
import {
  BudgetDefinition,
  BudgetHappening,
  budgetPeriodBefore,
  describeBudgetScope,
} from '../budgets';
import { AlertSeverity, CostAlert } from './costAlert';

/** An event of a budget, with the budget as it was then. @public */
export interface BudgetOccurrence extends BudgetHappening {
  budgetId: string;
  budget: BudgetDefinition;
}

/**
 * What people are told of events of budgets, in the order in which they happened. Of
 * thresholds that one evaluation reached the highest is last, and of those that it took
 * back the lowest: what is last names a notification.
 *
 * @public
 */
export function budgetAlerts(events: readonly BudgetOccurrence[]): CostAlert[] {
  const weight = ({ kind, percent }: BudgetOccurrence) =>
    kind === 'fired' ? percent : -percent;
  return [...events]
    .sort(
      (a, b) =>
        Date.parse(a.at) - Date.parse(b.at) ||
        Date.parse(a.start) - Date.parse(b.start) ||
        weight(a) - weight(b),
    )
    .map(budgetAlert);
}

/** What people are told of an event of a budget. @public */
export function budgetAlert(event: BudgetOccurrence): CostAlert {
  const { budget, budgetId, on } = event;
  const kind = on === 'forecast' ? 'forecast' : 'budget';
  return {
    kind,
    severity: severityOf(event),
    scope: `${kind}:${budgetId}`,
    subject: budget.scope,
    notify: budget.notify,
    title: `${
      budget.title ?? `The budget of ${describeBudgetScope(budget.scope)}`
    }: ${headline(event)}`,
    sentence: event.reason.message,
    plain: withoutAmounts(event),
    link: `/cost/budgets?budget=${encodeURIComponent(budgetId)}`,
    from: firstDayOf(event),
    at: event.at,
  };
}

/** What is carried over is of the period before. */
function firstDayOf({ budget, start, end }: BudgetOccurrence): string {
  const { period, carryOver } = budget;
  return carryOver === 'none'
    ? start
    : budgetPeriodBefore(period, { start, end }).start;
}

function severityOf({ kind, on, percent }: BudgetOccurrence): AlertSeverity {
  if (kind === 'cleared') {
    return 'low';
  }
  return on === 'spent' && percent >= 100 ? 'high' : 'normal';
}

function headline(event: BudgetOccurrence): string {
  const { kind, on, percent } = event;
  if (kind === 'cleared') {
    return `${percent} % is not ${
      on === 'forecast' ? 'forecast any more' : 'spent after all'
    }`;
  }
  if (isNothing(event)) {
    return on === 'forecast' ? 'spend is forecast' : 'something is spent';
  }
  return `${percent} % is ${on === 'forecast' ? 'forecast' : 'spent'}`;
}

function withoutAmounts(event: BudgetOccurrence): string {
  const { kind, on, percent, start, end } = event;
  const span = `the period from ${start} to ${addDays(end, -1)}`;
  if (kind === 'cleared') {
    return on === 'forecast'
      ? `Costs were corrected, so that ${percent} % of the budget is not forecast any more for ${span}.`
      : `Costs were corrected, so that ${percent} % of the budget is not reached after all in ${span}.`;
  }
  if (on === 'forecast') {
    return `More than ${percent} % of the budget, or as much, is forecast for ${span}.`;
  }
  return isNothing(event)
    ? `Something is spent in ${span}, and any spend is too much.`
    : `${percent} % of the budget or more is spent in ${span}.`;
}

function isNothing({ budget }: BudgetOccurrence): boolean {
  return Number(budget.amount) === 0 && budget.carryOver === 'none';
}
