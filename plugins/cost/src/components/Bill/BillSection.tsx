import Button from '@material-ui/core/Button';
import { useApi } from '@backstage/core-plugin-api';
import {
  BILL_BASES,
  BillOfCurrency,
  BillReport,
  CostScope,
} from '@headroom/plugin-cost-common';
import {
  ChoiceGroup,
  DownloadButton,
  formatDayRange,
  formatInstant,
  formatMoney,
  formatMonth,
  Notice,
  Section,
  toMicros,
  useColumn,
  useReport,
  useUrlParam,
} from '@headroom/react';
import { useCallback } from 'react';
import { costApiRef } from '../../api';
import { useBillTranslation } from '../../useBillTranslation';
import { BillFigures } from './BillFigures';
import { BillRowTable, NodeTable } from './BillTables';
import { basisOf, BILL_GROUPINGS, BillGrouping, groupingOf } from './groupings';
import { PayerTable } from './PayerTable';

/** Months to choose from; older ones have addresses too. */
const MOST_MONTHS = 6;

/**
 * What providers bill for a month, and who pays for it. Nothing where there is no
 * bill, or the caller may not see what everything costs.
 */
export function BillSection({ scope }: { scope: CostScope }) {
  const api = useApi(costApiRef);
  const column = useColumn();
  const [month] = useUrlParam('bill.month');
  const [basisText] = useUrlParam('bill.basis');
  const [groupText] = useUrlParam('bill.groupBy');
  const basis = basisOf(basisText);
  const groupBy = groupingOf(groupText);
  const load = useCallback(
    async (signal: AbortSignal) =>
      api.getBill({ month, basis, groupBy }, { signal }),
    [api, month, basis, groupBy],
  );
  const { state } = useReport(load, 'bill');
  if (state.status !== 'ok' || state.value.bills.length === 0) {
    return null;
  }
  const report = state.value;
  return (
    <div className={column.root}>
      {report.bills.map((bill, index) => (
        <BillOfMonth
          key={bill.currency}
          report={report}
          bill={bill}
          groupBy={groupBy}
          scope={scope}
          hasTools={index === 0}
        />
      ))}
    </div>
  );
}

function BillOfMonth(props: {
  report: BillReport;
  bill: BillOfCurrency;
  groupBy: BillGrouping;
  scope: CostScope;
  hasTools: boolean;
}) {
  const { report, bill, groupBy, scope, hasTools } = props;
  const { period = '', days, basis } = report;
  const { currency } = bill;
  const { t } = useBillTranslation();
  const money = (amount: string) => formatMoney(toMicros(amount), currency);
  const corrections = toMicros(bill.corrections);
  const fileName = `bill-${period.slice(0, 7)}-${currency}-${basis}`;
  return (
    <Section
      title={t('title')}
      subtitle={
        <>
          {t('subtitle', {
            month: formatMonth(period),
            days: days ? formatDayRange(days.start, days.end) : '',
            invoice: money(bill.invoice),
            list: money(bill.list),
          })}{' '}
          {corrections !== 0n &&
            t('corrections', { amount: money(bill.corrections) })}{' '}
          {report.simulated && t('simulated')}
        </>
      }
      action={hasTools && <BillTools report={report} groupBy={groupBy} />}
    >
      {report.deliveries
        .filter(({ problem }) => problem !== undefined)
        .map(({ source, name, problem = '' }) => (
          <Notice key={`${source}/${name}`} severity="warning">
            {t('problem', { source, name, problem })}
          </Notice>
        ))}
      {report.remarks.map(({ source, message }) => (
        <Notice key={`${source}/${message}`} severity="info">
          {message}
        </Notice>
      ))}
      {!report.isSplit && <Notice severity="info">{t('notSplit')}</Notice>}
      <Restated bill={bill} />
      {hasTools && <OthersRestated report={report} />}
      <BillFigures bill={bill} basis={basis} />
      <BillRowTable bill={bill} fileName={fileName} groupBy={groupBy} />
      {bill.machines.length > 0 && (
        <NodeTable bill={bill} fileName={fileName} />
      )}
      {bill.payers > 0 && (
        <PayerTable
          key={`${period} ${basis}`}
          month={period.slice(0, 7)}
          basis={basis}
          currency={currency}
          scope={scope}
          fileName={fileName}
        />
      )}
    </Section>
  );
}

/** That the month is another one than it was when it was over, and by how much. */
function Restated({ bill }: { bill: BillOfCurrency }) {
  const { currency, restatements } = bill;
  const { t } = useBillTranslation();
  if (restatements.length === 0) {
    return null;
  }
  const change = restatements.reduce(
    (sum, each) => sum + toMicros(each.change),
    0n,
  );
  const size = formatMoney(change < 0n ? -change : change, currency);
  return (
    <Notice severity="info">
      {t('restated', {
        at: formatInstant(restatements[0].at, 'UTC'),
        amount: t(change < 0n ? 'less' : 'more', { amount: size }),
      })}
    </Notice>
  );
}

/** Months that became others lately, where the one that is shown says nothing of it. */
function OthersRestated({ report }: { report: BillReport }) {
  const { period, restated } = report;
  const { t } = useBillTranslation();
  const [, setMonth] = useUrlParam('bill.month');
  const others = restated.filter(each => each !== period);
  return others.length === 0 ? null : (
    <Notice severity="info">
      {t('othersRestated')}{' '}
      {others.map(each => (
        <Button
          key={each}
          size="small"
          color="primary"
          onClick={() => setMonth(each.slice(0, 7))}
        >
          {formatMonth(each)}
        </Button>
      ))}
    </Notice>
  );
}

function BillTools(props: { report: BillReport; groupBy: BillGrouping }) {
  const { report, groupBy } = props;
  const { t } = useBillTranslation();
  const api = useApi(costApiRef);
  const month = (report.period ?? '').slice(0, 7);
  const [, setMonth] = useUrlParam('bill.month');
  const [, setBasis] = useUrlParam('bill.basis');
  const [, setGroupBy] = useUrlParam('bill.groupBy');
  return (
    <>
      <ChoiceGroup
        label={t('month')}
        choices={report.periods.slice(0, MOST_MONTHS).map(period => ({
          value: period.slice(0, 7),
          label: formatMonth(period),
        }))}
        value={month}
        onChoose={setMonth}
      />
      <ChoiceGroup
        label={t('basis')}
        choices={BILL_BASES.map(value => ({
          value,
          label: t(`bases.${value}`),
        }))}
        value={report.basis}
        onChoose={setBasis}
      />
      <ChoiceGroup
        label={t('groupBy')}
        choices={BILL_GROUPINGS.map(value => ({
          value,
          label: t(`dimension.${value}`),
        }))}
        value={groupBy}
        onChoose={setGroupBy}
      />
      <DownloadButton
        label={t('export')}
        hint={t('exportHint')}
        fileName={`bill-${month}-focus.csv`}
        load={() => api.getBillCharges(month)}
        failed={t('exportFailed')}
        refused={reason => t('exportRefused', { reason })}
      />
    </>
  );
}
