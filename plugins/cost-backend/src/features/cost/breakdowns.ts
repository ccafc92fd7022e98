import {
  BreakdownRow,
  POD_LEVEL_CONTAINER,
  ServiceDimension,
} from '@headroom/plugin-cost-common';
import { GroupSums } from '../../database/MoneyStore';
import { RowBase } from '../../core/report/headline';
import { noSums, Sums, toRowFigures, totalOfSums } from '../../database/sums';

const SERVICE_DIMENSIONS: ServiceDimension[] = [
  'cluster',
  'region',
  'workload',
  'container',
  'capacity',
];

/** A group of rows in both windows. */
export interface Pair {
  kind: BreakdownRow['kind'];
  values: string[];
  title?: string;
  current?: Sums;
  previous?: Sums;
  /** The same over the days that can be compared. */
  compared: { current?: Sums; previous?: Sums };
}

/** The breakdown tables of a service; every table sums to the same total. */
export function serviceBreakdowns(
  groups: GroupSums[],
  base: RowBase,
): Record<ServiceDimension, BreakdownRow[]> {
  return Object.fromEntries(
    SERVICE_DIMENSIONS.map(dimension => [
      dimension,
      pairs(groups, dimension)
        .map(pair => toRow(pair, labelOf(dimension, pair.values), base))
        .sort(largestFirst),
    ]),
  ) as Record<ServiceDimension, BreakdownRow[]>;
}

/** Rows of one dimension with their figures in both windows. */
export function pairs(groups: GroupSums[], dimension: string): Pair[] {
  const byKey = new Map<string, Pair>();
  for (const group of groups) {
    if (group.dimension === dimension) {
      const key = `${group.kind}\0${group.values.join('\0')}`;
      const pair = byKey.get(key) ?? {
        kind: group.kind,
        values: group.values,
        title: group.title,
        compared: {},
      };
      (group.compared ? pair.compared : pair)[group.period] = group.sums;
      byKey.set(key, pair);
    }
  }
  return [...byKey.values()];
}

/** One table row; what it can't be compared with is left out. */
export function toRow(
  { kind, values, current, previous, compared }: Pair,
  label: string,
  base: RowBase,
): BreakdownRow {
  const now = totalOfSums(compared.current ?? noSums());
  const before = totalOfSums(compared.previous ?? noSums());
  return {
    key: keyOf(kind, values.join('/')),
    label,
    kind,
    ...toRowFigures(
      current ?? noSums(),
      base.previousWhole ? previous ?? noSums() : undefined,
    ),
    ...(base.comparable &&
      before > 0n && { changeRatio: Number(now - before) / Number(before) }),
  };
}

function keyOf(kind: Pair['kind'], value: string): string {
  if (kind === 'normal') {
    return value || '-';
  }
  return value ? `${kind}:${value}` : kind;
}

/** The larger total first; what is equal by key. */
export function largestFirst(a: BreakdownRow, b: BreakdownRow): number {
  const difference = BigInt(b.total) - BigInt(a.total);
  if (difference !== 0n) {
    return difference > 0n ? 1 : -1;
  }
  return a.key < b.key ? -1 : 1;
}

/** Cost of the current window of one kind of rows. */
export function totalOfKind(rows: Pair[], kind: BreakdownRow['kind']): bigint {
  return rows
    .filter(row => row.kind === kind)
    .reduce((sum, { current }) => sum + totalOfSums(current ?? noSums()), 0n);
}

function labelOf(dimension: ServiceDimension, values: string[]): string {
  switch (dimension) {
    case 'region':
      return values[0] || 'unknown region';
    case 'workload':
      return `${values[0]}/${values[2]}`;
    case 'container': {
      const container =
        values[3] === POD_LEVEL_CONTAINER ? 'volumes and traffic' : values[3];
      return `${values[2]} · ${container}`;
    }
    default:
      return values[0];
  }
}
