import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { budgetMessages } from './messages/budgetMessages';

/**
 * Every visible string about budgets; a portal may give its own words or another
 * language for it.
 *
 * @public
 */
export const costBudgetTranslationRef = createTranslationRef({
  id: 'plugin.cost.budget',
  messages: budgetMessages,
});
