import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { HumanDuration } from '@backstage/types';
import { DAY_MS, decimalToMicros, parseQuantity } from '@headroom/common';
import {
  AdvicePolicy,
  Appetite,
  APPETITES,
} from '@headroom/plugin-cost-common';
import { parseSection, readDuration, readSchedule } from '@headroom/node';
import { z } from 'zod';
import { AdviceConfig } from './AdviceConfig';

const AT = 'headroom.cost.advice';
/** What digests are read at a time; more days cost memory and change little. */
const MAX_LOOK_BACK_DAYS = 90;

/** Lifecycles as the Backstage documentation names them. */
const LIFECYCLES: Record<string, Appetite> = {
  experimental: 'dev',
  production: 'standard',
  deprecated: 'standard',
};

const appetite = z.enum(APPETITES, {
  error: issue =>
    `is '${issue.input}'; it must be one of ${APPETITES.join(', ')}`,
});
const text = z.string().min(1, { error: 'must not be empty' });
const quantity = (example: string) =>
  z.union([z.string(), z.number()]).transform((value, context) => {
    const parsed = parseQuantity(value) ?? NaN;
    if (!(parsed > 0 && Number.isFinite(parsed))) {
      context.addIssue({
        code: 'custom',
        message: `is '${value}'; it must be a quantity above 0 such as ${example}`,
      });
      return z.NEVER;
    }
    return parsed;
  });
const money = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine(value => /^\d+(\.\d{1,6})?$/.test(value), {
    error: 'must be an amount of headroom.currency such as 1 or 0.50',
  })
  .transform(decimalToMicros);

const schema = z.object({
  minimumDays: z
    .number()
    .int()
    .min(1, { error: 'must be a whole number of days, at least 1' })
    .default(14),
  minimumCoverage: z
    .number()
    .gt(0, { error: 'must be above 0' })
    .max(1, { error: 'must be at most 1' })
    .default(0.9),
  cpuLimit: z
    .union(
      [
        z.literal('none'),
        z.strictObject({
          timesRequest: z.number().min(1, { error: 'must be at least 1' }),
        }),
      ],
      { error: "must be 'none' or { timesRequest: 2 }" },
    )
    .default('none'),
  keepGuaranteed: z
    .boolean({
      error: issue => `is '${issue.input}'; it must be true or false`,
    })
    .default(true),
  memoryLimitRatio: z
    .number()
    .min(1, { error: 'must be at least 1' })
    .default(1),
  floors: z
    .strictObject({
      cpu: quantity('10m').optional(),
      memory: quantity('32Mi').optional(),
    })
    .default({}),
  noise: z
    .strictObject({
      percent: z
        .number()
        .min(0, { error: 'must not be negative' })
        .max(100, { error: 'must be at most 100' })
        .default(5),
      perMonth: money.optional(),
    })
    .default({ percent: 5 }),
  appetite: z
    .strictObject({
      default: appetite.default('standard'),
      lifecycles: z.record(z.string(), appetite).default({}),
      rules: z
        .array(
          z
            .strictObject({
              cluster: text.optional(),
              namespace: text.optional(),
              workload: text.optional(),
              labels: z.record(z.string(), z.string()).optional(),
              appetite,
            })
            .refine(
              rule =>
                rule.cluster ||
                rule.namespace ||
                rule.workload ||
                Object.keys(rule.labels ?? {}).length > 0,
              {
                error:
                  'names no cluster, namespace, workload or label, so it would match everything; set appetite.default when that is meant',
              },
            ),
        )
        .default([]),
    })
    .default({ default: 'standard', lifecycles: {}, rules: [] }),
});

/**
 * Reads `headroom.cost.advice`: what an operator wants of rightsizing advice.
 *
 * @throws InputError that names the key, its value and what would be right.
 */
export function readAdvice(config: Config): AdviceConfig {
  const read = parseSection(AT, schema, config.getOptional(AT) ?? {});
  const { appetite: risk, floors, noise, keepGuaranteed, ...rest } = read;
  const lookBackDays = readLookBack(config, rest.minimumDays);
  const policy: AdvicePolicy = {
    ...rest,
    ...(!keepGuaranteed && { keepGuaranteed }),
    lookBackDays,
    floors: {
      cpuCores: floors.cpu ?? 0.01,
      memoryBytes: floors.memory ?? 32 * 2 ** 20,
    },
    noise: {
      ratio: noise.percent / 100,
      microsPerMonth: noise.perMonth ?? 1_000_000n,
    },
  };
  return {
    policy,
    appetite: {
      ...risk,
      lifecycles: { ...LIFECYCLES, ...risk.lifecycles },
    },
    maximumAgeMs: readDuration(config, `${AT}.frequency`, { hours: 1 }),
    // Often, and mostly nothing to do: advice is computed when it is due.
    schedule: {
      ...readSchedule(config, `${AT}.schedule`, {
        frequency: { minutes: 1 },
        timeout: { minutes: 10 },
        initialDelay: { seconds: 30 },
      }),
    },
    inventory: readSchedule(config, 'headroom.cost.inventory', {
      frequency: { minutes: 10 },
      timeout: { minutes: 5 },
      initialDelay: { seconds: 10 },
    }),
  };
}

function readLookBack(config: Config, minimumDays: number): number {
  const key = `${AT}.lookBack`;
  const fallback: HumanDuration = { days: 28 };
  const days = config.has(key)
    ? readDuration(config, key, fallback) / DAY_MS
    : Math.max(28, minimumDays);
  if (
    !Number.isInteger(days) ||
    days < minimumDays ||
    days > MAX_LOOK_BACK_DAYS
  ) {
    throw new InputError(
      `${key} comes to ${days} days; it must be whole days, at least ${AT}.minimumDays (${minimumDays}) and at most ${MAX_LOOK_BACK_DAYS}`,
    );
  }
  return days;
}
