import { Origin } from '@headroom/plugin-cost-common';
import { Notice, formatInstant, formatQuantity } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { SourcesLink } from '../SourcesLink';
import { runningBackfill } from './backfill';

/** Says which source is down and since when, and how far a back-fill is: figures there are missing, not zero. */
export function SourceNotices(props: {
  sources: Origin['sources'];
  timezone: string;
}) {
  const { sources, timezone } = props;
  const { t } = useCostTranslation();
  const backfill = runningBackfill(sources);
  return (
    <>
      {backfill && (
        <Notice severity="info">
          {t('backfill', {
            done: formatQuantity(backfill.doneHours),
            total: formatQuantity(backfill.totalHours),
          })}{' '}
          <SourcesLink />
        </Notice>
      )}
      {sources.map(
        ({ cluster, source, downSince }) =>
          downSince && (
            <Notice key={`${cluster}-${source}`} severity="error">
              {t('sourceDown', {
                source,
                cluster,
                at: formatInstant(downSince, timezone),
              })}
            </Notice>
          ),
      )}
    </>
  );
}
