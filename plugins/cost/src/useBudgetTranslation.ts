import { Said, FORECAST_SENTENCES } from '@headroom/common';
import { BUDGET_SENTENCES } from '@headroom/plugin-cost-common';
import { Translate, useTranslate, useWording } from '@headroom/react';
import { costBudgetTranslationRef } from './budgetTranslation';

/** The function that words budgets. */
export type BudgetTranslate = Translate<(typeof costBudgetTranslationRef)['T']>;

/** The words about budgets in the reader's language. */
export function useBudgetTranslation(): { t: BudgetTranslate } {
  return useTranslate(costBudgetTranslationRef);
}

const SENTENCES = { budget: BUDGET_SENTENCES, forecast: FORECAST_SENTENCES };

/** Words what the back end says of a budget in the reader's language. */
export function useBudgetWording(): (said: Said) => string {
  return useWording(costBudgetTranslationRef, SENTENCES);
}
