import { Header, Page } from '@backstage/core-components';
import { useScalingTranslation } from '../../useScalingTranslation';
import { ScalingTabs } from './ScalingTabs';

/** The page `/scaling` with its own header, for portals on the legacy frontend system. */
export function ScalingPage() {
  const { t } = useScalingTranslation();
  return (
    <Page themeId="tool">
      <Header title={t('title')} subtitle={t('subtitle')} />
      <ScalingTabs />
    </Page>
  );
}
