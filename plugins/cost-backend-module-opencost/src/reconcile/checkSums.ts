import { SourceProblem, Worded } from '@headroom/common';
import { wordOpenCost } from '@headroom/plugin-cost-common';
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
  what: string | Worded,
): SourceProblem[] {
  return [
    ...checkAgainstNodes(sums, currency, what),
    ...checkAgainstCoarse(sums, currency, what),
  ];
}

function checkAgainstNodes(
  { capacity, figures, hasIdle, nodes }: WindowSums,
  currency: string,
  what: string | Worded,
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
  const said = {
    nodes: amountText(nodes.cost, currency),
    items: amountText(capacity, currency),
  };
  const nodeSums = hasIdle
    ? wordOpenCost('sumsWithIdle', said)
    : wordOpenCost('sumsWithoutIdle', said);
  if (!hasIdle && gap > 0n) {
    return [
      {
        code: 'opencost-idle-missing',
        ...wordOpenCost('idleMissing', { what, sums: nodeSums }),
        severity: 'warning',
      },
    ];
  }
  return [
    {
      code: 'opencost-sum-mismatch',
      ...wordApart({ what, sums: nodeSums }, gap, nodes.cost),
      subject: 'assets',
      severity: 'warning',
    },
  ];
}

function checkAgainstCoarse(
  { total, figures, coarse }: WindowSums,
  currency: string,
  what: string | Worded,
): SourceProblem[] {
  if (!coarse || coarse.total === total) {
    return [];
  }
  const gap = coarse.total - total;
  const tolerance = ALLOCATION_ROUNDING * BigInt(figures + coarse.figures);
  const said = {
    what,
    sums: wordOpenCost('sumsByCluster', {
      containers: amountText(total, currency),
      cluster: amountText(coarse.total, currency),
    }),
  };
  return magnitudeOf(gap) <= tolerance
    ? [
        {
          code: 'opencost-rounding',
          ...wordOpenCost('rounding', said),
          subject: 'cluster total',
          severity: 'info',
        },
      ]
    : [
        {
          code: 'opencost-sum-mismatch',
          ...wordApart(said, gap, coarse.total),
          subject: 'cluster total',
          severity: 'warning',
        },
      ];
}

function wordApart(
  said: { what: string | Worded; sums: Worded },
  gap: bigint,
  whole: bigint,
): Worded {
  return whole === 0n
    ? wordOpenCost('sumsAllApart', said)
    : wordOpenCost('sumsApart', {
        ...said,
        share: percentText(Math.abs(Number(gap) / Number(whole))),
      });
}
