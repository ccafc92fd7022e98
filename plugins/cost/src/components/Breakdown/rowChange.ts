import { BreakdownRow } from '@headroom/plugin-cost-common';
import { changeRatio, toMicros } from '@headroom/react';

/**
 * How a row changed against the window before. Where the report doesn't say, it
 * can be told from the totals, but only of windows that are over: a day that
 * isn't would read as a fall.
 */
export function rowChange(
  row: Pick<BreakdownRow, 'total' | 'previousTotal' | 'changeRatio'>,
  comparable: boolean,
): number | undefined {
  if (row.changeRatio !== undefined) {
    return row.changeRatio;
  }
  return comparable && row.previousTotal !== undefined
    ? changeRatio(toMicros(row.total), toMicros(row.previousTotal))
    : undefined;
}
