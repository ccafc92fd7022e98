/** An amount with the ends of its 90 % interval; micros. @public */
export interface SavedAmount {
  saved: number;
  low: number;
  high: number;
  hours: number;
}

/** What one policy saved on one workload. @public */
export interface SavedOnWorkload extends SavedAmount {
  /** Of which workload: the same text for all amounts that are compared with one past. */
  workload: string;
}

/**
 * The sum of what policies saved on workloads.
 *
 * Amounts on one workload are compared with the same past, and what is wrong about that
 * is wrong for all of them: their half-widths add up. Workloads are measured apart from
 * each other: theirs add up as the root of the sum of their squares.
 *
 * @returns undefined of none
 * @see https://www.itl.nist.gov/div898/handbook/mpc/section5/mpc552.htm
 * @public
 */
export function sumSavings(
  amounts: readonly SavedOnWorkload[],
): SavedAmount | undefined {
  if (amounts.length === 0) {
    return undefined;
  }
  const halfWidths = new Map<string, number>();
  for (const { workload, low, high } of amounts) {
    const known = halfWidths.get(workload) ?? 0;
    halfWidths.set(workload, known + (high - low) / 2);
  }
  const saved = amounts.reduce((sum, each) => sum + each.saved, 0);
  const halfWidth = Math.sqrt(
    [...halfWidths.values()].reduce((sum, each) => sum + each ** 2, 0),
  );
  return {
    saved,
    low: saved - halfWidth,
    high: saved + halfWidth,
    hours: amounts.reduce((sum, each) => sum + each.hours, 0),
  };
}
