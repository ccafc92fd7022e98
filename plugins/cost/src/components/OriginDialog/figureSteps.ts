import { Said } from '@headroom/common';
import {
  DayCost,
  Headline,
  Origin,
  ReportBase,
  RESOURCES,
  ServiceCostReport,
  UnitCost,
} from '@headroom/plugin-cost-common';
import {
  FigureStep,
  formatDay,
  formatDayRange,
  formatMoneyExact,
  formatPrice,
  formatQuantity,
  formatShare,
  shareOf,
  toMicros,
} from '@headroom/react';
import { FigureName } from '../Headline';
import { sumAmounts, sumResources } from '../parts';
import { unitTitle } from '../UnitCosts/unitTitle';
import { CostTranslate } from '../../useCostTranslation';

/** Enough to multiply along with a calculator. */
const PRICE_DIGITS = 6;

/** What a figure is explained from. */
export interface FigureSubject {
  report: ReportBase;
  headline: Headline & { unallocated?: string; idle?: string };
  days: readonly DayCost[];
  origin?: Partial<Origin>;
  gpu?: ServiceCostReport['gpu'];
  units?: UnitCost[];
}

function rangeText(range: { start: string; end: string }): string {
  return formatDayRange(range.start, range.end);
}

function spendSteps(subject: FigureSubject, t: CostTranslate): FigureStep[] {
  const { report, headline, days, origin } = subject;
  const exact = (micros: bigint) => formatMoneyExact(micros, report.currency);
  const resources = sumResources(days);
  const steps = RESOURCES.flatMap<FigureStep>(resource => {
    const formula = origin?.formulas?.find(item => item.resource === resource);
    if (formula?.effectivePrice) {
      return [
        {
          label: t(`part.${resource}`),
          formula: `${formatQuantity(formula.quantity)} ${t(
            `unit.${formula.unit}`,
          )} × ${formatPrice(
            formula.effectivePrice,
            report.currency,
            PRICE_DIGITS,
          )} = ${exact(toMicros(formula.cost))}`,
        },
      ];
    }
    return resources[resource] === 0n
      ? []
      : [
          {
            label: t(`part.${resource}`),
            formula: exact(resources[resource]),
          },
        ];
  });
  const shared = sumAmounts(days.map(day => day.shared));
  if (shared !== 0n) {
    steps.push({ label: t('part.shared'), formula: exact(shared) });
  }
  return [
    ...steps,
    {
      label: t('table.total'),
      formula: `${t('origin.sumOf', {
        window: rangeText(report.window),
      })} = ${exact(toMicros(headline.total))}`,
    },
  ];
}

function monthSteps(subject: FigureSubject, t: CostTranslate): FigureStep[] {
  const { report, headline } = subject;
  return [
    {
      label: t('table.total'),
      formula: `${t('origin.sumOf', {
        window: rangeText(headline.monthToDate),
      })} = ${formatMoneyExact(
        toMicros(headline.monthToDate.total),
        report.currency,
      )}`,
    },
  ];
}

function projectionSteps(
  subject: FigureSubject,
  t: CostTranslate,
  wordingOf: (said: Said) => string,
): FigureStep[] {
  const { projection } = subject.headline;
  const { currency } = subject.report;
  if (projection.status === 'not-yet') {
    const { reason: message, wording } = projection;
    return [
      { label: t('figure.notYet'), formula: wordingOf({ message, wording }) },
    ];
  }
  const exact = (wire: string) => formatMoneyExact(toMicros(wire), currency);
  return [
    {
      label: t('origin.method'),
      formula: t('origin.projectionMethod', {
        count: projection.completeDays,
        monthEnd: formatDay(projection.monthEnd),
      }),
    },
    { label: t('figure.projection'), formula: exact(projection.total) },
    {
      label: t('origin.interval', {
        confidence: formatShare(projection.confidence),
      }),
      formula: `${exact(projection.low)} \u2013 ${exact(projection.high)}`,
    },
    {
      label: t('origin.backtest'),
      formula:
        projection.backtestError === undefined
          ? t('origin.backtestNone')
          : t('origin.backtestError', {
              error: formatShare(projection.backtestError),
            }),
    },
  ];
}

