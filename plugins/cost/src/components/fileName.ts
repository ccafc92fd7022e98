import { ReportWindow, addDays } from '@headroom/common';

/** Name of a download, without extension: what it is of, first and last day, `cost-akidb-rest-2026-10-01-2026-10-21`. */
export function reportFileName(
  subject: string,
  window: Pick<ReportWindow, 'start' | 'end'>,
): string {
  return ['cost', subject, window.start, addDays(window.end, -1)]
    .join('-')
    .replace(/[^\w.-]+/g, '-');
}
