import { CodeSnippet } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import MemoryIcon from '@material-ui/icons/Memory';
import { GpuReport } from '@headroom/plugin-cost-common';
import {
  StatePage,
  formatDayRange,
  formatMoney,
  formatQuantity,
  toMicros,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { SourcesLink } from '../SourcesLink';

/** GPUs are held but nothing is measured: says what has to run, and what the GPUs cost meanwhile. */
export function NoReadings(props: { report: GpuReport }) {
  const { window, headline, currency } = props.report;
  const { t } = useCostTranslation();
  return (
    <StatePage icon={MemoryIcon} title={t('gpuUse.state.noReadingsTitle')}>
      <Typography paragraph>
        {t('gpuUse.state.noReadingsCost', {
          money: formatMoney(toMicros(headline.money.cost), currency),
          hours: formatQuantity(headline.heldHours),
          window: formatDayRange(window.start, window.end),
        })}
      </Typography>
      <Typography paragraph>
        {t('gpuUse.state.noReadings', {
          exporter: 'dcgm-exporter',
          key: 'headroom.clusters[].prometheus',
        })}
      </Typography>
      <CodeSnippet
        language="text"
        showCopyCodeButton
        text="count by (Hostname, hostname) (DCGM_FI_DEV_GPU_UTIL)"
      />
      <Typography>
        <SourcesLink />
      </Typography>
    </StatePage>
  );
}
