import { UnitCost } from '@headroom/plugin-cost-common';
import {
  DataColumn,
  DataTable,
  Section,
  formatChange,
  formatCount,
  formatPrice,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { UnitDays } from './UnitDays';
import { unitTitle } from './unitTitle';

/** (now − before) / before of two prices; a ratio, not money. */
function priceChange(unit: UnitCost): number | undefined {
  const before = Number(unit.previousUnitCost);
  return unit.unitCost === undefined || !(before > 0)
    ? undefined
    : Number(unit.unitCost) / before - 1;
}

/** What one request, or a million tokens, costs, and why it can't be said where it can't. */
export function UnitCosts(props: {
  units: UnitCost[];
  currency: string;
  fileName: string;
  onOrigin: () => void;
}) {
  const { units, currency, fileName, onOrigin } = props;
  const { t } = useCostTranslation();
  const columns: DataColumn<UnitCost>[] = [
    {
      id: 'metric',
      title: t('column.metric'),
      value: unit => unitTitle(unit, t),
    },
    {
      id: 'price',
      title: t('units.unitCost'),
      numeric: true,
      value: unit =>
        unit.unitCost === undefined ? undefined : Number(unit.unitCost),
      render: unit => {
        if (unit.unitCost !== undefined) {
          return (
            <span title={`${unit.unitCost} ${currency}`}>
              {formatPrice(unit.unitCost, currency)}
            </span>
          );
        }
        return t(`units.reason.${unit.reason ?? 'no-data'}`);
      },
      csvTitle: `${t('units.unitCost')} (${currency})`,
      csv: unit => unit.unitCost,
    },
    {
      id: 'change',
      title: t('column.change'),
      hint: t('hint.change'),
      numeric: true,
      value: priceChange,
      render: unit => {
        const ratio = priceChange(unit);
        return ratio === undefined ? '\u2013' : formatChange(ratio);
      },
    },
    {
      id: 'quantity',
      title: t('units.quantity'),
      numeric: true,
      value: unit => unit.quantity,
      render: unit =>
        unit.quantity === undefined ? '\u2013' : formatCount(unit.quantity),
    },
    {
      id: 'failed',
      title: t('units.failed'),
      hint: t('units.failedHint'),
      numeric: true,
      value: unit => unit.failed,
      render: unit =>
        unit.failed === undefined ? '\u2013' : formatCount(unit.failed),
    },
  ];
  return (
    <Section
      title={t('units.title')}
      subtitle={t('units.subtitle')}
      onOrigin={onOrigin}
    >
      <DataTable
        id="units"
        label={t('units.title')}
        columns={columns}
        rows={units}
        rowKey={unit => unit.metric}
        initialSorting={{ column: 'metric', direction: 'asc' }}
        fileName={`${fileName}-unit-costs`}
      />
      <UnitDays units={units} currency={currency} fileName={fileName} />
    </Section>
  );
}
