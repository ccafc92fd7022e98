import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { messages } from './messages';

/**
 * Every visible string of the plugin; a portal may give its own words or
 * another language for it.
 *
 * @public
 */
export const scalingTranslationRef = createTranslationRef({
  id: 'plugin.scaling',
  messages,
});
