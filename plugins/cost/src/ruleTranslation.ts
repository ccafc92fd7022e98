import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { ruleMessages } from './messages/ruleMessages';

/**
 * Every visible string about rules of cost; a portal may give its own words or another
 * language for it.
 *
 * @public
 */
export const costRuleTranslationRef = createTranslationRef({
  id: 'plugin.cost.rules',
  messages: ruleMessages,
});
