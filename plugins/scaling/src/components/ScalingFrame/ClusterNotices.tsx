import { formatInstant, Notice } from '@headroom/react';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';

/** Clusters in which nothing is done, and why; freeze windows that hold. */
export function ClusterNotices() {
  const { settings, timezone } = useScalingSettings();
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  return (
    <>
      {settings?.clusters.map(
        ({ name, title, problem, seenAt, canAct }) =>
          (problem || !canAct) && (
            <Notice key={name} severity={problem ? 'warning' : 'info'}>
              <strong>{title}:</strong>{' '}
              {problem ? wordingOf(problem) : t('cluster.readOnly')}{' '}
              {problem &&
                (seenAt
                  ? t('cluster.seenAt', {
                      at: formatInstant(seenAt, timezone),
                    })
                  : t('cluster.neverSeen'))}
            </Notice>
          ),
      )}
      {settings?.links.problem && (
        <Notice severity="warning">{wordingOf(settings.links.problem)}</Notice>
      )}
      {settings?.freezes.map(({ from, to, title }) => (
        <Notice key={`${from}-${title}`} severity="info">
          {t('cluster.freeze', {
            title,
            from: formatInstant(from, timezone),
            to: formatInstant(to, timezone),
          })}
        </Notice>
      ))}
    </>
  );
}
