import Button from '@material-ui/core/Button';
import { UnitCost } from '@headroom/plugin-cost-common';
import {
  DataColumn,
  DataTable,
  formatCount,
  formatDayLong,
  formatPrice,
  useUrlParam,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { unitTitle } from './unitTitle';

type UnitDay = UnitCost['days'][number] & { metric: string; title: string };

/** Unit costs day by day, on demand. */
export function UnitDays(props: {
  units: UnitCost[];
  currency: string;
  fileName: string;
}) {
  const { units, currency, fileName } = props;
  const { t } = useCostTranslation();
  const [open, setOpen] = useUrlParam('unitDays');
  const rows = units.flatMap<UnitDay>(unit =>
    unit.days.map(day => ({
      ...day,
      metric: unit.metric,
      title: unitTitle(unit, t),
    })),
  );
  const columns: DataColumn<UnitDay>[] = [
    {
      id: 'day',
      title: t('column.day'),
      value: row => row.day,
      render: row => formatDayLong(row.day),
    },
    { id: 'metric', title: t('column.metric'), value: row => row.title },
    {
      id: 'price',
      title: t('units.unitCost'),
      numeric: true,
      value: row =>
        row.unitCost === undefined ? undefined : Number(row.unitCost),
      render: row =>
        row.unitCost === undefined
          ? '\u2013'
          : formatPrice(row.unitCost, currency),
      csvTitle: `${t('units.unitCost')} (${currency})`,
      csv: row => row.unitCost,
    },
    {
      id: 'quantity',
      title: t('units.quantity'),
      numeric: true,
      value: row => row.quantity,
      render: row => formatCount(row.quantity),
    },
  ];
  if (rows.length === 0) {
    return null;
  }
  return (
    <>
      <Button
        size="small"
        aria-expanded={open === 'open'}
        onClick={() => setOpen(open === 'open' ? undefined : 'open')}
      >
        {t('units.byDay')}
      </Button>
      {open === 'open' && (
        <DataTable
          id="unit-days"
          label={t('units.byDay')}
          columns={columns}
          rows={rows}
          rowKey={row => `${row.day}/${row.metric}`}
          initialSorting={{ column: 'day', direction: 'desc' }}
          fileName={`${fileName}-unit-costs-by-day`}
        />
      )}
    </>
  );
}
