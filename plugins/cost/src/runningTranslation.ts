import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { runningMessages } from './messages/runningMessages';

/**
 * Every visible string about what runs now, before its first hour is measured; a
 * portal may give its own words or another language for it.
 *
 * @public
 */
export const costRunningTranslationRef = createTranslationRef({
  id: 'plugin.cost.running',
  messages: runningMessages,
});
