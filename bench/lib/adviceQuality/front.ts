/** Time above the request against slack, both in percent. */
export interface FrontPoint {
  overPct: number;
  slackPct: number;
}

/**
 * Slack of the front at a share of time above the request: points joined by
 * straight lines in the order of `overPct`. To the left of the first point it
 * is that point's slack.
 *
 * @returns undefined to the right of the last point, where nobody has been
 */
export function frontSlack(
  points: readonly FrontPoint[],
  overPct: number,
): number | undefined {
  const sorted = [...points].sort((a, b) => a.overPct - b.overPct);
  const right = sorted.findIndex(point => point.overPct >= overPct);
  if (right < 0) {
    return undefined;
  }
  const b = sorted[right];
  const a = sorted[right - 1] ?? b;
  const along =
    b.overPct > a.overPct ? (overPct - a.overPct) / (b.overPct - a.overPct) : 1;
  return a.slackPct + along * (b.slackPct - a.slackPct);
}
