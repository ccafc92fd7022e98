import { ReviewPart, REVIEW_PARTS } from '@headroom/plugin-cost-common';

/** Words of each part of a change. */
export function partWords(
  wordOf: (part: ReviewPart) => string,
): Record<ReviewPart, string> {
  return Object.fromEntries(
    REVIEW_PARTS.map(part => [part, wordOf(part)]),
  ) as Record<ReviewPart, string>;
}
