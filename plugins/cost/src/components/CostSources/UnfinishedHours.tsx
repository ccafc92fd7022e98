import Typography from '@material-ui/core/Typography';
import { SourcesReport } from '@headroom/plugin-cost-common';
import { useCostTranslation } from '../../useCostTranslation';

type Unfinished = NonNullable<SourcesReport['clusters'][number]['unfinished']>;

/** How many hours are still to become whole, and how many will not. */
export function UnfinishedHours(props: { unfinished: Unfinished }) {
  const { again, left } = props.unfinished;
  const { t } = useCostTranslation();
  return (
    <>
      {again > 0 && (
        <Typography variant="body2">
          {t('sources.again', { count: again })}
        </Typography>
      )}
      {left > 0 && (
        <Typography variant="body2">
          {t('sources.left', {
            count: left,
            key: 'headroom.cost.ingest.backfill',
          })}
        </Typography>
      )}
    </>
  );
}
