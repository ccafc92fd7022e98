import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { reviewMessages } from './messages/reviewMessages';

/**
 * Every visible string of the weekly review; a portal may give its own words or another
 * language for it.
 *
 * @public
 */
export const costReviewTranslationRef = createTranslationRef({
  id: 'plugin.cost.review',
  messages: reviewMessages,
});
