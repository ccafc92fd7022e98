import { Said } from '@headroom/common';
import {
  AdviceDetail,
  AdviceEvidence,
  wordRule,
} from '@headroom/plugin-cost-common';
import {
  FigureStep,
  calendarDay,
  formatBytes,
  formatCores,
  formatDayRange,
  formatInstant,
  formatPrice,
  formatQuantity,
  formatShare,
} from '@headroom/react';
import { CostTranslate } from '../../useCostTranslation';

/** Everything an advice stands on, line by line. */
export function evidenceSteps(
  detail: AdviceDetail,
  t: CostTranslate,
  wordingOf: (said: Said) => string,
): FigureStep[] {
  const { advice, timezone, currency, appetiteOrigin } = detail;
  const { evidence } = advice;
  const { policy, prices, spec, startup } = evidence;
  const steps: FigureStep[] = (['cpu', 'memory'] as const).flatMap(resource => {
    const { rule } = advice[resource];
    return rule
      ? [
          {
            label: t('advice.detail.evidenceRule', {
              resource: t(`advice.resource.${resource}`),
            }),
            formula: wordingOf(wordRule(resource, rule, evidence)),
          },
        ]
      : [];
  });
  steps.push(
    {
      label: t('advice.detail.window'),
      formula: t('origin.windowText', {
        window: formatDayRange(
          calendarDay(evidence.window.start, timezone),
          calendarDay(evidence.window.end, timezone),
        ),
        timezone,
      }),
    },
    {
      label: t('advice.detail.usedFrom'),
      formula: usedFromText(evidence, timezone, t),
    },
    {
      label: t('advice.detail.samples'),
      formula: t('advice.detail.samplesText', {
        samples: formatQuantity(evidence.samples),
        coverage: formatShare(evidence.coverage),
        pods: t('advice.detail.pods', { count: evidence.pods }),
      }),
    },
    {
      label: t('advice.detail.appetiteTitle'),
      formula: [
        t(`advice.detail.appetite.${evidence.appetite.value}`),
        t(`advice.detail.appetiteHint.${evidence.appetite.value}`),
        t(`advice.detail.appetiteOrigin.${appetiteOrigin}`),
      ].join(', '),
    },
    {
      label: t('advice.detail.prices'),
      formula:
        prices.cpuCoreHour === undefined && prices.memoryGibHour === undefined
          ? t('advice.detail.pricesUnknown')
          : t('advice.detail.pricesText', {
              cpu: priceText(prices.cpuCoreHour, currency),
              memory: priceText(prices.memoryGibHour, currency),
            }),
    },
    {
      label: t('advice.detail.spec'),
      formula: evidence.specUnknown
        ? t('advice.reason.spec-unknown')
        : t('advice.detail.specText', {
            cpuRequest: settingText(spec.cpuRequestCores, formatCores, t),
            cpuLimit: settingText(spec.cpuLimitCores, formatCores, t),
            memoryRequest: settingText(spec.memoryRequestBytes, formatBytes, t),
            memoryLimit: settingText(spec.memoryLimitBytes, formatBytes, t),
          }),
    },
  );
  for (const resource of ['cpu', 'memory'] as const) {
    const from = evidence.followedFrom?.[resource];
    if (from !== undefined) {
      steps.push({
        label: t('advice.detail.followedFrom'),
        formula: `${t(`advice.resource.${resource}`)}: ${formatInstant(
          from,
          timezone,
        )}`,
      });
    }
  }
  if (evidence.oomKills !== undefined) {
    steps.push({
      label: t('advice.detail.oomSeen'),
      formula: String(evidence.oomKills),
    });
  }
  if (evidence.throttledShare !== undefined) {
    steps.push({
      label: t('advice.detail.throttledSeen'),
      formula: formatShare(evidence.throttledShare),
    });
  }
  if (startup) {
    steps.push({
      label: t('advice.detail.startup'),
      formula: `${formatCores(startup.cpuCores)}, ${formatBytes(
        startup.memoryBytes,
      )}`,
    });
  }
  steps.push({
    label: t('advice.detail.policy'),
    formula: t('advice.detail.policyText', {
      lookBack: t('advice.dayCount', { count: policy.lookBackDays }),
      minimum: t('advice.dayCount', { count: policy.minimumDays }),
      coverage: formatShare(policy.minimumCoverage),
      cpuFloor: formatCores(policy.floors.cpuCores),
      memoryFloor: formatBytes(policy.floors.memoryBytes),
    }),
  });
  return steps;
}

/** Said once where the same days count for both resources. */
function usedFromText(
  { usedFrom, counted }: AdviceEvidence,
  timezone: string,
  t: CostTranslate,
): string {
  if (!counted || counted.cpu.from === counted.memory.from) {
    return formatInstant(usedFrom, timezone);
  }
  return (['cpu', 'memory'] as const)
    .map(
      resource =>
        `${t(`advice.resource.${resource}`)}: ${formatInstant(
          counted[resource].from,
          timezone,
        )}`,
    )
    .join('; ');
}

function settingText(
  value: number | undefined,
  format: (value: number) => string,
  t: CostTranslate,
): string {
  return value === undefined ? t('advice.detail.none') : format(value);
}

/** A price of the evidence, in micros per hour. */
function priceText(micros: number | undefined, currency: string): string {
  return micros === undefined
    ? '\u2013'
    : formatPrice((micros / 1e6).toFixed(9), currency);
}
