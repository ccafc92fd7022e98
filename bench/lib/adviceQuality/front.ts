/** Time above the request against slack, both in percent. */
export interface FrontPoint {
  overPct: number;
  slackPct: number;
}

/**
 * Slack of the front at a share of time above the request: straight lines
 * through the points in the order of `overPct`. A point that allows more time
 * above and has no less slack than another is not on the front; to the left of
 * the first point and to the right of the last it is that point's slack.
 *
 * @param points - at least one
 */
export function frontSlack(
  points: readonly FrontPoint[],
  overPct: number,
): number {
  const front: FrontPoint[] = [];
  for (const point of [...points].sort(byOverThenSlack)) {
    if (point.slackPct < (front.at(-1)?.slackPct ?? Infinity)) {
      front.push(point);
    }
  }
  const right = front.findIndex(point => point.overPct >= overPct);
  const b = front.at(right)!; // the last when none is to the right
  const a = front[right - 1];
  if (!a) {
    return b.slackPct;
  }
  const along = (overPct - a.overPct) / (b.overPct - a.overPct);
  return a.slackPct + along * (b.slackPct - a.slackPct);
}

function byOverThenSlack(a: FrontPoint, b: FrontPoint): number {
  return a.overPct - b.overPct || a.slackPct - b.slackPct;
}
