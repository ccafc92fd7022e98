import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { Helmet } from 'react-helmet';
import { useScalingTranslation } from '../../useScalingTranslation';

/** Puts `Now | Scaling | <portal>` into the browser's tab, as the header of the legacy frontend system does. */
export function PageTitle() {
  const { t } = useScalingTranslation();
  const portal = useApi(configApiRef).getOptionalString('app.title');
  const title = [t('title'), portal].filter(Boolean).join(' | ');
  return <Helmet titleTemplate={`%s | ${title}`} defaultTitle={title} />;
}
