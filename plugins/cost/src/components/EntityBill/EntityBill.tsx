import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  BILL_BASES,
  costReadPermission,
  EntityBillOfCurrency,
  EntityBillReport,
} from '@headroom/plugin-cost-common';
import {
  changeRatio,
  ChoiceGroup,
  Figure,
  FigureGrid,
  formatChange,
  formatDayRange,
  formatMonth,
  Money,
  Notice,
  ReportFailed,
  ReportSkeleton,
  toMicros,
  useColumn,
  useReport,
  useUrlParam,
  yearOf,
} from '@headroom/react';
import { useCallback } from 'react';
import { costApiRef } from '../../api';
import { useBillTranslation } from '../../useBillTranslation';
import { basisOf } from '../Bill/groupings';
import { EntityBillDays } from './EntityBillDays';
import { MonthTable, ResourceTable } from './EntityBillTables';
import { NoCharges } from './NoCharges';

/**
 * The Cost tab of a Resource: what providers bill of its own, e.g. of a database, a
 * bucket or a load balancer.
 *
 * @public
 */
export function EntityBill() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const api = useApi(costApiRef);
  const column = useColumn();
  const { t } = useBillTranslation();
  const [basisText, setBasis] = useUrlParam('bill.basis');
  const basis = basisOf(basisText);
  const load = useCallback(
    (signal: AbortSignal) =>
      api.getEntityBill(entityRef, { basis }, { signal }),
    [api, entityRef, basis],
  );
  const { state, retry } = useReport(load, entityRef);
  const report = state.status === 'ok' ? state.value : undefined;
  return (
    <div className={column.root}>
      {state.status === 'loading' && <ReportSkeleton />}
      {state.status === 'error' && (
        <ReportFailed
          error={state.error}
          permission={costReadPermission.name}
          onRetry={retry}
          onReset={() => setBasis(undefined)}
        />
      )}
      {report && report.status !== 'ok' && (
        <NoCharges entity={entity} hasBill={report.status === 'no-charges'} />
      )}
      {report?.status === 'ok' && (
        <>
          {report.simulated && (
            <Notice severity="info">{t('simulated')}</Notice>
          )}
          <ChoiceGroup
            label={t('basis')}
            choices={BILL_BASES.map(value => ({
              value,
              label: t(`bases.${value}`),
            }))}
            value={basis}
            onChoose={setBasis}
          />
          {report.bills.map(bill => (
            <OneCurrency
              key={bill.currency}
              report={report}
              bill={bill}
              name={entity.metadata.name}
            />
          ))}
        </>
      )}
    </div>
  );
}

function OneCurrency(props: {
  report: EntityBillReport;
  bill: EntityBillOfCurrency;
  name: string;
}) {
  const { report, bill, name } = props;
  const { basis } = report;
  const { currency, period, end, compared, months } = bill;
  const { t } = useBillTranslation();
  const fileName = `bill-${name}-${period.slice(0, 7)}-${currency}-${basis}`;
  const range = rangeOf({ start: period, end });
  const before = months.filter(month => month.period < period);
  return (
    <>
      <FigureGrid>
        <Figure
          label={t('own.figure', { days: range })}
          value={<Money micros={toMicros(bill.amount)} currency={currency} />}
          comparison={comparisonOf()}
        />
        {before.slice(0, 1).map(month => (
          <Figure
            key={month.period}
            label={t('own.monthBefore', { month: formatMonth(month.period) })}
            value={
              <Money micros={toMicros(month.amount)} currency={currency} />
            }
            comparison={t('own.wholeMonth')}
          />
        ))}
      </FigureGrid>
      <EntityBillDays bill={bill} range={range} fileName={fileName} />
      <ResourceTable bill={bill} fileName={fileName} />
      <MonthTable bill={bill} fileName={fileName} />
    </>
  );

  function comparisonOf(): string {
    const change =
      compared &&
      changeRatio(
        toMicros(compared.current.amount),
        toMicros(compared.previous.amount),
      );
    return compared && change !== undefined
      ? t('own.against', {
          days: rangeOf(compared.current),
          change: formatChange(change),
          base: rangeOf(compared.previous),
        })
      : t('own.nothingBefore');
  }
}

function rangeOf({ start, end }: { start: string; end: string }): string {
  return formatDayRange(start, end, yearOf(end));
}
