import { decimalToMicros, validDay } from '@headroom/common';
import { z } from 'zod';
import { budgetPeriodSchema } from './budgetPeriod';
import {
  budgetScopeKey,
  budgetScopeSchema,
  entityRefOfKind,
} from './budgetScope';

const MOST_THRESHOLDS = 20;
const MOST_NOTIFIED = 20;
/** Of one unit of a currency: more is a typing error. */
const MOST_AMOUNT = 1_000_000_000_000n * 1_000_000n;

/** A threshold fires when this part of the budget is spent, or will be by its end. @public */
export const budgetThresholdSchema = z.strictObject({
  on: z.enum(['spent', 'forecast'], {
    error: 'must be one of spent, forecast',
  }),
  percent: z
    .number({ error: 'must be a number of percent' })
    .int({ error: 'must be a whole number of percent' })
    .min(1, { error: 'must be at least 1' })
    .max(1000, { error: 'must be at most 1000' }),
});

/** @public */
export type BudgetThreshold = z.infer<typeof budgetThresholdSchema>;

/** What a budget has where it says nothing of thresholds. @public */
export const DEFAULT_BUDGET_THRESHOLDS: BudgetThreshold[] = [
  { on: 'spent', percent: 80 },
  { on: 'spent', percent: 100 },
  { on: 'forecast', percent: 100 },
];

/**
 * Which cost counts. `allocated`: what nodes cost by their prices, without capacity
 * that was given to nobody, or with it shared among those who run on it. `billed`
 * and `effective`: what providers charge, invoiced or spread over what it paid for,
 * each with or without tax and credits.
 *
 * @public
 */
export const budgetCostSchema = z.discriminatedUnion('basis', [
  z.strictObject({
    basis: z.literal('allocated'),
    idle: z
      .enum(['separate', 'shared'], {
        error: 'must be one of separate, shared',
      })
      .default('separate'),
  }),
  z.strictObject({
    basis: z.enum(['billed', 'effective']),
    tax: z.boolean().default(true),
    credits: z.boolean().default(true),
  }),
]);

/** @public */
export type BudgetCost = z.infer<typeof budgetCostSchema>;

const amount = z
  .string({ error: 'must be an amount such as 2500' })
  .regex(/^\d{1,13}(\.\d{1,6})?$/, {
    error: 'must be an amount such as 2500 or 99.50, without a sign',
    // What is no amount can't be compared with one.
    abort: true,
  })
  .refine(value => decimalToMicros(value) <= MOST_AMOUNT, {
    error: 'must be at most 1000000000000',
  });

/**
 * A budget: what it is for, how long, how much. Money is a decimal in `currency`;
 * an amount of 0 means that any spend is too much.
 *
 * @public
 */
export const budgetDefinitionSchema = z
  .strictObject({
    title: z
      .string()
      .trim()
      .min(1, { error: 'must not be empty' })
      .max(100, { error: 'must have at most 100 characters' })
      .refine(value => !value.includes('\0'), {
        error: 'must have no NUL characters',
      })
      .optional(),
    scope: budgetScopeSchema,
    period: budgetPeriodSchema,
    amount,
    currency: z
      .string({ error: 'must be an ISO 4217 code such as USD' })
      .regex(/^[A-Z]{3}$/, { error: 'must be an ISO 4217 code such as USD' }),
    cost: budgetCostSchema.default({ basis: 'allocated', idle: 'separate' }),
    /** What was left over (`unused`), or that and what was overspent (`both`), of the period just before. */
    carryOver: z
      .enum(['none', 'unused', 'both'], {
        error: 'must be one of none, unused, both',
      })
      .default('none'),
    thresholds: z
      .array(budgetThresholdSchema)
      .max(MOST_THRESHOLDS, {
        error: `must be at most ${MOST_THRESHOLDS} thresholds`,
      })
      .refine(
        all =>
          new Set(all.map(({ on, percent }) => `${on} ${percent}`)).size ===
          all.length,
        { error: 'must not hold the same threshold twice' },
      )
      .default(DEFAULT_BUDGET_THRESHOLDS),
    /** Groups and users who are told; empty = the owner of what the budget is for. */
    notify: z
      .array(entityRefOfKind(['group', 'user'], 'group:default/shop'))
      .max(MOST_NOTIFIED, { error: `must be at most ${MOST_NOTIFIED}` })
      .default([]),
    /** The first day that counts, `YYYY-MM-DD`: nothing is carried over from before. */
    since: z
      .string()
      .refine(validDay, { error: 'must be a day such as 2026-01-31' })
      .optional(),
  })
  .superRefine(({ scope, cost }, context) => {
    if (scope.type === 'tag' && cost.basis === 'allocated') {
      context.addIssue({
        code: 'custom',
        path: ['cost', 'basis'],
        message:
          'must be billed or effective, as tags are on charges of a bill',
      });
    }
  });

/** @public */
export type BudgetDefinition = z.infer<typeof budgetDefinitionSchema>;

/** A budget as somebody may write it: what has a default may be left out. @public */
export type BudgetDefinitionInput = z.input<typeof budgetDefinitionSchema>;

/**
 * Tells whether two budgets would say the same thing twice: they are for the same
 * scope, length of period and basis of cost, whatever that is with or without. Of those
 * only one counts.
 *
 * @public
 */
export function budgetSubject({
  scope,
  period,
  cost,
}: BudgetDefinition): string {
  return `${budgetScopeKey(scope)} ${period.type} ${cost.basis}`;
}

/**
 * What thresholds were fired for, beside the period: when it is another, they are
 * armed again.
 *
 * @public
 */
export function budgetFingerprint(budget: BudgetDefinition): string {
  const { amount: decimal, currency, scope, cost } = budget;
  return JSON.stringify([
    decimalToMicros(decimal).toString(),
    currency,
    budgetScopeKey(scope),
    cost,
  ]);
}
