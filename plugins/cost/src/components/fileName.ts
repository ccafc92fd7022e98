import { ReportWindow } from '@headroom/plugin-cost-common';

/** Name of a download, without extension: what it is of, and which days, `cost-akidb-rest-2026-10-01-2026-10-21`. */
export function reportFileName(
  subject: string,
  window: Pick<ReportWindow, 'start' | 'end'>,
): string {
  return ['cost', subject, window.start, window.end]
    .join('-')
    .replace(/[^\w.-]+/g, '-');
}
