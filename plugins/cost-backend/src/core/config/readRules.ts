import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { decimalToMicros } from '@headroom/common';
import { parseSection } from '@headroom/node';
import {
  ALERT_SEVERITIES,
  CostRule,
  DEFAULT_RULES,
  entityRefOfKind,
  RULE_MEASURES,
  RULE_SUBJECTS,
  RuleMeasure,
} from '@headroom/plugin-cost-common';
import { z } from 'zod';

const AT = 'headroom.cost.alerts.watch';

/** Longer than that is what budgets and anomalies are for. */
const MOST_HOURS = 72;

/** A rule, and whether anybody is told of it. */
export type ConfiguredRule = CostRule & { enabled: boolean };

const decimal = (example: string) =>
  z
    .union([z.string(), z.number()], { error: `must be ${example}` })
    .transform(String)
    .refine(value => /^\d{1,12}(\.\d{1,6})?$/.test(value), {
      error: `must be ${example}`,
    });

const text = z
  .string({ error: 'must be the name of a cluster or an entity reference' })
  .trim()
  .min(1, { error: 'must not be empty' });

const entry = z.strictObject({
  measure: z
    .enum(RULE_MEASURES, {
      error: `must be one of ${RULE_MEASURES.join(', ')}`,
    })
    .optional(),
  above: decimal('a threshold such as 50').optional(),
  below: decimal('a threshold such as 50').optional(),
  heldHours: z
    .number({ error: `must be a number of hours from 1 to ${MOST_HOURS}` })
    .int({ error: 'must be a whole number of hours' })
    .min(1, { error: `must be from 1 to ${MOST_HOURS}` })
    .max(MOST_HOURS, { error: `must be from 1 to ${MOST_HOURS}` })
    .optional(),
  subjects: z
    .array(
      z.enum(RULE_SUBJECTS, {
        error: `must be one of ${RULE_SUBJECTS.join(', ')}`,
      }),
    )
    .min(1, { error: 'must not be empty' })
    .optional(),
  only: z.array(text).max(100, { error: 'must be at most 100' }).optional(),
  floor: decimal('an amount a day of headroom.currency such as 25').optional(),
  severity: z
    .enum(ALERT_SEVERITIES, {
      error: `must be one of ${ALERT_SEVERITIES.join(', ')}`,
    })
    .optional(),
  notify: z
    .array(entityRefOfKind(['group', 'user'], 'group:default/shop'))
    .max(20, { error: 'must be at most 20' })
    .optional(),
  enabled: z.boolean({ error: 'must be true or false' }).optional(),
});

type Entry = z.infer<typeof entry>;

const schema = z.record(
  z.string().regex(/^[A-Za-z0-9-]{1,63}$/, {
    error: 'must be letters, digits, dashes',
  }),
  entry,
);

/**
 * The rules that are built in, as the configuration changes them, and its own after
 * them in the order of their names.
 *
 * @throws InputError that names the key, the value and what would be right.
 */
export function readRules(config: Config): ConfiguredRule[] {
  const entries = parseSection(AT, schema, config.getOptional(AT) ?? {});
  const builtIn = DEFAULT_RULES.map(rule =>
    withEntry(rule, entries[rule.id] ?? {}),
  );
  const own = Object.keys(entries)
    .filter(id => !DEFAULT_RULES.some(rule => rule.id === id))
    .sort()
    .map(id => withEntry(ownRule(id, entries[id]), entries[id]));
  return [...builtIn, ...own];
}

/** What a rule of one's own has where it says nothing. */
function ownRule(id: string, { measure, above, below }: Entry): ConfiguredRule {
  if (measure === undefined) {
    throw new InputError(
      `${AT}.${id}.measure is not set; it must be one of ${RULE_MEASURES.join(
        ', ',
      )}, as no rule ${id} is built in`,
    );
  }
  if (above === undefined && below === undefined) {
    throw new InputError(
      `${AT}.${id} has neither above nor below; it must have one of them, such as below: 40`,
    );
  }
  const like = DEFAULT_RULES.find(rule => rule.measure === measure)!;
  return { ...like, id, enabled: true };
}

function withEntry(rule: ConfiguredRule, given: Entry): ConfiguredRule {
  const at = `${AT}.${rule.id}`;
  const { above, below, measure, heldHours, floor, ...rest } = given;
  if (above !== undefined && below !== undefined) {
    throw new InputError(
      `${at} has both above (${above}) and below (${below}); it must have one of them`,
    );
  }
  if (measure !== undefined && measure !== rule.measure) {
    throw new InputError(
      `${at}.measure is "${measure}"; it must be ${rule.measure}, which the rule that is built in under this name has, or the rule must have a name of its own`,
    );
  }
  const threshold = above ?? below;
  return {
    ...rule,
    ...withoutUndefined(rest),
    ...(heldHours !== undefined && { holdHours: heldHours }),
    ...(floor !== undefined && { floorMicros: decimalToMicros(floor) }),
    ...(threshold !== undefined && {
      side: above === undefined ? ('below' as const) : ('above' as const),
      threshold: toThreshold(
        `${at}.${above === undefined ? 'below' : 'above'}`,
        rule.measure,
        threshold,
      ),
    }),
  };
}

function toThreshold(
  key: string,
  measure: RuleMeasure,
  threshold: string,
): number {
  if (measure === 'hourly-spend') {
    return Number(decimalToMicros(threshold));
  }
  const percent = Number(threshold);
  const most = measure === 'daily-cost' ? 10_000 : 100;
  if (percent <= 0 || percent > most) {
    throw new InputError(
      `${key} is ${threshold}; it must be a percentage above 0, at most ${most}`,
    );
  }
  return percent;
}

function withoutUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => each !== undefined),
  ) as Partial<T>;
}
