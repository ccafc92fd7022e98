import Typography from '@material-ui/core/Typography';
import { HpaResourceMetric, Steering } from '@headroom/common';
import { AdviceDetail, HpaMove } from '@headroom/plugin-cost-common';
import { Notice, Section, formatAmount } from '@headroom/react';
import { CostTranslate, useCostTranslation } from '../../useCostTranslation';

function metricText(metric: HpaResourceMetric, t: CostTranslate): string {
  const resource = [t(`advice.resource.${metric.resource}`), metric.container]
    .filter(Boolean)
    .join(' ');
  return metric.targetUtilization !== undefined
    ? t('advice.detail.targetUtilization', {
        resource,
        target: String(metric.targetUtilization),
      })
    : t('advice.detail.targetValue', {
        resource,
        target:
          metric.targetAverageValue === undefined
            ? '\u2013'
            : formatAmount(metric.resource, metric.targetAverageValue),
      });
}

/** What an object does to the workload, in one line. */
function steeringText(item: Steering, t: CostTranslate): string {
  if (item.kind === 'VerticalPodAutoscaler') {
    return item.updateMode === 'Off'
      ? t('advice.detail.updateModeOff')
      : t('advice.detail.updateMode', { mode: item.updateMode });
  }
  return [
    t('advice.detail.replicas', {
      min: String(item.minReplicas),
      max: String(item.maxReplicas),
    }),
    ...item.metrics.map(metric => metricText(metric, t)),
    ...(item.otherMetrics > 0
      ? [t('advice.detail.otherMetrics', { count: item.otherMetrics })]
      : []),
    ...(item.kind === 'ScaledObject' && item.paused
      ? [t('advice.detail.paused')]
      : []),
  ].join(', ');
}

/** How a target moves, and what has to move with it. */
function moveText(move: HpaMove, t: CostTranslate): string {
  const words = {
    kind: move.kind,
    name: move.name,
    resource: t(`advice.resource.${move.resource}`),
    from: String(move.currentTarget),
    to: String(move.proposedTarget),
  };
  return move.together
    ? t('advice.detail.moveTogether', {
        ...words,
        members: move.together
          .map(({ name, proposed }) =>
            t('advice.detail.member', {
              name,
              request: formatAmount(move.resource, proposed.request),
            }),
          )
          .join(', '),
      })
    : t('advice.detail.move', words);
}

/** Which objects set or react to the requests, and which of their targets move along. */
export function SteeringSection(props: { detail: AdviceDetail }) {
  const { advice, row } = props.detail;
  const { steering } = advice.evidence;
  const { t } = useCostTranslation();
  return (
    <Section title={t('advice.detail.steering')}>
      {steering === null && (
        <Notice severity="warning">
          {t('advice.detail.steeringUnknown', {
            cluster: row.cluster,
            key: 'headroom.clusters[].kubernetes',
            backstageKey: 'kubernetes',
          })}
        </Notice>
      )}
      {steering?.length === 0 && (
        <Typography variant="body2">
          {t('advice.detail.steeringNone')}
        </Typography>
      )}
      {steering && steering.length > 0 && (
        <ul>
          {steering.map(item => (
            <li key={`${item.kind}/${item.name}`}>
              <Typography variant="body2">
                <strong>
                  {item.kind} {item.name}
                </strong>
                {': '}
                {steeringText(item, t)}
              </Typography>
            </li>
          ))}
        </ul>
      )}
      {advice.hpa.map(move => (
        <Notice key={`${move.kind}/${move.name}`} severity="info">
          {moveText(move, t)}
        </Notice>
      ))}
    </Section>
  );
}
