import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';
import { AdviceReport } from '@headroom/plugin-cost-common';
import { ExplainDialog, Section, useUrlParam } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { ADVICE_FIGURES, adviceExplanation } from './adviceExplanation';
import { AdviceHeadline } from './AdviceHeadline';
import { PoolTable } from './PoolTable';

/** Advice as a page shows it: totals, the table, the nodes that could go. */
export function AdviceReportView(props: {
  report: AdviceReport;
  fileName: string;
  /** Whether a filter is set: the table says then that no row matches. */
  filtered?: boolean;
  /** The table of rows. */
  children: ReactNode;
}) {
  const { report, fileName, filtered, children } = props;
  const { t } = useCostTranslation();
  const [origin, setOrigin] = useUrlParam('origin');
  const figure = ADVICE_FIGURES.find(candidate => candidate === origin);
  const { change, keep, withheld } = report.totals.containers;
  const empty =
    !filtered && change + keep + withheld === 0 && report.rows.length === 0;
  return (
    <>
      <AdviceHeadline report={report} onOrigin={setOrigin} />
      <Section
        title={t('advice.table.title')}
        subtitle={t('advice.table.subtitle')}
      >
        {empty && (
          <Typography variant="body2" gutterBottom>
            {t('advice.state.nothing')}
          </Typography>
        )}
        {children}
      </Section>
      <PoolTable
        pools={report.pools}
        currency={report.currency}
        fileName={fileName}
      />
      <ExplainDialog
        explanation={figure && adviceExplanation(figure, report, t)}
        onClose={() => setOrigin(undefined)}
      />
    </>
  );
}
