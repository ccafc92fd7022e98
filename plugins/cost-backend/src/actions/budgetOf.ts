import {
  BudgetRow,
  budgetShareSpent,
  describeBudgetScope,
} from '@headroom/plugin-cost-common';
import { decimalToMicros } from '@headroom/common';
import { BudgetPages } from '../features/budgets/BudgetPages';
import { entityInput, limitInput, refOf } from './inputs';
import {
  moneyIn,
  moneyOutput,
  notesOf,
  notesOutput,
  percentOf,
  SIMULATED,
} from './outputs';
import { READS, RegisterAction } from './RegisterAction';

/** How the budgets of a service, a team or everything stand. */
export function budgetOf({ pages }: { pages: BudgetPages }): RegisterAction {
  return registry =>
    registry.register({
      name: 'budget-of',
      title: 'Budgets of a service, a team or everything',
      description:
        'How budgets stand: how much they are, what is spent and left in this period, what will be spent by its end, and which thresholds are reached. Of a team with the budgets of groups below it and of their services. The one of which most is spent comes first.',
      attributes: READS,
      schema: {
        input: zod =>
          zod
            .object({
              entityRef: entityInput(zod, 'budgets'),
              limit: limitInput(zod, 20, 100),
            })
            .strict(),
        output: zod => {
          const money = moneyOutput(zod);
          return zod.object({
            of: zod.string(),
            budgets: zod.array(
              zod.object({
                id: zod.string(),
                title: zod.string().optional(),
                for: zod.string(),
                cost: zod.string().describe('Which cost counts.'),
                amount: money,
                period: zod
                  .object({
                    type: zod.string(),
                    start: zod.string().optional(),
                    end: zod
                      .string()
                      .optional()
                      .describe('Day after the last.'),
                  })
                  .describe('The one that runs.'),
                carriedOver: money.optional(),
                spent: money.optional(),
                left: money.optional().describe('Negative when overspent.'),
                spentPercent: zod.number().optional(),
                forecast: zod
                  .object({
                    likely: money,
                    least: money,
                    most: money,
                    confidencePercent: zod.number(),
                  })
                  .optional()
                  .describe('Spent by the end of the period.'),
                thresholds: zod.array(
                  zod.object({
                    on: zod.enum(['spent', 'forecast']),
                    percent: zod.number(),
                    isReached: zod.boolean().optional(),
                  }),
                ),
                overspentSince: zod.string().optional(),
                notified: zod.array(zod.string()),
                evaluatedAt: zod.string().optional(),
                notes: notesOutput(zod),
              }),
            ),
            budgetsLeftOut: zod.number(),
            notes: notesOutput(zod),
          });
        },
      },
      action: async ({ input: { entityRef, limit }, credentials }) => {
        const ref = entityRef === undefined ? undefined : refOf(entityRef);
        const list = await pages.list(
          ref === undefined ? undefined : { entityRef: ref },
          { sort: 'spent', order: 'desc', offset: 0, limit },
          credentials,
        );
        return {
          output: {
            of: ref ?? 'everything that you may see',
            budgets: list.budgets.map(answerOf),
            budgetsLeftOut: list.totalRows - list.budgets.length,
            notes: notesOf([
              list.totalRows === 0 &&
                'There is no budget for it, or none of which you may see all that is spent.',
              // Not so of an entity that is asked for: it would tell that it has one.
              ref === undefined &&
                list.restricted &&
                'Some budgets are for what you may not see.',
              list.simulated && SIMULATED,
            ]),
          },
        };
      },
    });
}

function answerOf(row: BudgetRow) {
  const { id, budget, status, problem, overruledBy, notified } = row;
  const money = moneyIn(budget.currency);
  const { cost } = budget;
  const base = {
    id,
    ...(budget.title !== undefined && { title: budget.title }),
    for: describeBudgetScope(budget.scope),
    cost: costOf(cost),
    amount: money(decimalToMicros(budget.amount)),
    notified,
  };
  const overruled =
    overruledBy !== undefined &&
    `The budget ${overruledBy} is for the same and counts instead.`;
  if (!status) {
    return {
      ...base,
      period: { type: budget.period.type },
      thresholds: budget.thresholds,
      notes: notesOf([
        problem ?? 'It was not evaluated yet, so what is spent is not known.',
        overruled,
      ]),
    };
  }
  const { projection } = status;
  const left = BigInt(status.limit) - BigInt(status.spent);
  return {
    ...base,
    period: {
      type: budget.period.type,
      start: status.start,
      end: status.end,
    },
    // What is not known is not carried over, which is not the same as nothing.
    ...(!status.carryProblem && { carriedOver: money(status.carried) }),
    spent: money(status.spent),
    left: money(left),
    ...(BigInt(status.limit) > 0n && {
      spentPercent: percentOf(budgetShareSpent(status)),
    }),
    ...(projection.status === 'ok' && {
      forecast: {
        likely: money(projection.total),
        least: money(projection.low),
        most: money(projection.high),
        confidencePercent: projection.confidence * 100,
      },
    }),
    thresholds: status.thresholds.map(({ on, percent, isReached }) => ({
      on,
      percent,
      ...(isReached !== undefined && { isReached }),
    })),
    ...(status.breachedOn !== undefined && {
      overspentSince: status.breachedOn,
    }),
    evaluatedAt: status.evaluatedAt,
    notes: notesOf([
      problem,
      overruled,
      status.carryProblem?.message,
      status.incompleteDays > 0 &&
        `Not all of the cost of ${status.incompleteDays} ${
          status.incompleteDays === 1 ? 'day' : 'days'
        } is known yet; the rest of it is not in what is spent.`,
      projection.status !== 'ok' && projection.reason,
    ]),
  };
}

function costOf(cost: BudgetRow['budget']['cost']): string {
  if (cost.basis === 'allocated') {
    return cost.idle === 'shared'
      ? 'allocated, with its share of idle capacity'
      : 'allocated, without idle capacity';
  }
  const tax = cost.tax ? 'with tax' : 'without tax';
  const credits = cost.credits ? 'with credits' : 'without credits';
  return `${cost.basis} by the provider, ${tax}, ${credits}`;
}
