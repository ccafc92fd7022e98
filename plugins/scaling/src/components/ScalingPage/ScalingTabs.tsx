import { TabbedLayout } from '@backstage/core-components';
import { Route, Routes } from 'react-router-dom';
import { ScalingSettingsProvider } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { LedgerPage } from '../Ledger';
import { NextPage } from '../Next';
import { NowPage } from '../Now';
import { PlanDetailPage } from '../PlanDetail';
import { PlansPage } from '../Plans';
import { PoliciesPage, PolicyPage } from '../Policies';
import { EditPolicyPage, NewPolicyPage } from '../PolicyForm';

/** The tabs of `/scaling`, below whatever header the portal gives the page. */
export function ScalingTabs() {
  const { t } = useScalingTranslation();
  return (
    <ScalingSettingsProvider>
      <TabbedLayout>
        <TabbedLayout.Route path="/now" title={t('tab.now')}>
          <NowPage />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/next" title={t('tab.next')}>
          <NextPage />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/plans" title={t('tab.plans')}>
          <Routes>
            <Route path="/:id" element={<PlanDetailPage />} />
            <Route path="*" element={<PlansPage />} />
          </Routes>
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/policies" title={t('tab.policies')}>
          <Routes>
            <Route path="/new" element={<NewPolicyPage />} />
            <Route path="/:id" element={<PolicyPage />} />
            <Route path="/:id/edit" element={<EditPolicyPage />} />
            <Route path="*" element={<PoliciesPage />} />
          </Routes>
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/ledger" title={t('tab.ledger')}>
          <LedgerPage />
        </TabbedLayout.Route>
      </TabbedLayout>
    </ScalingSettingsProvider>
  );
}
