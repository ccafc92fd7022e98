import { addDays } from '@headroom/common';
import { AnomalyRow } from '../anomalies/anomalyReport';
import { budgetOver, budgetOverOf } from './budgetOverrun';
import { ReviewFigures } from './foldReview';
import { ReviewAction } from './review';
import { ReviewBudget } from './reviewFacts';

const MOST_ACTIONS = 3;
const DAYS_UNTIL_NEXT = 7;

/** What actions are made of. @public */
export interface ReviewActionFacts {
  figures: ReviewFigures;
  /** Those of the week. */
  anomalies: readonly AnomalyRow[];
  /** Who owns a service, by reference. */
  owners: ReadonlyMap<string, readonly string[]>;
}

/**
 * At most three things to do before the next review: budgets that are or will be
 * overspent, anomalies that are open, and what advice would save, in this order, each
 * with the largest amount first. What the review of the week before had and is still
 * to be done comes before all of it.
 *
 * @param before - what the review of the week before was made of
 * @public
 */
export function reviewActions(
  facts: ReviewActionFacts,
  before?: ReviewActionFacts,
): ReviewAction[] {
  const told = new Set(
    before ? candidates(before).slice(0, MOST_ACTIONS).map(keyOf) : [],
  );
  const all = candidates(facts).map(action => ({
    ...action,
    again: told.has(action.key),
  }));
  return [
    ...all.filter(({ again }) => again),
    ...all.filter(({ again }) => !again),
  ].slice(0, MOST_ACTIONS);
}

function keyOf({ key }: ReviewAction): string {
  return key;
}

function candidates(facts: ReviewActionFacts): ReviewAction[] {
  const { figures, anomalies } = facts;
  const base = { due: addDays(figures.end, DAYS_UNTIL_NEXT), again: false };
  const ownerOf = (entityRef: string | undefined) => {
    const [ownerRef] = (entityRef && facts.owners.get(entityRef)) || [];
    return ownerRef === undefined ? {} : { ownerRef };
  };
  const budgets = (figures.budgetRisks ?? []).map(
    (budget): ReviewAction => ({
      ...base,
      key: `budget:${budget.id}`,
      kind: 'budget',
      budgetId: budget.id,
      ...subjectOf(budget),
      amount: budgetOver(budget).toString(),
      over: budgetOverOf(budget),
      currency: budget.currency,
      ...(budget.ownerRef !== undefined && { ownerRef: budget.ownerRef }),
    }),
  );
  const open = toldOnce(anomalies).map(
    ({ kind, entityRef, firstDay, excess }): ReviewAction => ({
      ...base,
      key: `anomaly:${entityRef}:${firstDay}`,
      kind: 'anomaly',
      entityRef,
      amount: excess,
      currency: figures.currency,
      ...(kind === 'team' ? { ownerRef: entityRef } : ownerOf(entityRef)),
    }),
  );
  const advice = (figures.advice?.top ?? []).map(
    ({ entityRef, title, perMonth }): ReviewAction => ({
      ...base,
      key: `advice:${entityRef ?? ''}`,
      kind: 'advice',
      ...(entityRef !== undefined && { entityRef }),
      ...(title !== undefined && { title }),
      amount: perMonth,
      currency: figures.currency,
      ...ownerOf(entityRef),
    }),
  );
  // Budgets are in order, by how far they are over: they may have other currencies.
  return [...budgets, ...open.sort(byAmount), ...advice.sort(byAmount)];
}

/**
 * Those that are open. A team that is dear because a service is would be the same thing
 * to do, once for each group above it.
 */
function toldOnce(anomalies: readonly AnomalyRow[]): AnomalyRow[] {
  const open = anomalies.filter(({ closedAt }) => closedAt === undefined);
  const told = new Set(
    open.flatMap(({ kind, entityRef }) =>
      kind === 'service' ? [entityRef] : [],
    ),
  );
  return open.filter(({ kind, causes }) => {
    if (kind === 'service') {
      return true;
    }
    const because = causes.flatMap(cause => cause.entityRef ?? []);
    const isTold = because.some(entityRef => told.has(entityRef));
    because.forEach(entityRef => told.add(entityRef));
    return !isTold;
  });
}

function byAmount(a: ReviewAction, b: ReviewAction): number {
  return Number(BigInt(b.amount) - BigInt(a.amount));
}

function subjectOf({ scope, title }: ReviewBudget) {
  return {
    ...('entityRef' in scope && { entityRef: scope.entityRef }),
    ...(title !== undefined && { title }),
  };
}
