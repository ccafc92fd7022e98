import { ReportWindow } from '@headroom/common';
import { IdleMode } from '../reports/reports';

/** The windows a report may be asked for. @public */
export type WindowPreset = ReportWindow['preset'];

/**
 * What a report is asked for. Pages keep it in their URL, so that a link shows
 * the same thing to whoever opens it.
 *
 * @public
 */
export interface CostScope {
  window: WindowPreset;
  /** First day, `YYYY-MM-DD`; only with `custom`. */
  from?: string;
  /** Last day, inclusive; only with `custom`. */
  to?: string;
  /** ISO 4217; absent = the portal's own. */
  currency?: string;
  idle: IdleMode;
}
