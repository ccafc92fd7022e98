import { Header, Page, TabbedLayout } from '@backstage/core-components';
import { useCostTranslation } from '../../useCostTranslation';
import { CostOverview } from '../CostOverview';
import { CostSources } from '../CostSources';

/** The page `/cost` with its own header, for portals on the legacy frontend system. */
export function CostPage() {
  const { t } = useCostTranslation();
  return (
    <Page themeId="tool">
      <Header title={t('title')} subtitle={t('subtitle')} />
      <TabbedLayout>
        <TabbedLayout.Route path="/overview" title={t('tab.overview')}>
          <CostOverview />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/sources" title={t('tab.sources')}>
          <CostSources />
        </TabbedLayout.Route>
      </TabbedLayout>
    </Page>
  );
}
