import { GpuReport } from '@headroom/plugin-cost-common';
import { useCostTranslation } from '../../useCostTranslation';
import { useCostWording } from '../../useCostWording';
import { DataTable, Section } from '@headroom/react';
import { deviceColumns } from './deviceColumns';

/** Every device and slice: who held it, how busy it was, and what of it was unused, in money. */
export function DeviceTable(props: { report: GpuReport; fileName: string }) {
  const { report, fileName } = props;
  const { t } = useCostTranslation();
  const wordingOf = useCostWording();
  return (
    <Section title={t('gpuUse.devices.title')}>
      <DataTable
        id="devices"
        label={t('gpuUse.devices.label')}
        columns={deviceColumns(
          report.currency,
          t,
          wordingOf,
          (report.energy?.total.knownHours ?? 0) > 0,
        )}
        rows={report.devices}
        rowKey={device => device.id}
        initialSorting={{ column: 'unused', direction: 'desc' }}
        fileName={`${fileName}-devices`}
      />
    </Section>
  );
}
