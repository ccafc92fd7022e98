import {
  BUDGET_ANNOTATION,
  BUDGET_ORIGINS,
  BudgetDefinition,
  budgetFingerprint,
  BudgetOrigin,
  budgetSubject,
  readBudgetAnnotations,
} from '@headroom/plugin-cost-common';
import { BudgetConfig, budgetProblem } from '../../core/config/readBudgets';
import { DeclaringEntity } from '../../database/budgets/BudgetScopeStore';
import { StoredBudget } from '../../database/budgets/budgetRecords';

/** A budget, wherever it is written. */
export interface ListedBudget {
  id: string;
  origin: BudgetOrigin;
  budget: BudgetDefinition;
  /** Of a budget of the page. */
  version?: number;
  /** Changes with what its evaluation stands on. */
  fingerprint: string;
  /** Why it can't be evaluated. */
  problem?: string;
  /** The budget that counts instead of it. */
  overruledBy?: string;
}

/** What ids of budgets of annotations begin with; the reference of the entity follows. */
const DECLARED = 'annotation:';

/** What an entity declares and can't be understood. */
export interface DeclarationProblem {
  entityRef: string;
  problem: string;
}

/**
 * All budgets: those of the configuration, of the page, and of annotations of entities
 * that may declare some, which are not believed otherwise: whoever registers an entity
 * writes its annotations. Of several for the same scope, length of period and basis of
 * cost only the first of that order counts. Pure.
 */
export function collectBudgets(options: {
  config: Pick<BudgetConfig, 'defined' | 'mayDeclare'>;
  stored: readonly StoredBudget[];
  declaring: readonly DeclaringEntity[];
  known: { currencies: readonly string[]; tags: readonly string[] };
}): { budgets: ListedBudget[]; problems: DeclarationProblem[] } {
  const { config, stored, declaring, known } = options;
  const problems: DeclarationProblem[] = [];
  const budgets: ListedBudget[] = [];
  const add = (
    each: Pick<ListedBudget, 'id' | 'origin' | 'budget' | 'version'>,
  ) => {
    const problem = budgetProblem(each.budget, known);
    budgets.push({
      ...each,
      fingerprint: markOf(each.budget).fingerprint,
      ...(problem !== undefined && { problem }),
    });
  };
  for (const { id, budget } of config.defined) {
    add({ id: `config:${id}`, origin: 'config', budget });
  }
  for (const { id, version, budget } of stored) {
    add({ id, origin: 'page', version, budget });
  }
  for (const entity of declaring) {
    const { entityRef } = entity;
    if (config.mayDeclare(entity.location)) {
      const read = readBudgetAnnotations(entity);
      if (read && 'problem' in read) {
        problems.push({ entityRef, problem: read.problem });
      } else if (read) {
        add({
          id: `${DECLARED}${entityRef}`,
          origin: 'annotation',
          budget: read.budget,
        });
      }
    } else {
      problems.push({
        entityRef,
        problem: `${BUDGET_ANNOTATION} does not count: headroom.cost.budgets.annotations.trustedLocations does not name where the entity is registered`,
      });
    }
  }
  return { budgets: overrule(budgets), problems };
}

/** References of the entities that declare budgets of some ids. */
export function declaredBy(ids: Iterable<string>): string[] {
  return [...ids].flatMap(id =>
    id.startsWith(DECLARED) ? [id.slice(DECLARED.length)] : [],
  );
}

/** Of definitions that are read again and again: they are never changed, but others. */
const MARKS = new WeakMap<
  BudgetDefinition,
  { fingerprint: string; subject: string }
>();

function markOf(budget: BudgetDefinition) {
  let mark = MARKS.get(budget);
  if (!mark) {
    mark = {
      fingerprint: JSON.stringify([budgetFingerprint(budget), budget]),
      subject: budgetSubject(budget),
    };
    MARKS.set(budget, mark);
  }
  return mark;
}

function overrule(budgets: ListedBudget[]): ListedBudget[] {
  const first = new Map<string, string>();
  const inOrder = [...budgets].sort(
    (a, b) =>
      BUDGET_ORIGINS.indexOf(a.origin) - BUDGET_ORIGINS.indexOf(b.origin) ||
      (a.id < b.id ? -1 : 1),
  );
  return inOrder.map(each => {
    const { subject } = markOf(each.budget);
    const winner = first.get(subject);
    if (winner === undefined) {
      first.set(subject, each.id);
      return each;
    }
    return { ...each, overruledBy: winner };
  });
}
