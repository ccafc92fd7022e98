import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { anomalyMessages } from './messages/anomalyMessages';

/**
 * Every visible string about anomalies of cost; a portal may give its own words or
 * another language for it.
 *
 * @public
 */
export const costAnomalyTranslationRef = createTranslationRef({
  id: 'plugin.cost.anomalies',
  messages: anomalyMessages,
});
