import { TabbedLayout } from '@backstage/core-components';
import { useCostTranslation } from '../../useCostTranslation';
import { CostOverview } from '../CostOverview';
import { CostSources } from '../CostSources';

/** The two tabs of `/cost`, below whatever header the portal gives the page. */
export function CostTabs() {
  const { t } = useCostTranslation();
  return (
    <TabbedLayout>
      <TabbedLayout.Route path="/overview" title={t('tab.overview')}>
        <CostOverview />
      </TabbedLayout.Route>
      <TabbedLayout.Route path="/sources" title={t('tab.sources')}>
        <CostSources />
      </TabbedLayout.Route>
    </TabbedLayout>
  );
}
