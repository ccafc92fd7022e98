import { createWorder } from '@headroom/common';

/**
 * What the back end says of a report of costs.
 *
 * @public
 */
export const REPORT_SENTENCES = {
  backfillAwaited_one:
    'The back-fill has not read all of this month yet; {{count}} day is not in.',
  backfillAwaited_other:
    'The back-fill has not read all of this month yet; {{count}} days are not in.',
} as const;

/** @public */
export const wordReport = createWorder('report', REPORT_SENTENCES);
