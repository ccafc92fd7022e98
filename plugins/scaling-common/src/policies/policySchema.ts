import { z } from 'zod';
import { Policy, PolicyOverride } from './Policy';
import { PolicyScope, TargetFilter } from './PolicyScope';
import { scheduleSchema, wishSchema } from './scheduleSchema';

const name = z.string().min(1, 'empty').max(300, 'long');
const names = z.array(name).min(1, 'emptyList');
const entityRef = z
  .string()
  .regex(/^[^\s:/]+:[^\s:/]+\/[^\s:/]+$/, 'entityRef');
const instant = z
  .string()
  .refine(
    text => /(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)),
    'instant',
  )
  .transform(text => new Date(text).toISOString());
const count = z.number().int('whole').min(1, 'least');

const scopeSchema: z.ZodType<PolicyScope, unknown> = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      type: z.literal('workload'),
      namespace: name,
      kind: name,
      name,
    }),
    z.strictObject({
      type: z.literal('selector'),
      selector: name,
      namespaces: names.optional(),
    }),
    z.strictObject({ type: z.literal('service'), entityRef }),
    z.strictObject({ type: z.literal('namespace'), namespace: name }),
    z.strictObject({ type: z.literal('system'), entityRef }),
    z.strictObject({ type: z.literal('team'), entityRef }),
    z.strictObject({ type: z.literal('all') }),
  ],
);

const filterSchema: z.ZodType<TargetFilter, unknown> = z.strictObject({
  clusters: names.optional(),
  namespaces: names.optional(),
  kinds: names.optional(),
  names: names.optional(),
  selector: name.optional(),
});

/** An override; it always has an owner, a reason and an end (S10). @public */
export const overrideSchema: z.ZodType<PolicyOverride, unknown> =
  z.strictObject({
    id: name,
    direction: z.enum(['up', 'down']),
    floor: count.optional(),
    ceiling: z.number().int('whole').min(0, 'least').optional(),
    targets: filterSchema.optional(),
    owner: name,
    reason: name,
    from: instant,
    until: instant,
  });

/**
 * The shape of a policy; what may be left out is filled. What it means is checked by
 * `checkPolicy`.
 *
 * @public
 */
export const policySchema: z.ZodType<Policy, unknown> = z.strictObject({
  id: name,
  title: name,
  by: name.optional(),
  origin: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('config') }),
      z.strictObject({
        type: z.literal('annotation'),
        on: z.enum(['workload', 'entity']),
        of: name,
      }),
      z.strictObject({ type: z.literal('page') }),
    ])
    .default({ type: 'config' }),
  scope: scopeSchema,
  clusters: names.optional(),
  mode: z.enum(['observe', 'propose', 'enforce']).default('observe'),
  schedules: z.array(scheduleSchema).max(20, 'many').default([]),
  outside: wishSchema.default({ type: 'untouched' }),
  exclusions: z
    .array(
      z.strictObject({
        targets: filterSchema,
        reason: name.optional(),
        until: instant.optional(),
      }),
    )
    .max(200, 'many')
    .default([]),
  overrides: z.array(overrideSchema).max(200, 'many').default([]),
  graceMinutes: z
    .number()
    .min(0, 'least')
    .max(7 * 24 * 60, 'most')
    .default(15),
  lead: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('measured') }),
      z.strictObject({
        type: z.literal('fixed'),
        seconds: z.number().min(0, 'least').max(86_400, 'most'),
      }),
      z.strictObject({ type: z.literal('none') }),
    ])
    .default({ type: 'measured' }),
  twoPersons: z.boolean().default(false),
  limits: z
    .strictObject({
      actionsPerRun: count.optional(),
      percentPerRun: z.number().min(0, 'least').max(100, 'most').optional(),
      actionsPerDay: count.optional(),
    })
    .default({}),
});
