import { z } from 'zod';
import { Decimal, parseDecimal } from '../bill/Decimal';

const LONGEST_NUMBER = 60;

/** A cost is a text or null, and null is not known. */
const cost = z
  .string({ error: 'must be a decimal in quotes, or null' })
  .nullish()
  .transform((text, context): Decimal | undefined => {
    if (text === null || text === undefined) {
      return undefined;
    }
    const decimal =
      text.length <= LONGEST_NUMBER ? parseDecimal(text) : undefined;
    if (!decimal) {
      context.addIssue({
        code: 'custom',
        message: 'must be a decimal in quotes such as "742.64", or null',
      });
      return z.NEVER;
    }
    return decimal;
  });

const count = z
  .number({ error: 'must be a whole number' })
  .int({ error: 'must be a whole number' })
  .min(0, { error: 'must be at least 0' })
  .nullish();

const summary = z
  .looseObject({
    totalUnsupportedResources: count,
    totalNoPriceResources: count,
    totalUsageBasedResources: count,
  })
  .nullish();

const components = z
  .array(
    z.looseObject({
      name: z.string().default(''),
      priceNotFound: z.boolean().nullish(),
    }),
  )
  .nullish();

/** What a resource consists of; subresources of theirs have the same shape. */
export interface InfracostPart {
  name: string;
  costComponents?: Array<{
    name: string;
    priceNotFound?: boolean | null;
  }> | null;
  subresources?: InfracostPart[] | null;
}

const DEEPEST = 8;

/** Bounded in depth, as what is read may be anything. */
function partSchema(depth: number): z.ZodType<InfracostPart> {
  return z.looseObject({
    name: z.string().default(''),
    costComponents: components,
    subresources: z
      .array(
        depth > 0
          ? partSchema(depth - 1)
          : z.never({ error: 'is nested too deep' }),
      )
      .nullish(),
  });
}

const resource = z.looseObject({
  name: z.string({ error: 'must be a text' }),
  monthlyCost: cost,
  costComponents: components,
  subresources: z.array(partSchema(DEEPEST)).nullish(),
});

const MOST_RESOURCES = 20_000;
const MOST_PROJECTS = 1000;

const breakdown = z
  .looseObject({
    resources: z
      .array(resource)
      .max(MOST_RESOURCES, {
        error: `must have at most ${MOST_RESOURCES} entries`,
      })
      .nullish(),
  })
  .nullish();

/**
 * What is read of a file that `infracost breakdown` or `infracost diff` writes with
 * `--format json`; the rest may be anything.
 *
 * Source: infracost.schema.json of infracost/infracost, version 0.2.
 */
export const infracostSchema = z.looseObject({
  currency: z
    .string()
    .nullish()
    .transform(code => code || 'USD')
    .refine(code => /^[A-Z]{3}$/.test(code), {
      error: 'must be an ISO 4217 code such as USD',
    }),
  projects: z
    .array(
      z.looseObject({
        name: z.string().default(''),
        metadata: z
          .looseObject({
            errors: z
              .array(z.looseObject({ message: z.string().nullish() }))
              .nullish(),
          })
          .nullish(),
        pastBreakdown: breakdown,
        breakdown,
        summary,
      }),
      { error: 'must be a list of projects' },
    )
    .max(MOST_PROJECTS, { error: `must have at most ${MOST_PROJECTS} entries` })
    .default([]),
  totalMonthlyCost: cost,
  pastTotalMonthlyCost: cost,
  diffTotalMonthlyCost: cost,
  summary,
});

/** @internal */
export type InfracostFile = z.output<typeof infracostSchema>;
/** @internal */
export type InfracostResource = z.output<typeof resource>;
