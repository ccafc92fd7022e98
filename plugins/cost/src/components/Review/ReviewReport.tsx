import { Review } from '@headroom/plugin-cost-common';
import {
  formatInstant,
  formatMoney,
  formatMoneyChange,
  Notice,
  Section,
  toMicros,
  useColumn,
} from '@headroom/react';
import { ReactNode } from 'react';
import { useReviewTranslation } from '../../useReviewTranslation';
import { PrintedReport } from '../ReportTools';
import { ActionList } from './ActionList';
import { AnomalyTable } from './AnomalyTable';
import { BudgetRisks } from './BudgetRisks';
import { ReviewFigures } from './ReviewFigures';
import { ReviewMovers } from './ReviewMovers';
import { ReviewTools } from './ReviewTools';
import { SavingSection } from './SavingSection';
import { UnitCostTable } from './UnitCostTable';
import { useMeasuredSavings } from './useMeasuredSavings';
import { weekText } from './weekText';

/** How a closed week went, and what to do. */
export function ReviewReport(props: {
  review: Review;
  newIssue?: string;
  picker: ReactNode;
}) {
  const { review, newIssue, picker } = props;
  const { week, currency, timezone, madeAt, comparison, hours } = review;
  const column = useColumn();
  const { t } = useReviewTranslation();
  const savings = useMeasuredSavings();
  const fileName = `review-${week}`;
  const missing = ({
    wanted,
    complete,
  }: {
    wanted: number;
    complete: number;
  }) => String(wanted - complete);
  return (
    <PrintedReport className={column.root}>
      <Section
        title={t('weekOf', { week: weekText(week) })}
        subtitle={t('subtitle', {
          timezone,
          at: formatInstant(madeAt, timezone),
        })}
        action={
          <ReviewTools
            review={review}
            savings={savings}
            newIssue={newIssue}
            picker={picker}
          />
        }
      >
        <Remarks review={review} />
      </Section>
      {comparison === 'incomplete' && (
        <Notice severity="warning">
          {t('comparison.incomplete', {
            before: missing(hours.before),
            after: missing(hours.after),
          })}
        </Notice>
      )}
      {comparison === 'none' && (
        <Notice severity="info">{t('comparison.none')}</Notice>
      )}
      <ReviewFigures review={review} />
      <ActionList actions={review.actions} />
      <ReviewMovers review={review} fileName={fileName} />
      <AnomalyTable
        rows={review.anomalies}
        currency={currency}
        timezone={timezone}
        fileName={fileName}
      />
      <BudgetRisks
        budgets={review.budgetRisks}
        atRisk={review.budgetsAtRisk}
        fileName={fileName}
      />
      <SavingSection review={review} savings={savings} fileName={fileName} />
      <UnitCostTable
        rows={review.unitCosts}
        currency={currency}
        fileName={fileName}
      />
    </PrintedReport>
  );
}

/** What to know before reading: whose figures these are, and whether they have changed since. */
function Remarks({ review }: { review: Review }) {
  const { currency, restatement, restricted, simulated } = review;
  const { t } = useReviewTranslation();
  return (
    <>
      {simulated && <Notice severity="info">{t('simulated')}</Notice>}
      {restricted && <Notice severity="info">{t('restricted')}</Notice>}
      {restatement && restatement.difference !== '0' && (
        <Notice severity="warning">
          {t('restated', {
            spend: formatMoney(toMicros(restatement.spend), currency),
            difference: formatMoneyChange(
              toMicros(restatement.difference),
              currency,
            ),
          })}
        </Notice>
      )}
    </>
  );
}
