import { SourceProblem } from '@headroom/common';
import { magnitudeOf } from '../answer/micros';
import { ALLOCATION_ROUNDING } from './checkItems';
import { amountText, percentText } from './text';

/** Rounding of one node's share of an hour, in micros: three parts of half a micro and a split each. */
const NODE_ROUNDING = 3n;

/** What a window sums to, by the ways it was asked for. Micros. @internal */
export interface WindowSums {
  /** CPU, memory and GPU of all items, idle included. */
  capacity: bigint;
  /** Everything of all items. */
  total: bigint;
  /** Rounded figures these are made of. */
  figures: number;
  hasIdle: boolean;
  /** Sum of the nodes of the same hours; absent when nothing is known of nodes. */
  nodes?: { cost: bigint; count: number };
  /** The same hours, aggregated by the server; absent when it could not say. */
  coarse?: { total: bigint; figures: number };
}

/**
 * Whether items, nodes and the server's own coarse total agree, within what
 * rounding explains (allocations have 5 decimals, assets 6).
 *
 * @internal
 */
export function checkSums(
  sums: WindowSums,
  currency: string,
  what: string,
): SourceProblem[] {
  return [
    ...checkAgainstNodes(sums, currency, what),
    ...checkAgainstCoarse(sums, currency, what),
  ];
}

function checkAgainstNodes(
  { capacity, figures, hasIdle, nodes }: WindowSums,
  currency: string,
  what: string,
): SourceProblem[] {
  if (!nodes || nodes.count === 0) {
    return [];
  }
  const gap = nodes.cost - capacity;
  const tolerance =
    ALLOCATION_ROUNDING * BigInt(figures) + NODE_ROUNDING * BigInt(nodes.count);
  if (magnitudeOf(gap) <= tolerance) {
    return [];
  }
  const figuresText = `nodes cost ${amountText(
    nodes.cost,
    currency,
  )}, allocations ${hasIdle ? 'with' : 'without'} idle sum to ${amountText(
    capacity,
    currency,
  )}`;
  if (!hasIdle && gap > 0n) {
    return [
      {
        code: 'opencost-idle-missing',
        message: `${what} gave no idle though it was asked for: ${figuresText}. The difference is paid and in no figure here.`,
        severity: 'warning',
      },
    ];
  }
  return [
    {
      code: 'opencost-sum-mismatch',
      message: `${what} contradicts itself: ${figuresText}, ${shareText(
        gap,
        nodes.cost,
      )} apart, more than rounding explains.`,
      subject: 'assets',
      severity: 'warning',
    },
  ];
}

function checkAgainstCoarse(
  { total, figures, coarse }: WindowSums,
  currency: string,
  what: string,
): SourceProblem[] {
  if (!coarse || coarse.total === total) {
    return [];
  }
  const gap = coarse.total - total;
  const tolerance = ALLOCATION_ROUNDING * BigInt(figures + coarse.figures);
  const text = `by container ${amountText(
    total,
    currency,
  )}, by cluster ${amountText(coarse.total, currency)}`;
  return magnitudeOf(gap) <= tolerance
    ? [
        {
          code: 'opencost-rounding',
          message: `${what} rounds every figure to 5 decimals: ${text}.`,
          subject: 'cluster total',
          severity: 'info',
        },
      ]
    : [
        {
          code: 'opencost-sum-mismatch',
          message: `${what} contradicts itself: ${text}, ${shareText(
            gap,
            coarse.total,
          )} apart, more than rounding explains.`,
          subject: 'cluster total',
          severity: 'warning',
        },
      ];
}

function shareText(gap: bigint, whole: bigint): string {
  return whole === 0n
    ? 'all of it'
    : percentText(Math.abs(Number(gap) / Number(whole)));
}
