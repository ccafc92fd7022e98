import Button from '@material-ui/core/Button';
import { GpuReport } from '@headroom/plugin-cost-common';
import {
  DataColumn,
  DataTable,
  Section,
  formatMoney,
  formatPrice,
  formatQuantity,
  formatShare,
  toMicros,
  useUrlParam,
} from '@headroom/react';
import { CostTranslate, useCostTranslation } from '../../useCostTranslation';
import { Swatch } from '../Swatch';
import { energyColumns } from './energyColumns';
import { EnergyRow, energyRows } from './energyRows';
import { Lines } from './Lines';
import { ServiceOf } from './ServiceOf';

type EnergyReport = NonNullable<GpuReport['energy']>;

/** How much, at what price, and of how much of the time it is known. */
function summaryOf(
  { total, price }: EnergyReport,
  currency: string,
  t: CostTranslate,
): string {
  const amount = {
    kwh: formatQuantity(total.kilowattHours),
    share: formatShare(
      total.deviceHours > 0 ? total.knownHours / total.deviceHours : 0,
    ),
    hours: formatQuantity(total.deviceHours),
  };
  return total.micros !== undefined && price
    ? t('gpuUse.energy.summaryPriced', {
        ...amount,
        money: formatMoney(toMicros(total.micros), currency),
        price: formatPrice(price.perKilowattHour, price.currency),
      })
    : t('gpuUse.energy.summary', amount);
}

/** What GPUs took of energy, and whose work took it. */
export function GpuEnergySection(props: {
  report: GpuReport;
  fileName: string;
  onOrigin: () => void;
}) {
  const { report, fileName, onOrigin } = props;
  const { energy, currency } = report;
  const { t } = useCostTranslation();
  const [group, setGroup] = useUrlParam('energyBy');
  if (!energy) {
    return null;
  }
  if (energy.total.knownHours === 0) {
    return (
      <Section title={t('gpuUse.energy.title')}>
        {t('gpuUse.energy.unknown')}
      </Section>
    );
  }
  const fleet = report.entityRef === undefined;
  const byService = fleet && group === 'service';
  const columns: DataColumn<EnergyRow>[] = [
    {
      id: 'holder',
      title: t(byService ? 'gpuUse.energy.service' : 'gpuUse.energy.workload'),
      value: row => (row.rest ? t(`gpuUse.energy.rest.${row.rest}`) : row.name),
      render: row => {
        if (row.rest) {
          return (
            <>
              {row.rest === 'idle' && <Swatch kind="idle" />}
              {t(`gpuUse.energy.rest.${row.rest}`)}
            </>
          );
        }
        return byService ? (
          <Lines first={<ServiceOf entityRef={row.entityRef} />} />
        ) : (
          <Lines
            first={row.name}
            second={[row.container, row.cluster].filter(Boolean).join(', ')}
          />
        );
      },
    },
    ...(fleet && !byService
      ? [
          {
            id: 'service',
            title: t('gpuUse.energy.service'),
            value: (row: EnergyRow) => row.entityRef,
            render: (row: EnergyRow) =>
              row.rest ? null : (
                <Lines first={<ServiceOf entityRef={row.entityRef} />} />
              ),
          },
        ]
      : []),
    {
      id: 'hours',
      title: t('gpuUse.energy.hours'),
      numeric: true,
      value: row => row.energy.deviceHours,
      render: row => formatQuantity(row.energy.deviceHours),
    },
    {
      id: 'known',
      title: t('gpuUse.energy.known'),
      hint: t('gpuUse.energy.knownHint'),
      numeric: true,
      value: row => row.energy.knownHours / row.energy.deviceHours,
      render: row =>
        formatShare(row.energy.knownHours / row.energy.deviceHours),
    },
    ...energyColumns<EnergyRow>({
      of: row => row.energy,
      currency,
      priced: energy.total.micros !== undefined,
      summed: true,
      t,
    }),
  ];
  return (
    <Section
      title={t('gpuUse.energy.title')}
      subtitle={summaryOf(energy, currency, t)}
      onOrigin={onOrigin}
      action={
        fleet && (
          <Button
            size="small"
            aria-pressed={byService}
            onClick={() => setGroup(byService ? undefined : 'service')}
          >
            {t('gpuUse.energy.byService')}
          </Button>
        )
      }
    >
      <DataTable
        id="energy"
        label={t('gpuUse.energy.label')}
        columns={columns}
        rows={energyRows(energy, byService ? 'service' : 'workload')}
        rowKey={row => row.id}
        isPinned={row => row.rest !== undefined}
        initialSorting={{ column: 'energy', direction: 'desc' }}
        fileName={`${fileName}-energy`}
      />
    </Section>
  );
}
