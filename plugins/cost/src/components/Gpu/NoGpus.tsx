import Typography from '@material-ui/core/Typography';
import MemoryIcon from '@material-ui/icons/Memory';
import { GpuReport } from '@headroom/plugin-cost-common';
import { StatePage, formatDayRange } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';

/** Nothing held a GPU in the window. */
export function NoGpus(props: { report: Pick<GpuReport, 'window'> }) {
  const { window } = props.report;
  const { t } = useCostTranslation();
  return (
    <StatePage icon={MemoryIcon} title={t('gpuUse.state.noGpusTitle')}>
      <Typography>
        {t('gpuUse.state.noGpus', {
          window: formatDayRange(window.start, window.end),
          timezone: window.timezone,
        })}
      </Typography>
    </StatePage>
  );
}
