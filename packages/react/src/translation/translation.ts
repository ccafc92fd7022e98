import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { messages } from './messages';

/**
 * Every visible string of the components that all of Headroom's pages share; a
 * portal may give its own words or another language for it.
 *
 * @public
 */
export const headroomTranslationRef = createTranslationRef({
  id: 'headroom',
  messages,
});
