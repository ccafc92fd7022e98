import { addDays } from '@headroom/common';
import { Review } from './review';

/** Servers refuse addresses that are much longer. */
const MOST_CHARACTERS = 7000;
const CUT = '\n\n…';

/**
 * The address at which an issue about a review is opened. A text that is too long for an
 * address is cut at the end of a line, and says so by an ellipsis.
 *
 * @param address - has `{title}` and `{body}` in its query
 * @param markdown - the review
 * @public
 */
export function reviewIssueUrl(
  address: string,
  { week, end }: Pick<Review, 'week' | 'end'>,
  markdown: string,
): string {
  const fill = (body: string) =>
    address.replace(/\{(title|body)\}/g, (_, part) =>
      encodeURIComponent(
        part === 'title'
          ? `Cost review of the week from ${week} to ${addDays(end, -1)}`
          : body,
      ),
    );
  const whole = fill(markdown);
  if (whole.length <= MOST_CHARACTERS) {
    return whole;
  }
  const lines = markdown.split('\n');
  let room = MOST_CHARACTERS - fill(CUT).length;
  const kept = lines.findIndex(line => {
    room -= encodeURIComponent(`${line}\n`).length;
    return room < 0;
  });
  return fill(lines.slice(0, Math.max(kept, 0)).join('\n') + CUT);
}
