import { z } from 'zod';

const amount = z
  .string({ error: 'must be an amount in quotes such as "100"' })
  .regex(/^\d{1,13}(\.\d{1,6})?$/, {
    error: 'must be an amount such as 100 or 99.50, without a sign',
  });

const tier = z
  .strictObject({
    increase: amount
      .optional()
      .describe('More a month than this, in the currency of the run.'),
    percent: z
      .number({ error: 'must be a number of percent' })
      .min(0, { error: 'must be at least 0' })
      .max(100_000, { error: 'must be at most 100000' })
      .optional()
      .describe('More than this of what is paid before, in percent.'),
    budget: z
      .boolean({ error: 'must be true or false' })
      .default(false)
      .describe('More than the budget of the owner has left.'),
  })
  .default({ budget: false });

/**
 * When a change is warned of, and when it is denied. What a tier leaves out it does
 * not ask for.
 *
 * @public
 */
export const guardPolicySchema = z.strictObject({
  judge: z
    .enum(['fewest', 'most'], { error: 'must be one of fewest, most' })
    .default('most')
    .describe(
      'Which end of the range of the difference is judged: the least that it may be (fewest), or the most.',
    ),
  warn: tier,
  deny: tier,
  commentFrom: amount
    .default('0')
    .describe(
      'A change that is fine and costs or saves less a month has no comment.',
    ),
  ask: z
    .string()
    .trim()
    .min(1, { error: 'must not be empty' })
    .max(100, { error: 'must have at most 100 characters' })
    .optional()
    .describe('Whom to ask when it is too much, such as a team.'),
});

/** @public */
export type GuardPolicy = z.output<typeof guardPolicySchema>;

/** As somebody may write it: what has a default may be left out. @public */
export type GuardPolicyInput = z.input<typeof guardPolicySchema>;
