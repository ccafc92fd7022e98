import { useApi } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { CostRulesReport } from '@headroom/plugin-cost-common';
import { Notice, Section, useReport } from '@headroom/react';
import { useCallback } from 'react';
import { costApiRef } from '../../api';
import { useRuleTranslation } from '../../useRuleTranslation';
import { LoadedSection } from '../ReportFrame';
import { OverTable } from './OverTable';
import { RuleTable } from './RuleTable';

/** Hours close one by one; a page that stays open follows. */
const REFRESH_MS = 60_000;

/** What is over a rule now, and the rules. */
export function RulesSection({ timezone }: { timezone: string }) {
  const api = useApi(costApiRef);
  const { t } = useRuleTranslation();
  const load = useCallback(
    (signal: AbortSignal) => api.getRules({ signal }),
    [api],
  );
  const { state, retry } = useReport(load, 'rules', REFRESH_MS);
  return (
    <LoadedSection title={t('title')} state={state} onRetry={retry}>
      {report => (
        <Section title={t('title')} subtitle={t('subtitle')}>
          <Missing report={report} />
          {report.over.length > 0 ? (
            <OverTable report={report} timezone={timezone} />
          ) : (
            <Nothing report={report} />
          )}
          <RuleTable report={report} />
        </Section>
      )}
    </LoadedSection>
  );
}

/** Nothing that is over is told apart from nothing that is known. */
function Nothing({ report: { rules } }: { report: CostRulesReport }) {
  const { t } = useRuleTranslation();
  const enabled = rules.filter(rule => rule.enabled);
  const judged = enabled.filter(({ through }) => through !== undefined);
  const sentence = () => {
    if (enabled.length === 0) {
      return t('allOff');
    }
    return judged.length === 0 ? t('noneYet') : t('none');
  };
  return (
    <Typography variant="body2" paragraph>
      {sentence()}
    </Typography>
  );
}

function Missing({
  report: { rules, restricted },
}: {
  report: CostRulesReport;
}) {
  const { t } = useRuleTranslation();
  const unknown = Math.max(0, ...rules.map(rule => rule.unknown));
  const hasMore = rules.some(({ unknownMore }) => unknownMore);
  return (
    <>
      {restricted && <Notice severity="info">{t('restricted')}</Notice>}
      {unknown > 0 && (
        <Notice severity="warning">{t('unknown', { count: unknown })}</Notice>
      )}
      {hasMore && <Notice severity="warning">{t('unknownMore')}</Notice>}
    </>
  );
}
