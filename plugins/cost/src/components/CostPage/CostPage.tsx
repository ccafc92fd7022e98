import { Header, Page } from '@backstage/core-components';
import { useCostTranslation } from '../../useCostTranslation';
import { CostTabs } from './CostTabs';

/** The page `/cost` with its own header, for portals on the legacy frontend system. */
export function CostPage() {
  const { t } = useCostTranslation();
  return (
    <Page themeId="tool">
      <Header title={t('title')} subtitle={t('subtitle')} />
      <CostTabs />
    </Page>
  );
}
