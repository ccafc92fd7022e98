import { ApiHolder } from '@backstage/core-plugin-api';
import { errorKind, errorMessage, formatMoney } from '@headroom/react';
import { decimalToMicros } from '@headroom/common';
import {
  isZone,
  readSchedule,
  refusesSchedule,
} from '@headroom/plugin-scaling-common';
import { estimatesApiRef, scalingApiRef } from '../../api';
import { checkDecided, DecisionValue } from './decideForm';
import { BudgetValue } from './HeadroomBudget';
import { estimateQuestion } from './estimateQuestion';
import { scheduleSaid } from './scheduleIssues';
import { wordsOf } from './wordsOf';

/** Where a check puts what is wrong, and what it may look at. */
interface Checked {
  addError(message: string): void;
}

interface CheckContext {
  apiHolder: ApiHolder;
  formData: Record<string, unknown>;
}

const AMOUNT = /^\d+(\.\d{1,2})?$/;
const CURRENCY = /^[A-Z]{3}$/;

/** Refuses what can't be: fewer replicas at most than at least, a share of a GPU without memory. */
export async function validateDecision(
  value: Partial<DecisionValue> | undefined,
  field: Checked,
  { apiHolder }: CheckContext,
): Promise<void> {
  // A form that was never drawn has decided nothing.
  if (!value?.kind || !value.answers) {
    return;
  }
  const { say } = await wordsOf(apiHolder);
  checkDecided(value as DecisionValue)
    .filter(({ severity }) => severity === 'error')
    .forEach(({ text }) => field.addError(say(text)));
}

/** Refuses a cluster that there isn't. */
export async function validateCluster(
  value: string | undefined,
  field: Checked,
  { apiHolder }: CheckContext,
): Promise<void> {
  if (!value) {
    return;
  }
  const { t } = await wordsOf(apiHolder);
  try {
    const settings = await apiHolder.get(scalingApiRef)?.getSettings();
    const names = settings?.clusters.map(({ name }) => name) ?? [];
    if (!names.includes(value)) {
      field.addError(
        t('stamping.cluster.unknown', { name: value, names: names.join(', ') }),
      );
    }
  } catch (error) {
    field.addError(
      t('stamping.cluster.unread', {
        name: value,
        problem: errorMessage(error as Error),
      }),
    );
  }
}

/** Refuses a time zone that there isn't. */
export async function validateTimezone(
  value: string | undefined,
  field: Checked,
  { apiHolder }: CheckContext,
): Promise<void> {
  if (value && !isZone(value)) {
    const { t } = await wordsOf(apiHolder);
    field.addError(t('stamping.timezone.unknown', { name: value }));
  }
}

/** Refuses a schedule that can't be read, and one whose windows contradict each other. */
export async function validateSchedule(
  value: string | undefined,
  field: Checked,
  { apiHolder, formData }: CheckContext,
): Promise<void> {
  if (!value) {
    return;
  }
  const { timezone } = formData;
  const zone =
    typeof timezone === 'string' && isZone(timezone) ? timezone : 'UTC';
  const { t, say } = await wordsOf(apiHolder);
  readSchedule(value, zone, { nowMs: Date.now() })
    .issues.filter(refusesSchedule)
    .forEach(issue =>
      field.addError(
        t('stamping.schedule.wrong', { problem: say(scheduleSaid(issue)) }),
      ),
    );
}

/** Refuses a budget that is none, and one that the fewest replicas exceed. */
export async function validateBudget(
  value: BudgetValue | undefined,
  field: Checked,
  { apiHolder, formData }: CheckContext,
): Promise<void> {
  const { amount = '', currency = '' } = value ?? {};
  if (!value || amount === '') {
    return;
  }
  const { t } = await wordsOf(apiHolder);
  if (!AMOUNT.test(amount)) {
    field.addError(t('stamping.budget.wrongAmount', { amount }));
    return;
  }
  if (!CURRENCY.test(currency)) {
    field.addError(t('stamping.budget.wrongCurrency', { currency }));
    return;
  }
  const question = estimateQuestion({ ...formData, budget: value });
  if (question.status !== 'ready') {
    return;
  }
  try {
    const estimate = await apiHolder
      .get(estimatesApiRef)
      ?.estimate(question.request);
    const cost = BigInt(estimate?.monthly.min ?? 0);
    if (decimalToMicros(amount) < cost) {
      field.addError(
        t('stamping.budget.tooSmall', {
          budget: formatMoney(decimalToMicros(amount), currency),
          cost: formatMoney(cost, currency),
          replicas: String(question.spec.replicas.min),
        }),
      );
    }
  } catch (error) {
    // Who may not see costs may create services all the same.
    if (errorKind(error as Error) !== 'not-allowed') {
      field.addError(
        t('stamping.budget.unread', { problem: errorMessage(error as Error) }),
      );
    }
  }
}
