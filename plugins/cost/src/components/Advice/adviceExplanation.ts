import { AdviceReport } from '@headroom/plugin-cost-common';
import {
  Explanation,
  formatMoneyExact,
  formatPrice,
  formatQuantity,
  toMicros,
} from '@headroom/react';
import { windowText } from './windowText';
import { CostTranslate } from '../../useCostTranslation';

/** The figures above a table of advice, in their order. */
export const ADVICE_FIGURES = [
  'list',
  'realisable',
  'includingHeld',
  'containers',
  'decidedAgainst',
] as const;

/** One of {@link ADVICE_FIGURES}. */
export type AdviceFigure = (typeof ADVICE_FIGURES)[number];

function stepsOf(
  figure: AdviceFigure,
  report: AdviceReport,
  t: CostTranslate,
): Explanation['steps'] {
  const { totals, currency, pools } = report;
  const exact = (micros: bigint) => formatMoneyExact(micros, currency);
  const list = toMicros(totals.listSaving);
  const includingHeld = toMicros(totals.includingHeld);
  const listStep = { label: t('advice.explain.saving'), formula: exact(list) };
  switch (figure) {
    case 'list':
      return [listStep];
    case 'realisable':
      return [
        ...pools.map(pool => ({
          label: t('advice.explain.pool', {
            pool: pool.nodePool,
            cluster: pool.cluster,
          }),
          formula: t(poolFormula(pool), {
            nodes: formatQuantity(releasedNodes(pool)),
            price: formatPrice(pool.nodeHourlyPrice, currency),
            money: exact(toMicros(pool.releasedMicros)),
          }),
        })),
        {
          label: t('table.total'),
          formula: exact(toMicros(totals.realisableSaving)),
        },
      ];
    case 'includingHeld':
      return [
        listStep,
        {
          label: t('advice.explain.held'),
          formula: exact(includingHeld - list),
        },
        { label: t('table.total'), formula: exact(includingHeld) },
      ];
    case 'containers':
      return (['change', 'keep', 'withheld'] as const).map(status => ({
        label: t(`advice.explain.${status}`),
        formula: String(totals.containers[status]),
      }));
    default:
      return [
        {
          label: t('table.total'),
          formula: exact(toMicros(totals.decidedAgainst)),
        },
      ];
  }
}

const HOURS_PER_MONTH = 730;
/** Tolerance for prices that were rounded on their way. */
const ROUNDING_MICROS = 10_000;

/** What a pool gives back is its nodes' price, unless the advice there saves less. */
function poolFormula(pool: AdviceReport['pools'][number]) {
  const priceMicros = Number(pool.nodeHourlyPrice) * 1e6 * HOURS_PER_MONTH;
  const nodesMicros = releasedNodes(pool) * priceMicros;
  return nodesMicros - Number(pool.releasedMicros) > ROUNDING_MICROS
    ? 'advice.explain.poolFormulaCapped'
    : 'advice.explain.poolFormula';
}

/** Nodes a pool has and won't need. */
export function releasedNodes(pool: AdviceReport['pools'][number]): number {
  return Math.max(0, pool.nodesNeeded - pool.nodesAfter);
}

/** Where a figure above a table of advice comes from. */
export function adviceExplanation(
  figure: AdviceFigure,
  report: AdviceReport,
  t: CostTranslate,
): Explanation {
  return {
    title: t('advice.explain.title', { figure: t(`advice.figure.${figure}`) }),
    meaning: t(`advice.explain.${figure}`),
    steps: stepsOf(figure, report, t),
    window: windowText(report, t),
  };
}
