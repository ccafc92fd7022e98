import {
  completionMarkdown,
  CompletionReport,
  CompletionWindow,
} from '@headroom/plugin-cost-common';
import {
  entityName,
  formatDayRange,
  formatInstant,
  formatMoney,
  formatMonth,
  Notice,
  Section,
  useColumn,
} from '@headroom/react';
import { useCompletionTranslation } from '../../useCompletionTranslation';
import { PrintedReport, ReportTools } from '../ReportTools';
import { CompletionCosts } from './CompletionCosts';
import { CompletionFigures } from './CompletionFigures';
import { CompletionLevels } from './CompletionLevels';
import { useSavingRows } from './useSavingRows';

function baselineText({ start, end, month }: CompletionWindow): string {
  return month === undefined ? formatDayRange(start, end) : formatMonth(start);
}

/** A completion report: figures first, then where the change comes from, then service levels. */
export function CompletionReportPage({ report }: { report: CompletionReport }) {
  const { baseline, now, timezone, madeAt } = report;
  const column = useColumn();
  const { t } = useCompletionTranslation();
  const savings = useSavingRows();
  return (
    <PrintedReport className={column.root}>
      <Section
        title={t('heading', {
          now: formatDayRange(now.start, now.end),
          baseline: baselineText(baseline),
        })}
        subtitle={t('subtitle', {
          timezone,
          at: formatInstant(madeAt, timezone),
        })}
        action={
          <ReportTools
            markdown={() =>
              completionMarkdown(report, {
                amount: formatMoney,
                nameOf: entityName,
                savings: savings?.summary.measured,
              })
            }
          />
        }
      >
        <Remarks report={report} />
      </Section>
      <CompletionFigures report={report} savings={savings?.summary} />
      <CompletionCosts report={report} saved={savings?.byService} />
      <CompletionLevels levels={report.levels} />
    </PrintedReport>
  );
}

/** What to know before reading. */
function Remarks({ report }: { report: CompletionReport }) {
  const { baseline, now, monthMissing, restricted, simulated } = report;
  const { t } = useCompletionTranslation();
  return (
    <>
      {simulated && <Notice severity="info">{t('simulated')}</Notice>}
      {restricted && <Notice severity="info">{t('restricted')}</Notice>}
      {monthMissing !== undefined && (
        <Notice severity="warning">
          {t('monthMissing', { month: monthMissing })}
        </Notice>
      )}
      {baseline.month === undefined && (
        <Notice severity="info">
          {t('noMonth', { days: String(baseline.days) })}
        </Notice>
      )}
      {baseline.leftOut + now.leftOut > 0 && (
        <Notice severity="info">
          {t('leftOut', {
            before: String(baseline.leftOut),
            after: String(now.leftOut),
          })}
        </Notice>
      )}
    </>
  );
}
