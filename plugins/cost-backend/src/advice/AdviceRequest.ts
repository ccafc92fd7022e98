import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { AdviceDecisionRequest } from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { Currencies } from '../reports/Currencies';
import { toRate, Rate } from './convert';

const SORTS = ['saving', 'confidence', 'throttled', 'oom', 'name'] as const;
const STATUSES = ['change', 'keep', 'withheld'] as const;
const MAX_PAGE = 1000;
const MAX_TEXT = 253;
const MAX_ID = 2 ** 31 - 1;
/** A snooze is not a dismissal. */
const MAX_SNOOZE_DAYS = 366;
const DAY_MS = 86_400_000;

/** What a table of advice can be sorted by. */
export type AdviceSort = (typeof SORTS)[number];

/** Which rows of the advice a caller may see are asked for. */
export interface AdviceFilter {
  /** Also rows that were decided about. */
  decided: 'hide' | 'show';
  sort: AdviceSort;
  order: 'asc' | 'desc';
  /** Text in the name of workload, container, namespace or service. */
  text?: string;
  status?: (typeof STATUSES)[number];
  cluster?: string;
  namespace?: string;
  /** Entity reference of a group. */
  owner?: string;
}

/** A report of advice that is asked for. */
export interface AdviceRequest {
  rate: Rate;
  filter: AdviceFilter;
  /** Rows; absent = all. */
  page?: { offset: number; limit: number };
}

const once = z.string({ error: 'must be given once' });
const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, {
    error: issue =>
      `is "${issue.input}"; it must be one of ${values.join(', ')}`,
  });
const whole = (name: string, from: number, to: number) =>
  once
    .refine(
      value =>
        /^\d{1,10}$/.test(value) &&
        Number(value) >= from &&
        Number(value) <= to,
      {
        error: issue =>
          `is "${issue.input}"; ${name} is a whole number from ${from} to ${to}`,
      },
    )
    .transform(Number);
const name = once
  .min(1, { error: 'must not be empty' })
  .max(MAX_TEXT, { error: `must be at most ${MAX_TEXT} characters` })
  .refine(value => !value.includes('\0'), {
    error: 'must have no NUL characters',
  });

const serviceShape = {
  currency: once.optional(),
  decided: oneOf(['hide', 'show']).default('hide'),
};
const fleetShape = {
  ...serviceShape,
  sort: oneOf(SORTS).default('saving'),
  order: oneOf(['asc', 'desc']).optional(),
  q: name.optional(),
  status: oneOf(STATUSES).optional(),
  cluster: name.optional(),
  namespace: name.optional(),
  owner: name.transform(toGroupRef).optional(),
};
const serviceSchema = z.strictObject(serviceShape);
const exportSchema = z.strictObject(fleetShape);
const fleetSchema = z.strictObject({
  ...fleetShape,
  offset: whole('offset', 0, 1_000_000).default(0),
  limit: whole('limit', 1, MAX_PAGE).default(100),
});
const detailSchema = z.strictObject({ currency: once.optional() });

const reason = z
  .string({ error: 'must be a text of 1 to 500 characters' })
  .trim()
  .min(1, { error: 'must be 1 to 500 characters; say why' })
  .max(500, { error: 'must be 1 to 500 characters' })
  .refine(value => !value.includes('\0'), {
    error: 'must have no NUL characters',
  });

/** All advice of one service. @throws InputError that names the field, its value and what is right. */
export function parseServiceAdvice(
  query: unknown,
  currencies: Currencies,
  now: Date,
): AdviceRequest {
  const { currency, decided } = parse(serviceSchema, query);
  return {
    rate: toRate(currencies.conversionTo(currency), now),
    filter: { decided, sort: 'saving', order: 'desc' },
  };
}

/** A page of the fleet's advice; errors as {@link parseServiceAdvice}. */
export function parseFleetAdvice(
  query: unknown,
  currencies: Currencies,
  now: Date,
): AdviceRequest {
  const { offset, limit, ...rest } = parse(fleetSchema, query);
  return { ...toRequest(rest, currencies, now), page: { offset, limit } };
}

/** All of the fleet's advice that matches; errors as {@link parseServiceAdvice}. */
export function parseFleetExport(
  query: unknown,
  currencies: Currencies,
  now: Date,
): AdviceRequest {
  return toRequest(parse(exportSchema, query), currencies, now);
}

/** The currency one advice is asked for in; errors as {@link parseServiceAdvice}. */
export function parseDetail(
  query: unknown,
  currencies: Currencies,
  now: Date,
): Rate {
  const { currency } = parse(detailSchema, query);
  return toRate(currencies.conversionTo(currency), now);
}

/** The container an advice is on; undefined for what can't be one. */
export function parseAdviceId(id: string): number | undefined {
  const number = /^[1-9]\d{0,9}$/.test(id) ? Number(id) : NaN;
  return number <= MAX_ID ? number : undefined;
}

/** A decision; errors as {@link parseServiceAdvice}. */
export function parseDecision(body: unknown, now: Date): AdviceDecisionRequest {
  const latest = now.getTime() + MAX_SNOOZE_DAYS * DAY_MS;
  const until = z.iso
    .datetime({
      offset: true,
      error: 'must be an instant such as 2026-02-01T00:00:00Z',
    })
    .refine(
      value => Date.parse(value) > now.getTime() && Date.parse(value) <= latest,
      {
        error: issue =>
          `is "${issue.input}"; it must lie in the future, at most ${MAX_SNOOZE_DAYS} days from now`,
      },
    )
    .transform(value => new Date(value).toISOString());
  const schema = z.discriminatedUnion(
    'state',
    [
      z.strictObject({ state: z.literal('dismissed'), reason }),
      z.strictObject({ state: z.literal('snoozed'), reason, until }),
    ],
    { error: 'must be dismissed or snoozed' },
  );
  return parse(schema, body);
}

function toRequest(
  query: z.infer<typeof exportSchema>,
  currencies: Currencies,
  now: Date,
): AdviceRequest {
  const { currency, q, order, ...filter } = query;
  return {
    rate: toRate(currencies.conversionTo(currency), now),
    filter: {
      ...filter,
      ...(q !== undefined && { text: q }),
      order: order ?? (filter.sort === 'name' ? 'asc' : 'desc'),
    },
  };
}

function toGroupRef(value: string, context: z.RefinementCtx): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(value, {
        defaultKind: 'group',
        defaultNamespace: 'default',
      }),
    ).toLocaleLowerCase('en-US');
  } catch {
    context.addIssue({
      code: 'custom',
      message: `is "${value}"; it must be a group such as group:default/shop`,
    });
    return z.NEVER;
  }
}

function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(
      schema instanceof z.ZodObject ? schema.shape : {},
    ).join(', ');
    throw new InputError(
      `${issue.keys[0]} is not known here${known && `; known are ${known}`}`,
    );
  }
  throw new InputError(
    `${issue.path.join('.') || 'The body'} ${issue.message}`,
  );
}
