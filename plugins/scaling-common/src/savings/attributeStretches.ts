import { Stretch } from './types';

/** A stretch and what it is of. @public */
export interface AttributedStretch extends Stretch {
  id: string;
}

/**
 * Parts stretches on one workload so that every instant belongs to one of them: the
 * one that began first, of two that began together the one of the smaller id. What
 * was saved in an hour is then counted once.
 *
 * @returns disjoint stretches in the order of time; their union is that of the input
 * @public
 */
export function attributeStretches(
  stretches: readonly AttributedStretch[],
): AttributedStretch[] {
  const byStart = [...stretches]
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
  const parts: AttributedStretch[] = [];
  let covered = Number.NEGATIVE_INFINITY;
  for (const { id, from, to } of byStart) {
    if (to > covered) {
      parts.push({ id, from: Math.max(from, covered), to });
      covered = to;
    }
  }
  return parts;
}