/** Efficiency and what is unused are the two sides of one division. */
function usageSteps(subject: FigureSubject, t: CostTranslate): FigureStep[] {
  const { report, headline, days } = subject;
  const exact = (micros: bigint) => formatMoneyExact(micros, report.currency);
  const resources = sumResources(days);
  const paid = resources.cpu + resources.memory + resources.gpu;
  const unused = toMicros(headline.unusedCost);
  const { efficiency } = headline;
  const used = paid - unused;
  // Usage may be known of a part of what is paid for only; then this is not the used part.
  const allKnown =
    efficiency !== undefined &&
    paid > 0n &&
    Math.abs(shareOf(used, paid) - efficiency) < 0.001;
  const steps: FigureStep[] = [
    { label: t('origin.paid'), formula: exact(paid) },
    {
      label: t('figure.unused'),
      formula:
        headline.unusedShare === undefined
          ? exact(unused)
          : `${exact(unused)}, ${t('figure.unusedShare', {
              share: formatShare(headline.unusedShare),
            })}`,
    },
  ];
  if (efficiency !== undefined) {
    steps.push({
      label: t('figure.efficiency'),
      formula: `${
        allKnown
          ? `${t('origin.usedOverPaid')} = ${exact(used)} ÷ ${exact(paid)}`
          : t('origin.usedOverPaidKnown')
      } = ${formatShare(efficiency)}`,
    });
  }
  return steps;
}

function nobodySteps(
  kind: 'idle' | 'unallocated',
  subject: FigureSubject,
  t: CostTranslate,
): FigureStep[] {
  const amount = subject.headline[kind];
  return amount === undefined
    ? []
    : [
        {
          label: t(
            toldAs(kind, subject) === 'idleLeft'
              ? 'origin.idleLeft'
              : `origin.${kind}`,
          ),
          formula: formatMoneyExact(toMicros(amount), subject.report.currency),
        },
      ];
}

function gpuSteps(subject: FigureSubject, t: CostTranslate): FigureStep[] {
  const { gpu, report } = subject;
  if (!gpu) {
    return [];
  }
  return [
    {
      label: t('gpu.paidHours'),
      formula: `${formatQuantity(gpu.paidHours)} ${t(
        'unit.device-hour',
      )}, ${formatMoneyExact(toMicros(gpu.cost), report.currency)}`,
    },
    {
      label: t('gpu.busyHours'),
      formula:
        gpu.busyHours === undefined
          ? t('figure.efficiencyUnknown')
          : `${formatQuantity(gpu.busyHours)} ${t('unit.device-hour')}`,
    },
    ...(gpu.busyHours === undefined || gpu.knownHours === undefined
      ? []
      : [
          {
            label: t('gpu.knownHours'),
            formula: `${formatQuantity(gpu.knownHours)} ${t(
              'unit.device-hour',
            )}`,
          },
        ]),
  ];
}

function unitSteps(subject: FigureSubject, t: CostTranslate): FigureStep[] {
  const { units = [], report } = subject;
  return units.map(unit => ({
    label: unitTitle(unit, t),
    formula:
      unit.unitCost === undefined || unit.quantity === undefined
        ? t(`units.reason.${unit.reason ?? 'no-data'}`)
        : t('origin.unitFormula', {
            quantity: formatQuantity(unit.quantity),
            per: formatQuantity(unit.per),
            price: formatPrice(unit.unitCost, report.currency, PRICE_DIGITS),
          }),
  }));
}

/** What a figure is told as: idle capacity that is shared is another thing than idle capacity. */
export function toldAs(
  figure: FigureName,
  subject: FigureSubject,
): FigureName | 'idleLeft' {
  return figure === 'idle' && subject.origin?.sharing?.idle === 'shared'
    ? 'idleLeft'
    : figure;
}

/** The days a figure is of: the month's own for those of the month. */
export function figureWindow(
  figure: FigureName,
  subject: FigureSubject,
): { start: string; end: string } {
  const { headline, report } = subject;
  return figure === 'monthToDate' || figure === 'projection'
    ? headline.monthToDate
    : report.window;
}

/** How a figure came about, step by step with its numbers filled in. */
export function figureSteps(
  figure: FigureName,
  subject: FigureSubject,
  t: CostTranslate,
  wordingOf: (said: Said) => string,
): FigureStep[] {
  switch (figure) {
    case 'spend':
      return spendSteps(subject, t);
    case 'monthToDate':
      return monthSteps(subject, t);
    case 'projection':
      return projectionSteps(subject, t, wordingOf);
    case 'efficiency':
    case 'unused':
      return usageSteps(subject, t);
    case 'gpu':
      return gpuSteps(subject, t);
    case 'units':
      return unitSteps(subject, t);
    default:
      return nobodySteps(figure, subject, t);
  }
}
