import { GpuReport } from '@headroom/plugin-cost-common';
import {
  formatDayRange,
  formatMoneyExact,
  formatQuantity,
  toMicros,
} from '../../format';
import { CostTranslate } from '../costColumns';
import { Explanation } from '../ExplainDialog';

/** The figures of a GPU page, in their order. */
export const GPU_FIGURES = [
  'spend',
  'busy',
  'idle',
  'reclaimable',
  'setAside',
] as const;

/** One of {@link GPU_FIGURES}. */
export type GpuFigure = (typeof GPU_FIGURES)[number];

const HOURS = [
  ['held', 'heldHours'],
  ['known', 'knownHours'],
  ['busyHours', 'busyHours'],
  ['idleHours', 'idleHours'],
  ['reclaimableHours', 'reclaimableHours'],
] as const;

/** Where a figure of a GPU page comes from, with its numbers. */
export function gpuExplanation(
  figure: GpuFigure,
  report: GpuReport,
  t: CostTranslate,
): Explanation {
  const { headline, currency, window } = report;
  const { money } = headline;
  const exact = (wire: string) => formatMoneyExact(toMicros(wire), currency);
  const hours = HOURS.map(([label, part]) => ({
    label: t(`gpuUse.explain.${label}`),
    formula: `${formatQuantity(headline[part])} ${t('unit.device-hour')}`,
  }));
  const moneyStep = {
    label: t('gpuUse.explain.cost'),
    formula: t('gpuUse.explain.money', {
      amount: exact(money.cost),
      used: exact(money.used),
      idle: exact(money.idle),
      unknown: exact(money.unknown),
      unallocated: exact(money.unallocated),
      stranded: exact(money.stranded),
    }),
  };
  const readings = [
    {
      label: t('gpuUse.explain.readings'),
      formula: formatQuantity(report.readings),
    },
    ...Object.entries(report.setAside).map(([fault, count]) => ({
      label: t(`gpuUse.fault.${fault as keyof GpuReport['setAside']}`),
      formula: formatQuantity(count ?? 0),
    })),
  ];
  const title =
    figure === 'spend' ? t('part.gpu') : t(`gpuUse.figure.${figure}`);
  const steps = {
    spend: [moneyStep],
    busy: hours.slice(0, 3),
    idle: [moneyStep, ...hours],
    reclaimable: hours,
    setAside: readings,
  }[figure];
  return {
    title: t('gpuUse.explain.title', { figure: title }),
    meaning: t(`gpuUse.explain.${figure}`),
    steps,
    window: t('origin.windowText', {
      window: formatDayRange(window.start, window.end),
      timezone: window.timezone,
    }),
  };
}
