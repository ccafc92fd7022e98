import { TabbedLayout } from '@backstage/core-components';
import { Route, Routes } from 'react-router-dom';
import { useBudgetTranslation } from '../../useBudgetTranslation';
import { useCompletionTranslation } from '../../useCompletionTranslation';
import { useCostTranslation } from '../../useCostTranslation';
import { useReviewTranslation } from '../../useReviewTranslation';
import { FleetAdvice } from '../Advice';
import { AdviceDetailPage } from '../AdviceDetail';
import { BudgetsView } from '../Budgets';
import { CompletionView } from '../Completion';
import { CostOverview } from '../CostOverview';
import { CostSources } from '../CostSources';
import { FleetGpu } from '../Gpu';
import { ReviewView } from '../Review';

/** The tabs of `/cost`, below whatever header the portal gives the page. */
export function CostTabs() {
  const { t } = useCostTranslation();
  const budgets = useBudgetTranslation();
  const review = useReviewTranslation();
  const completion = useCompletionTranslation();
  return (
    <TabbedLayout>
      <TabbedLayout.Route path="/overview" title={t('tab.overview')}>
        <CostOverview />
      </TabbedLayout.Route>
      <TabbedLayout.Route path="/gpu" title={t('tab.gpu')}>
        <FleetGpu />
      </TabbedLayout.Route>
      <TabbedLayout.Route path="/advice" title={t('tab.advice')}>
        <Routes>
          <Route path="/:id" element={<AdviceDetailPage />} />
          <Route path="*" element={<FleetAdvice />} />
        </Routes>
      </TabbedLayout.Route>
      <TabbedLayout.Route path="/budgets" title={budgets.t('title')}>
        <BudgetsView />
      </TabbedLayout.Route>
      <TabbedLayout.Route path="/review" title={review.t('title')}>
        <ReviewView />
      </TabbedLayout.Route>
      <TabbedLayout.Route path="/completion" title={completion.t('title')}>
        <CompletionView />
      </TabbedLayout.Route>
      <TabbedLayout.Route path="/sources" title={t('tab.sources')}>
        <CostSources />
      </TabbedLayout.Route>
    </TabbedLayout>
  );
}
