import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import { SourcesReport } from '@headroom/plugin-cost-common';
import { formatInstant } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';

type Backfill = NonNullable<SourcesReport['clusters'][number]['backfill']>;

/** How much of the past is in already. */
export function BackfillProgress(props: {
  backfill: Backfill;
  title: string;
  timezone: string;
}) {
  const { backfill, title, timezone } = props;
  const { doneHours, totalHours, finished, from } = backfill;
  const { t } = useCostTranslation();
  const percent =
    totalHours > 0 ? Math.min(100, (100 * doneHours) / totalHours) : 100;
  return (
    <div>
      <Typography variant="body2">
        {t(finished ? 'sources.backfillDone' : 'sources.backfill', {
          done: String(doneHours),
          total: String(totalHours),
          from: formatInstant(from, timezone),
        })}
      </Typography>
      {!finished && (
        <LinearProgress
          variant="determinate"
          value={percent}
          aria-label={t('sources.backfillOf', { cluster: title })}
        />
      )}
    </div>
  );
}
