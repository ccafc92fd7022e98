import Typography from '@material-ui/core/Typography';
import HourglassIcon from '@material-ui/icons/HourglassEmpty';
import { Origin, ReportBase } from '@headroom/plugin-cost-common';
import { formatDayRange } from '../../format';
import { useCostTranslation } from '../../useCostTranslation';
import { SourceList } from '../OriginDialog/SourceList';
import { StatePage } from './StatePage';

/** Linked, but nothing is in for the window: shows what the sources have and what would help. */
export function NoDataYet(props: {
  report: Pick<ReportBase, 'window'>;
  sources?: Origin['sources'];
}) {
  const { report, sources } = props;
  const { window } = report;
  const { t } = useCostTranslation();
  return (
    <StatePage icon={HourglassIcon} title={t('noData.title')}>
      <Typography paragraph>
        {t('noData.text', {
          window: formatDayRange(window.start, window.end),
          timezone: window.timezone,
        })}
      </Typography>
      {sources && <SourceList sources={sources} timezone={window.timezone} />}
    </StatePage>
  );
}
