import { parseEntityRef } from '@backstage/catalog-model';
import {
  BudgetDefinition,
  BudgetDefinitionInput,
  budgetDefinitionSchema,
  BudgetPeriod,
  BudgetScope,
} from '@headroom/plugin-cost-common';

/** What a budget can be for. */
export const SCOPE_TYPES = [
  'group',
  'service',
  'system',
  'domain',
  'cluster',
  'namespace',
  'label',
  'tag',
] as const satisfies ReadonlyArray<BudgetScope['type']>;

export const COST_CHOICES = [
  'separate',
  'shared',
  'billed',
  'effective',
] as const;

/** A budget as a form has it: texts and choices, right or not. */
export interface BudgetFormValues {
  title: string;
  scopeType: BudgetScope['type'];
  entityRef: string;
  cluster: string;
  namespace: string;
  key: string;
  value: string;
  amount: string;
  currency: string;
  periodType: BudgetPeriod['type'];
  weekday: string;
  month: string;
  day: string;
  zone: string;
  cost: (typeof COST_CHOICES)[number];
  tax: boolean;
  credits: boolean;
  carryOver: BudgetDefinition['carryOver'];
  spentAt: string;
  forecastAt: string;
  notify: string;
}

export type BudgetField = keyof BudgetFormValues;

/** What is wrong with a field, from the verb on: "must be at most 31"; or the percentage that is there twice. */
export type BudgetFormError = string | { twice: number };

export type BudgetFormErrors = Partial<Record<BudgetField, BudgetFormError>>;

/** A form for a new budget of an entity, or of anything. */
export function newValues(
  entityRef: string | undefined,
  currency: string,
): BudgetFormValues {
  const isGroup = !entityRef || parseEntityRef(entityRef).kind === 'group';
  return {
    title: '',
    scopeType: isGroup ? 'group' : 'service',
    entityRef: entityRef ?? '',
    cluster: '',
    namespace: '',
    key: '',
    value: '',
    amount: '',
    currency,
    periodType: 'month',
    weekday: 'mon',
    month: '1',
    day: '1',
    zone: '',
    cost: 'separate',
    tax: true,
    credits: true,
    carryOver: 'none',
    spentAt: '80, 100',
    forecastAt: '100',
    notify: '',
  };
}

/** A form for a budget that there is. */
export function valuesOf(budget: BudgetDefinition): BudgetFormValues {
  const { scope, period, cost, thresholds } = budget;
  const percents = (on: 'spent' | 'forecast') =>
    thresholds
      .filter(each => each.on === on)
      .map(({ percent }) => percent)
      .join(', ');
  return {
    ...newValues(undefined, budget.currency),
    title: budget.title ?? '',
    scopeType: scope.type,
    entityRef: 'entityRef' in scope ? scope.entityRef : '',
    cluster: 'cluster' in scope ? scope.cluster ?? '' : '',
    namespace: scope.type === 'namespace' ? scope.namespace : '',
    ...(scope.type === 'label' && { key: scope.label, value: scope.value }),
    ...(scope.type === 'tag' && { key: scope.tag, value: scope.value }),
    amount: budget.amount,
    periodType: period.type,
    ...(period.type === 'week' && { weekday: period.weekday }),
    ...('month' in period && { month: String(period.month) }),
    ...('day' in period && { day: String(period.day) }),
    zone: period.zone ?? '',
    cost: cost.basis === 'allocated' ? cost.idle : cost.basis,
    ...(cost.basis !== 'allocated' && {
      tax: cost.tax,
      credits: cost.credits,
    }),
    carryOver: budget.carryOver,
    spentAt: percents('spent'),
    forecastAt: percents('forecast'),
    notify: budget.notify.join(', '),
  };
}

/**
 * The budget a form says, or what is wrong with it, by field.
 *
 * @param since - kept from the budget that is changed
 */
export function readForm(
  values: BudgetFormValues,
  since: string | undefined,
): { budget: BudgetDefinition } | { errors: BudgetFormErrors } {
  const parsed = budgetDefinitionSchema.safeParse({
    title: values.title.trim() || undefined,
    scope: scopeOf(values),
    period: periodOf(values),
    amount: values.amount.trim(),
    currency: values.currency,
    cost: costOf(values),
    carryOver: values.carryOver,
    thresholds: [
      ...percentsOf(values.spentAt, 'spent'),
      ...percentsOf(values.forecastAt, 'forecast'),
    ],
    notify: listOf(values.notify),
    since,
  } satisfies Record<keyof BudgetDefinitionInput, unknown>);
  if (parsed.success) {
    return { budget: parsed.data };
  }
  const spentCount = listOf(values.spentAt).length;
  const repeated: BudgetFormErrors = {};
  for (const field of ['spentAt', 'forecastAt'] as const) {
    const twice = twiceIn(values[field]);
    if (twice !== undefined) {
      repeated[field] = { twice };
    }
  }
  const errors: BudgetFormErrors = {};
  for (const { path, message } of parsed.error.issues) {
    const isRepeated = path.length === 1 && path[0] === 'thresholds';
    if (!isRepeated || Object.keys(repeated).length === 0) {
      errors[fieldOf(path, values, spentCount)] ??= message;
    }
  }
  return { errors: { ...errors, ...repeated } };
}

function scopeOf(values: BudgetFormValues): unknown {
  const { scopeType: type, key, value } = values;
  const cluster = values.cluster.trim();
  switch (type) {
    case 'cluster':
      return { type, cluster };
    case 'namespace':
      return {
        type,
        namespace: values.namespace,
        ...(cluster && { cluster }),
      };
    case 'label':
      return { type, label: key, value };
    case 'tag':
      return { type, tag: key, value };
    default:
      return { type, entityRef: values.entityRef };
  }
}

function periodOf(values: BudgetFormValues): unknown {
  const { periodType: type, weekday } = values;
  const zone = values.zone.trim() || undefined;
  const day = Number(values.day);
  const month = Number(values.month);
  switch (type) {
    case 'week':
      return { type, weekday, zone };
    case 'month':
      return { type, day, zone };
    default:
      return { type, month, day, zone };
  }
}

function costOf({ cost, tax, credits }: BudgetFormValues): unknown {
  return cost === 'billed' || cost === 'effective'
    ? { basis: cost, tax, credits }
    : { basis: 'allocated', idle: cost };
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map(each => each.trim())
    .filter(Boolean);
}

function percentsOf(text: string, on: 'spent' | 'forecast') {
  return listOf(text).map(each => ({
    on,
    percent: /^\d+\s*%?$/.test(each) ? Number.parseInt(each, 10) : each,
  }));
}

/** The first percentage that a list has twice. */
function twiceIn(text: string): number | undefined {
  const percents = percentsOf(text, 'spent').flatMap(({ percent }) =>
    typeof percent === 'number' ? percent : [],
  );
  return percents.find((percent, i) => percents.indexOf(percent) < i);
}

/** Where in the form a part of the budget is. */
function fieldOf(
  path: PropertyKey[],
  { forecastAt }: BudgetFormValues,
  spentCount: number,
): BudgetField {
  const [part, detail] = path;
  switch (part) {
    case 'scope':
      return detail === 'label' || detail === 'tag'
        ? 'key'
        : (detail as BudgetField);
    case 'period':
      return detail as BudgetField;
    case 'cost':
      return 'cost';
    case 'thresholds':
      return (typeof detail === 'number' && detail >= spentCount) ||
        (detail === undefined && spentCount === 0 && forecastAt !== '')
        ? 'forecastAt'
        : 'spentAt';
    default:
      return part as BudgetField;
  }
}
