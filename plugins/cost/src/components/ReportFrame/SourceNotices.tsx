import { Origin } from '@headroom/plugin-cost-common';
import { formatInstant } from '../../format';
import { useCostTranslation } from '../../useCostTranslation';
import { Notice } from '../Notice';

/** Says which source is down and since when: figures after that are missing, not zero. */
export function SourceNotices(props: {
  sources: Origin['sources'];
  timezone: string;
}) {
  const { sources, timezone } = props;
  const { t } = useCostTranslation();
  return (
    <>
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
