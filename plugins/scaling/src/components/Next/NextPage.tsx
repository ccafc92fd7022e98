import { useApi } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { useCallback } from 'react';
import { scalingApiRef } from '../../api';
import { momentText } from '../../format';
import { useLiveReport } from '../../live';
import { PAGE_LIMIT } from '../../rows';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';
import { ScalingFrame } from '../ScalingFrame';
import { TimelineSection } from '../Timeline';
import { nextRows } from './nextRows';

/**
 * What changes next, on a time line.
 *
 * @public
 */
export function NextPage() {
  const api = useApi(scalingApiRef);
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const { timezone } = useScalingSettings();
  const load = useCallback(
    async (signal: AbortSignal) => {
      const [overview, inForce] = await Promise.all([
        api.getOverview({ signal }),
        api.getInForce({ limit: PAGE_LIMIT }, { signal }),
      ]);
      return { overview, inForce };
    },
    [api],
  );
  const { state, retry } = useLiveReport(load);
  return (
    <ScalingFrame state={state} onRetry={retry}>
      {({ overview, inForce }) => (
        <TimelineSection
          id="next"
          title={t('next.title')}
          subtitle={t('next.until', {
            until: momentText(overview.nextUntil, timezone),
            timezone,
          })}
          rows={nextRows(overview, inForce.rows, wordingOf)}
          from={overview.at}
          to={overview.nextUntil}
          now={overview.at}
          timezone={timezone}
          fileName="scaling-next"
          nothing={<Typography variant="body2">{t('next.nothing')}</Typography>}
        />
      )}
    </ScalingFrame>
  );
}
