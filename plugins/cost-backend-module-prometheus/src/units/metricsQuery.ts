import { UnitMetric } from '@headroom/plugin-cost-node';
import { together } from '../promql/expressions';

/** What a series of the answer counts. */
export type UnitKind = 'units' | 'failed';

/** Label value that tells the series of one metric and kind apart. */
export function partOf(kind: UnitKind, index: number): string {
  return `${kind}-${index}`;
}

/**
 * One query for all metrics, numbered in their order, so that more metrics are
 * no more requests. Undefined when there is nothing to ask.
 */
export function metricsQuery(metrics: UnitMetric[]): string | undefined {
  const parts = metrics.flatMap(({ query, failedQuery }, index) =>
    query
      ? [
          [partOf('units', index), ownLines(query)],
          ...(failedQuery
            ? [[partOf('failed', index), ownLines(failedQuery)]]
            : []),
        ]
      : [],
  );
  return parts.length > 0 ? together(Object.fromEntries(parts)) : undefined;
}

/** Configured PromQL may end in a comment, which must not swallow what follows. */
function ownLines(promql: string): string {
  return `\n${promql}\n`;
}
