import Typography from '@material-ui/core/Typography';
import HourglassIcon from '@material-ui/icons/HourglassEmpty';
import { Origin, ReportBase } from '@headroom/plugin-cost-common';
import { StatePage, formatDayRange } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { SourceList } from '../OriginDialog/SourceList';
import { SourcesLink } from '../SourcesLink';

/** Nothing is in for the window: shows what the sources have and what would help. */
export function NoDataYet(props: {
  /** What the page is of. */
  kind: 'service' | 'team' | 'fleet';
  report: {
    window: Pick<ReportBase['window'], 'start' | 'end' | 'timezone'>;
  };
  sources?: Origin['sources'];
}) {
  const { kind, report, sources } = props;
  const { window } = report;
  const { t } = useCostTranslation();
  return (
    <StatePage icon={HourglassIcon} title={t('noData.title')}>
      <Typography paragraph>
        {t(`noData.${kind}`, {
          window: formatDayRange(window.start, window.end),
          timezone: window.timezone,
        })}
      </Typography>
      {sources && <SourceList sources={sources} timezone={window.timezone} />}
      <Typography>
        <SourcesLink />
      </Typography>
    </StatePage>
  );
}
