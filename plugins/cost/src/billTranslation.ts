import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { billMessages } from './messages/billMessages';

/**
 * Every visible string about bills of providers; a portal may give its own words or
 * another language for it.
 *
 * @public
 */
export const costBillTranslationRef = createTranslationRef({
  id: 'plugin.cost.bill',
  messages: billMessages,
});
