import {
  BudgetDefinition,
  budgetDefinitionSchema,
  BudgetThreshold,
} from './budgetDefinition';
import { BUDGET_WEEKDAYS } from './budgetPeriod';

/** The annotation that makes a budget; those of its details begin with it and a dash. @public */
export const BUDGET_ANNOTATION = 'headroom.io/budget';

const DETAILS = [
  'title',
  'starts',
  'zone',
  'cost',
  'carry-over',
  'thresholds',
  'since',
] as const;
type Detail = (typeof DETAILS)[number];

const AMOUNT =
  /^(\d{1,13}(?:\.\d{1,6})?)\s+([A-Z]{3})\s+(?:a|per)\s+(week|month|quarter|year)$/;
const WANTED =
  'it must be an amount, a currency and a period, such as 2500 USD a month';

const COSTS = {
  allocated: { basis: 'allocated', idle: 'separate' },
  'allocated with idle': { basis: 'allocated', idle: 'shared' },
  billed: { basis: 'billed' },
  effective: { basis: 'effective' },
} as const;

/** The annotation that a part of a budget is written in. */
const FIELDS: Record<string, string> = {
  title: keyOf('title'),
  zone: keyOf('zone'),
  carryOver: keyOf('carry-over'),
  thresholds: keyOf('thresholds'),
  since: keyOf('since'),
  percent: keyOf('thresholds'),
  day: keyOf('starts'),
  month: keyOf('starts'),
};

/**
 * Reads the budget that a catalog entity declares for itself:
 *
 * ```yaml
 * headroom.io/budget: 2500 USD a month
 * headroom.io/budget-title: The shop
 * headroom.io/budget-starts: '15' # a weekday, a day, or a month and a day such as 04-01
 * headroom.io/budget-zone: Europe/Berlin
 * headroom.io/budget-cost: allocated with idle # allocated, billed, effective
 * headroom.io/budget-carry-over: unused # none, both
 * headroom.io/budget-thresholds: 80 %, 100 %, forecast 100 %
 * headroom.io/budget-since: '2026-01-01'
 * ```
 *
 * @returns undefined where it declares none; a problem, in one sentence that names
 * the annotation, where what it says can't be understood.
 * @public
 */
export function readBudgetAnnotations(entity: {
  kind: string;
  entityRef: string;
  annotations: Readonly<Record<string, string>>;
}): { budget: BudgetDefinition } | { problem: string } | undefined {
  const { annotations } = entity;
  const text = annotations[BUDGET_ANNOTATION];
  if (text === undefined) {
    return undefined;
  }
  const unknown = Object.keys(annotations).find(
    key =>
      key.startsWith(`${BUDGET_ANNOTATION}-`) &&
      !DETAILS.some(detail => key === keyOf(detail)),
  );
  if (unknown !== undefined) {
    return { problem: `${unknown} is not known; ${knownDetails()}` };
  }
  const parts = AMOUNT.exec(text.trim());
  if (!parts) {
    return { problem: `${BUDGET_ANNOTATION} is '${text}'; ${WANTED}` };
  }
  const [, amount, currency, type] = parts;
  const detail = (name: Detail) => annotations[keyOf(name)]?.trim();
  const period = periodOf(type, detail('starts'));
  if (!period) {
    return {
      problem: `${keyOf('starts')} is '${detail('starts')}'; ${startOf(type)}`,
    };
  }
  const thresholds = thresholdsOf(detail('thresholds'));
  if (thresholds === 'wrong') {
    return {
      problem: `${keyOf('thresholds')} is '${detail(
        'thresholds',
      )}'; it must be percentages such as 80 %, 100 %, forecast 100 %`,
    };
  }
  const cost = detail('cost');
  if (cost !== undefined && !isCost(cost)) {
    return {
      problem: `${keyOf('cost')} is '${cost}'; it must be one of ${Object.keys(
        COSTS,
      ).join(', ')}`,
    };
  }
  const parsed = budgetDefinitionSchema.safeParse({
    title: detail('title'),
    scope: {
      type: entity.kind === 'group' ? 'group' : 'service',
      entityRef: entity.entityRef,
    },
    period: { ...period, zone: detail('zone') },
    amount,
    currency,
    cost: cost && COSTS[cost],
    carryOver: detail('carry-over'),
    thresholds,
    since: detail('since'),
  });
  if (parsed.success) {
    return { budget: parsed.data };
  }
  const [issue] = parsed.error.issues;
  const field = FIELDS[String(issue.path.at(-1))] ?? BUDGET_ANNOTATION;
  return { problem: `${field} ${issue.message}` };
}

function keyOf(detail: Detail): string {
  return `${BUDGET_ANNOTATION}-${detail}`;
}

function knownDetails(): string {
  return `known are ${DETAILS.map(keyOf).join(', ')}`;
}

function isCost(text: string): text is keyof typeof COSTS {
  return Object.hasOwn(COSTS, text);
}

function periodOf(type: string, starts: string | undefined) {
  if (starts === undefined) {
    return { type };
  }
  if (type === 'week') {
    const weekday = BUDGET_WEEKDAYS.find(each => each === starts);
    return weekday && { type, weekday };
  }
  if (type === 'month') {
    return /^\d{1,2}$/.test(starts) ? { type, day: Number(starts) } : undefined;
  }
  const [, month, day] = /^(\d{1,2})-(\d{1,2})$/.exec(starts) ?? [];
  return month ? { type, month: Number(month), day: Number(day) } : undefined;
}

function startOf(type: string): string {
  switch (type) {
    case 'week':
      return `it must be one of ${BUDGET_WEEKDAYS.join(', ')}`;
    case 'month':
      return 'it must be a day of the month, 1 to 31';
    default:
      return 'it must be a month and a day such as 04-01';
  }
}

function thresholdsOf(
  text: string | undefined,
): BudgetThreshold[] | undefined | 'wrong' {
  if (text === undefined) {
    return undefined;
  }
  const thresholds: BudgetThreshold[] = [];
  for (const part of text.split(',')) {
    const [, forecast, percent] =
      /^(forecast\s+)?(\d{1,4})\s*%?$/.exec(part.trim()) ?? [];
    if (percent === undefined) {
      return 'wrong';
    }
    thresholds.push({
      on: forecast ? 'forecast' : 'spent',
      percent: Number(percent),
    });
  }
  return thresholds;
}
