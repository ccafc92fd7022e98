import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { AdviceDecisionRequest } from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { isSaid, once, oneOf, parseInput, said, textOf } from '@headroom/node';
import { DAY_MS } from '@headroom/common';
import {
  ADVICE_SORTS,
  ADVICE_STATUSES,
  AdviceFilter,
} from '../../database/adviceQuery';
import { Currencies } from '../../core/Currencies';
import { pageQuery } from '../../core/pageQuery';
import { toRate, Rate } from '../../core/rate';

const MAX_TEXT = 253;
const MAX_ID = 2 ** 31 - 1;
/** A snooze is not a dismissal. */
const MAX_SNOOZE_DAYS = 366;

/** A report of advice that is asked for. */
export interface AdviceRequest {
  rate: Rate;
  filter: AdviceFilter;
  /** Rows; absent = all. */
  page?: { offset: number; limit: number };
}

const name = textOf(MAX_TEXT);

const inCurrency = once
  .optional()
  .describe('ISO 4217, one of those in the settings; else the stored one.');
const serviceShape = {
  currency: inCurrency,
  decided: oneOf(['hide', 'show'])
    .default('hide')
    .describe(
      'Whether advice that was dismissed or snoozed is among the rows.',
    ),
};
const fleetShape = {
  ...serviceShape,
  sort: oneOf(ADVICE_SORTS).default('saving'),
  order: oneOf(['asc', 'desc'])
    .optional()
    .describe('Else `asc` of names, `desc` of figures.'),
  q: name
    .optional()
    .describe('Text in the name of container, workload, namespace or cluster.'),
  status: oneOf(ADVICE_STATUSES).optional(),
  cluster: name.optional(),
  namespace: name.optional(),
  owner: name
    .transform(toGroupRef)
    .optional()
    .describe('Group that owns the services, e.g. `group:default/shop`.'),
};
/** What the advice on one service can be asked for. */
export const serviceAdviceQuery = z.strictObject(serviceShape);
/** What all advice that matches can be asked for. */
export const fleetAdviceExportQuery = z.strictObject(fleetShape);
/** What a page of the advice that matches can be asked for. */
export const fleetAdviceQuery = z.strictObject({
  ...fleetShape,
  ...pageQuery,
});
/** What one advice can be asked for. */
export const adviceDetailQuery = z.strictObject({ currency: inCurrency });

const decisionSchema = z.looseObject({
  state: oneOf(['dismissed', 'snoozed']),
});
const dismissedSchema = z.strictObject({
  state: z.literal('dismissed'),
  reason: textOf(500, 'it must say why, in 1 to 500 characters'),
});
const snoozedSchema = (now: Date) =>
  dismissedSchema.extend({
    state: z.literal('snoozed'),
    until: futureInstant(now),
  });
/** A decision as it is documented; `until` is checked against the clock. */
export const decisionBody = z.union([
  dismissedSchema,
  snoozedSchema(new Date(0)),
]);

/** All advice of one service. @throws InputError that names the field, its value and what is right. */
export function parseServiceAdvice(
  query: unknown,
  currencies: Currencies,
  now: Date,
): AdviceRequest {
  const { currency, decided } = parseInput(serviceAdviceQuery, query);
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
  const { offset, limit, ...rest } = parseInput(fleetAdviceQuery, query);
  return { ...toRequest(rest, currencies, now), page: { offset, limit } };
}

/** All of the fleet's advice that matches; errors as {@link parseServiceAdvice}. */
export function parseFleetExport(
  query: unknown,
  currencies: Currencies,
  now: Date,
): AdviceRequest {
  return toRequest(parseInput(fleetAdviceExportQuery, query), currencies, now);
}

/** The currency one advice is asked for in; errors as {@link parseServiceAdvice}. */
export function parseDetail(
  query: unknown,
  currencies: Currencies,
  now: Date,
): Rate {
  const { currency } = parseInput(adviceDetailQuery, query);
  return toRate(currencies.conversionTo(currency), now);
}

/** The container an advice is on; undefined for what can't be one. */
export function parseAdviceId(id: string): number | undefined {
  const number = /^[1-9]\d{0,9}$/.test(id) ? Number(id) : NaN;
  return number <= MAX_ID ? number : undefined;
}

/** For callers who may not see an advice, too: they are not told that it is there. */
export function noSuchAdvice(id: string): NotFoundError {
  return new NotFoundError(
    `There is no advice ${said(
      id,
    )}; the container is gone, or no advice has been computed for it yet`,
  );
}

/** A decision; errors as {@link parseServiceAdvice}. */
export function parseDecision(body: unknown, now: Date): AdviceDecisionRequest {
  const { state } = parseInput(decisionSchema, body);
  return state === 'snoozed'
    ? parseInput(snoozedSchema(now), body)
    : parseInput(dismissedSchema, body);
}

function futureInstant(now: Date) {
  const latest = now.getTime() + MAX_SNOOZE_DAYS * DAY_MS;
  const wanted = 'it must be an instant such as 2026-02-01T00:00:00Z';
  return z.iso
    .datetime({
      offset: true,
      error: ({ input }) => `${isSaid(input)}; ${wanted}`,
    })
    .refine(
      value => Date.parse(value) > now.getTime() && Date.parse(value) <= latest,
      {
        error: ({ input }) =>
          `${isSaid(
            input,
          )}; it must lie in the future, at most ${MAX_SNOOZE_DAYS} days from now`,
      },
    )
    .transform(value => new Date(value).toISOString());
}

function toRequest(
  query: z.infer<typeof fleetAdviceExportQuery>,
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
      message: `${isSaid(
        value,
      )}; it must be a group such as group:default/shop`,
    });
    return z.NEVER;
  }
}
