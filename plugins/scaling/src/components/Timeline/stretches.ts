import { ScalingBounds, ScalingStretch } from '@headroom/plugin-scaling-common';
import { isZero } from '../../format';

/** A stretch as it is drawn: sentences are worded. */
export interface TimelineStretch {
  from: string;
  to: string;
  wanted?: ScalingBounds;
  lead?: boolean;
  because: string;
}

/** One line of a {@link Timeline}. */
export interface TimelineRow {
  id: string;
  /** For those who can't see it. */
  name: string;
  stretches: readonly TimelineStretch[];
}

/** How a stretch looks: up early, none, within bounds, or as its owner has it. */
export type StretchKind = 'lead' | 'zero' | 'bounds' | 'left';

/** See {@link StretchKind}. */
export function kindOf(
  stretch: Pick<ScalingStretch, 'wanted' | 'lead'>,
): StretchKind {
  if (stretch.lead) {
    return 'lead';
  }
  if (!stretch.wanted) {
    return 'left';
  }
  return isZero(stretch.wanted) ? 'zero' : 'bounds';
}

/**
 * Where a stretch lies on an axis, as shares of its width; undefined = beside it.
 *
 * @param fromMs - start of the axis
 * @param toMs - its end
 */
export function placeOf(
  stretch: Pick<TimelineStretch, 'from' | 'to'>,
  fromMs: number,
  toMs: number,
): { left: number; width: number } | undefined {
  const start = Math.max(Date.parse(stretch.from), fromMs);
  const end = Math.min(Date.parse(stretch.to), toMs);
  return start < end
    ? {
        left: (start - fromMs) / (toMs - fromMs),
        width: (end - start) / (toMs - fromMs),
      }
    : undefined;
}

/** Which stretch of a row is nearest to an instant; -1 = it has none. */
export function nearest(row: TimelineRow, atMs: number): number {
  let best = -1;
  let distance = Infinity;
  row.stretches.forEach(({ from, to }, index) => {
    const start = Date.parse(from);
    const end = Date.parse(to);
    const away = atMs < start ? start - atMs : Math.max(0, atMs - end + 1);
    if (away < distance) {
      best = index;
      distance = away;
    }
  });
  return best;
}
