import { createWorder } from '@headroom/common';

/**
 * What an event of a budget says of itself, and why something isn't known. Amounts
 * are in the currency of the budget, with its code.
 *
 * @public
 */
export const BUDGET_SENTENCES = {
  spent:
    '{{spent}} of {{limit}} are spent in the period from {{start}} to {{end}}, which is {{percent}} % of the budget or more.',
  anySpend:
    '{{spent}} are spent in the period from {{start}} to {{end}}; the budget is nothing, so any spend is too much.',
  anySpendCarried:
    '{{spent}} are spent in the period from {{start}} to {{end}}; what was overspent in the period before has used up the budget, so any spend is too much.',
  anyForecast:
    '{{forecast}} are forecast for the period from {{start}} to {{end}}; the budget is nothing, so any spend is too much.',
  anyForecastCarried:
    '{{forecast}} are forecast for the period from {{start}} to {{end}}; what was overspent in the period before has used up the budget, so any spend is too much.',
  forecast:
    '{{forecast}} are forecast for the period from {{start}} to {{end}}, which is {{percent}} % of the budget of {{limit}} or more.',
  restated:
    'What is spent since {{start}} was corrected from {{before}} to {{now}}, so that {{percent}} % of the budget is not reached after all.',
  restatedForecast:
    'The costs up to {{through}} were corrected from {{before}} to {{now}}, so that {{percent}} % of the budget is not forecast any more.',
  notBegun: 'The budget counts from {{since}} on.',
  carryUnknown:
    'Nothing is carried over, because some of the days from {{start}} to {{end}} are not known.',
} as const;

/** @internal */
export const sayBudget = createWorder('budget', BUDGET_SENTENCES);
