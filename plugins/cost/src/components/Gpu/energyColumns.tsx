import { GpuEnergy } from '@headroom/plugin-cost-common';
import { DataColumn, formatQuantity, toMicros } from '@headroom/react';
import { moneyColumn } from '../costColumns';
import { CostTranslate } from '../../useCostTranslation';

const UNKNOWN = '\u2013';

/** Energy in words; undefined where no power was read. */
export function energyText(
  energy: GpuEnergy | undefined,
  t: CostTranslate,
): string | undefined {
  return energy && energy.knownHours > 0
    ? t('gpuUse.energy.amount', { kwh: formatQuantity(energy.kilowattHours) })
    : undefined;
}

/** A column of kilowatt-hours, and one of money where energy has a price. */
export function energyColumns<Row>(options: {
  of: (row: Row) => GpuEnergy | undefined;
  currency: string;
  priced: boolean;
  summed: boolean;
  t: CostTranslate;
}): DataColumn<Row>[] {
  const { of, currency, priced, summed, t } = options;
  const known = (row: Row) => {
    const energy = of(row);
    return energy && energy.knownHours > 0 ? energy : undefined;
  };
  return [
    {
      id: 'energy',
      title: t('gpuUse.energy.column'),
      hint: t('gpuUse.energy.hint'),
      numeric: true,
      value: row => known(row)?.kilowattHours,
      render: row => energyText(of(row), t) ?? UNKNOWN,
      csvTitle: t('gpuUse.energy.csv'),
      total: summed
        ? rows =>
            t('gpuUse.energy.amount', {
              kwh: formatQuantity(
                rows.reduce(
                  (sum, row) => sum + (known(row)?.kilowattHours ?? 0),
                  0,
                ),
              ),
            })
        : undefined,
    },
    ...(priced
      ? [
          moneyColumn<Row>({
            id: 'energyMoney',
            title: t('gpuUse.energy.money'),
            currency,
            micros: row => {
              const micros = known(row)?.micros;
              return micros === undefined ? undefined : toMicros(micros);
            },
            summed,
          }),
        ]
      : []),
  ];
}
