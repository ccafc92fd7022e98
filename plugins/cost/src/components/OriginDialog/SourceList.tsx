import { Origin } from '@headroom/plugin-cost-common';
import { formatInstant, hourEnd } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';

/** Which source answered for which cluster, and what it couldn't answer for. */
export function SourceList(props: {
  sources: Origin['sources'];
  timezone: string;
}) {
  const { sources, timezone } = props;
  const { t } = useCostTranslation();
  if (sources.length === 0) {
    return <>{t('origin.noSources')}</>;
  }
  return (
    <ul>
      {sources.map(item => (
        <li key={`${item.cluster}-${item.source}`}>
          <strong>{item.cluster}</strong>: {item.source}
          {item.simulated && ` (${t('origin.simulated')})`}
          {item.lastHour &&
            `, ${t('origin.until', {
              at: formatInstant(hourEnd(item.lastHour), timezone),
            })}`}
          {item.missingHours > 0 &&
            `, ${t('origin.missingHours', { count: item.missingHours })}`}
          {item.downSince &&
            `, ${t('origin.downSince', {
              at: formatInstant(item.downSince, timezone),
            })}`}
        </li>
      ))}
    </ul>
  );
}
