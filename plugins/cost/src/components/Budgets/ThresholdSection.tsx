import Typography from '@material-ui/core/Typography';
import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import {
  BudgetHappening,
  BudgetReport,
  BudgetStatus,
  BudgetThresholdState,
} from '@headroom/plugin-cost-common';
import { DataTable, formatInstant, Section, toMicros } from '@headroom/react';
import {
  useBudgetTranslation,
  useBudgetWording,
} from '../../useBudgetTranslation';
import { moneyColumn } from '../costColumns';

/** At what amounts somebody is told, who that is, and what happened so far. */
export function ThresholdSection(props: {
  report: BudgetReport;
  status: BudgetStatus;
  timezone: string;
}) {
  const { report, status, timezone } = props;
  const { budget, notified, happenings } = report;
  const { t } = useBudgetTranslation();
  const wordingOf = useBudgetWording();
  const zone = budget.period.zone ?? timezone;
  const stateOf = ({ isReached, firedAt }: BudgetThresholdState) => {
    if (firedAt !== undefined) {
      return t('firedAt', { at: formatInstant(firedAt, zone) });
    }
    if (isReached === undefined) {
      return t('cannotSay');
    }
    return isReached ? t('reached') : t('notReached');
  };
  return (
    <Section
      title={t('thresholds')}
      subtitle={
        <>
          {t('notified')}{' '}
          {notified.length > 0 ? (
            <EntityRefLinks entityRefs={notified} />
          ) : (
            t('nobody')
          )}
        </>
      }
    >
      <DataTable
        id="budget-thresholds"
        label={t('thresholds')}
        columns={[
          {
            id: 'threshold',
            title: t('thresholds'),
            value: row =>
              t(`threshold.${row.on}`, { percent: String(row.percent) }),
          },
          moneyColumn<BudgetThresholdState>({
            id: 'at',
            title: t('reaches'),
            currency: budget.currency,
            micros: row => toMicros(row.at),
            summed: false,
          }),
          { id: 'state', title: t('table.state'), value: stateOf },
        ]}
        rows={status.thresholds}
        rowKey={row => `${row.on}${row.percent}`}
        initialSorting={{ column: 'at', direction: 'asc' }}
        fileName={`budget-${status.start}-thresholds`}
      />
      <Typography variant="subtitle1" component="h3">
        {t('happenings')}
      </Typography>
      {happenings.length === 0 ? (
        <Typography variant="body2">{t('nothingHappened')}</Typography>
      ) : (
        <DataTable
          id="budget-happenings"
          label={t('happenings')}
          columns={[
            {
              id: 'at',
              title: t('when'),
              value: (row: BudgetHappening) => row.at,
              render: row => formatInstant(row.at, zone),
            },
            {
              id: 'what',
              title: t('what'),
              value: row => wordingOf(row.reason),
            },
          ]}
          rows={happenings}
          rowKey={row => row.id}
          initialSorting={{ column: 'at', direction: 'desc' }}
          fileName={`budget-${status.start}-happenings`}
        />
      )}
    </Section>
  );
}
