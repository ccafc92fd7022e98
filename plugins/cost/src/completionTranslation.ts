import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { completionMessages } from './messages/completionMessages';

/**
 * Every visible string of the completion report; a portal may give its own words or
 * another language for it.
 *
 * @public
 */
export const costCompletionTranslationRef = createTranslationRef({
  id: 'plugin.cost.completion',
  messages: completionMessages,
});
