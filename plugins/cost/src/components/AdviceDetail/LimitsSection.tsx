import Typography from '@material-ui/core/Typography';
import { LimitRangeLine, NamespaceLimit } from '@headroom/common';
import { AdviceDetail } from '@headroom/plugin-cost-common';
import {
  Notice,
  Section,
  formatAmount,
  formatBytes,
  formatCores,
  formatQuantity,
} from '@headroom/react';
import { CostTranslate, useCostTranslation } from '../../useCostTranslation';

/** Names of a quota's amounts, as Kubernetes writes them. */
const FIELDS = [
  ['requests.cpu', 'cpu', 'cpuRequestCores'],
  ['limits.cpu', 'cpu', 'cpuLimitCores'],
  ['requests.memory', 'memory', 'memoryRequestBytes'],
  ['limits.memory', 'memory', 'memoryLimitBytes'],
] as const;

function lineText(line: LimitRangeLine, t: CostTranslate): string {
  const amount = (value: number) => formatAmount(line.resource, value);
  const parts = [
    line.min !== undefined &&
      t('advice.detail.limitMin', { amount: amount(line.min) }),
    line.max !== undefined &&
      t('advice.detail.limitMax', { amount: amount(line.max) }),
    line.defaultRequest !== undefined &&
      t('advice.detail.limitDefaultRequest', {
        amount: amount(line.defaultRequest),
      }),
    line.default !== undefined &&
      t('advice.detail.limitDefault', { amount: amount(line.default) }),
    line.maxLimitRequestRatio !== undefined &&
      t('advice.detail.limitRatio', {
        ratio: formatQuantity(line.maxLimitRequestRatio),
      }),
  ];
  return t('advice.detail.limitLine', {
    resource: t(`advice.resource.${line.resource}`),
    of: t(`advice.detail.limitOf.${line.type}`),
    parts: parts.filter(Boolean).join(', '),
  });
}

function limitText(limit: NamespaceLimit, t: CostTranslate): string {
  if (limit.kind === 'LimitRange') {
    return limit.lines.map(line => lineText(line, t)).join('; ');
  }
  return FIELDS.flatMap(([field, resource, key]) => {
    const hard = limit.hard[key];
    return hard === undefined
      ? []
      : [
          t('advice.detail.quotaLine', {
            field,
            used: formatAmount(resource, limit.used[key] ?? 0),
            hard: formatAmount(resource, hard),
          }),
        ];
  }).join('; ');
}

/** What the namespace and the nodes let a container ask for. */
export function LimitsSection(props: { detail: AdviceDetail }) {
  const { advice, row } = props.detail;
  const { limits, node } = advice.evidence;
  const { t } = useCostTranslation();
  return (
    <Section
      title={t('advice.detail.limits')}
      subtitle={t('advice.detail.limitsSubtitle', {
        namespace: row.workload.namespace,
      })}
    >
      {limits === undefined && (
        <Notice severity="warning">
          {t('advice.detail.limitsUnknown', { cluster: row.cluster })}
        </Notice>
      )}
      {limits?.length === 0 && (
        <Typography variant="body2">{t('advice.detail.limitsNone')}</Typography>
      )}
      {limits && limits.length > 0 && (
        <ul>
          {limits.map(limit => (
            <li key={`${limit.kind}/${limit.name}`}>
              <Typography variant="body2">
                <strong>
                  {limit.kind} {limit.name}
                </strong>
                {': '}
                {limitText(limit, t)}
              </Typography>
            </li>
          ))}
        </ul>
      )}
      {node && (
        <Typography variant="body2">
          {t('advice.detail.largestNode', {
            cpu: formatCores(node.cpuCores),
            memory: formatBytes(node.memoryBytes),
          })}
        </Typography>
      )}
    </Section>
  );
}
