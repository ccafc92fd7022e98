import ArrowDownIcon from '@material-ui/icons/ArrowDownward';
import ArrowUpIcon from '@material-ui/icons/ArrowUpward';
import { CostScope, FleetCostReport } from '@headroom/plugin-cost-common';
import {
  DataColumn,
  DataTable,
  Money,
  Section,
  changeRatio,
  formatChange,
  formatDayRange,
  toMicros,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { rowName } from '../Breakdown';
import { CostEntityLink } from '../CostEntityLink';
import { moneyColumn } from '../costColumns';
import { comparisonBase } from '../Headline';

type Mover = FleetCostReport['movers'][number];

function sizeOf(micros: bigint): bigint {
  return micros < 0n ? -micros : micros;
}

/** Whether any day of both windows could be compared; without, no movers says nothing. */
function isComparable(report: FleetCostReport): boolean {
  return (
    report.movers.length > 0 ||
    report.headline.previous.changeRatio !== undefined ||
    report.rows.some(row => row.changeRatio !== undefined)
  );
}

/** What changed most against the window before, in money, up or down. */
export function Movers(props: {
  report: FleetCostReport;
  scope: CostScope;
  fileName: string;
}) {
  const { report, scope, fileName } = props;
  const { currency, movers, headline, window } = report;
  const comparable = isComparable(report);
  const base = comparisonBase(window, headline.previous);
  const baseText = formatDayRange(base.start, base.end);
  const { t } = useCostTranslation();
  const columns: DataColumn<Mover>[] = [
    {
      id: 'service',
      title: t('dimension.service'),
      value: rowName,
      render: row => (
        <CostEntityLink entityRef={row.entityRef} scope={scope}>
          {rowName(row)}
        </CostEntityLink>
      ),
    },
    {
      ...moneyColumn<Mover>({
        id: 'change',
        title: t('column.change'),
        currency,
        micros: row => toMicros(row.change),
        change: true,
        summed: false,
      }),
      // The largest change comes first, whichever way it went.
      value: row => sizeOf(toMicros(row.change)),
      render: row => {
        const change = toMicros(row.change);
        const Arrow = change < 0n ? ArrowDownIcon : ArrowUpIcon;
        return (
          <>
            <Arrow
              fontSize="inherit"
              titleAccess={t(change < 0n ? 'movers.down' : 'movers.up')}
            />{' '}
            <Money micros={change} currency={currency} change />
          </>
        );
      },
    },
    {
      id: 'ratio',
      title: t('movers.ratio'),
      numeric: true,
      value: row =>
        changeRatio(toMicros(row.total), toMicros(row.previousTotal)),
      render: row => {
        const ratio = changeRatio(
          toMicros(row.total),
          toMicros(row.previousTotal),
        );
        return ratio === undefined ? t('column.new') : formatChange(ratio);
      },
    },
    moneyColumn<Mover>({
      id: 'before',
      title: t('movers.before'),
      currency,
      micros: row => toMicros(row.previousTotal),
      summed: false,
    }),
    moneyColumn<Mover>({
      id: 'now',
      title: t('movers.now'),
      currency,
      micros: row => toMicros(row.total),
      summed: false,
    }),
  ];
  return (
    <Section
      title={t('movers.title')}
      subtitle={
        comparable && baseText && t('movers.against', { base: baseText })
      }
    >
      {movers.length === 0 ? (
        t(comparable ? 'movers.none' : 'movers.notComparable')
      ) : (
        <DataTable
          id="movers"
          label={t('movers.title')}
          columns={columns}
          rows={movers}
          rowKey={row => row.entityRef}
          initialSorting={{ column: 'change', direction: 'desc' }}
          fileName={`${fileName}-movers`}
        />
      )}
    </Section>
  );
}
