/**
 * A span of whole calendar days in the configured zone. `end` is exclusive.
 * @public
 */
export interface ReportWindow {
  /** What was asked for: `7d`, `30d`, `90d`, `mtd` or `custom`. */
  preset: '7d' | '30d' | '90d' | 'mtd' | 'custom';
  /** First day, `YYYY-MM-DD`. */
  start: string;
  /** Day after the last one, `YYYY-MM-DD`. */
  end: string;
  /** IANA zone the days are in. */
  timezone: string;
  /** The day that is not over yet, when it lies in the window. */
  partialDay?: string;
}
