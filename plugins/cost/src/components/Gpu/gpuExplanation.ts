import { GpuEnergy, GpuReport } from '@headroom/plugin-cost-common';
import {
  Explanation,
  formatDayRange,
  formatMoneyExact,
  formatPrice,
  formatQuantity,
  toMicros,
} from '@headroom/react';
import { isOfEverything } from './gpuNumbers';
import { CostTranslate } from '../../useCostTranslation';

/** The figures of a GPU page that open to their origin. */
export const GPU_FIGURES = [
  'spend',
  'busy',
  'unused',
  'reclaimable',
  'setAside',
  'energy',
] as const;

/** One of {@link GPU_FIGURES}. */
export type GpuFigure = (typeof GPU_FIGURES)[number];

const HOURS = [
  ['deviceHours', 'deviceHours'],
  ['held', 'heldHours'],
  ['known', 'knownHours'],
  ['busyHours', 'busyHours'],
  ['unusedHours', 'unusedHours'],
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
  const everything = isOfEverything(report);
  const exact = (wire: string) => formatMoneyExact(toMicros(wire), currency);
  const hours = HOURS.map(([label, part]) => ({
    label: t(`gpuUse.explain.${label}`),
    formula: `${formatQuantity(headline[part])} ${t('unit.device-hour')}`,
  }));
  const moneyStep = {
    label: t('gpuUse.explain.cost'),
    formula: t(
      everything ? 'gpuUse.explain.money' : 'gpuUse.explain.moneyHeld',
      {
        amount: exact(money.cost),
        used: exact(money.used),
        unused: exact(money.unused),
        unknown: exact(money.unknown),
        idle: exact(money.idle),
        stranded: exact(money.stranded),
      },
    ),
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
    spend: [moneyStep, ...hours.slice(0, 1)],
    busy: hours.slice(1, 4),
    unused: [moneyStep, ...hours.slice(1)],
    reclaimable: hours.slice(1),
    setAside: readings,
    energy: energySteps(report, everything, t),
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

/** The parts of the energy, of how many device-hours power is known, and the price. */
function energySteps(
  { energy, currency }: GpuReport,
  everything: boolean,
  t: CostTranslate,
): Explanation['steps'] {
  if (!energy) {
    return [];
  }
  const kwh = (part: GpuEnergy) =>
    t('gpuUse.energy.amount', { kwh: formatQuantity(part.kilowattHours) });
  const { total, price } = energy;
  return [
    {
      label: t('gpuUse.energy.title'),
      formula: t(
        everything ? 'gpuUse.explain.energyParts' : 'gpuUse.explain.energyHeld',
        {
          total: kwh(total),
          held: kwh(energy.held),
          idle: kwh(energy.idle),
          unknown: kwh(energy.ownerUnknown),
          stranded: kwh(energy.stranded),
        },
      ),
    },
    {
      label: t('gpuUse.explain.energyKnown'),
      formula: t('gpuUse.explain.energyHours', {
        known: formatQuantity(total.knownHours),
        hours: formatQuantity(total.deviceHours),
      }),
    },
    ...(price && total.micros !== undefined
      ? [
          {
            label: t('gpuUse.energy.money'),
            formula: t('gpuUse.explain.energyMoney', {
              total: kwh(total),
              price: formatPrice(price.perKilowattHour, price.currency),
              money: formatMoneyExact(toMicros(total.micros), currency),
            }),
          },
        ]
      : []),
  ];
}
