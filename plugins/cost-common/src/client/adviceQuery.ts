import { AdviceRow } from '../reports/adviceReports';

/**
 * What advice is asked for, of one Component or of everything.
 *
 * @public
 */
export interface AdviceFilter {
  /** ISO 4217; absent = the portal's own. */
  currency?: string;
  /** Whether advice that was dismissed or snoozed is among the rows; `hide` when absent. */
  decided?: 'hide' | 'show';
}

/**
 * What a table of advice can be sorted by on the server.
 *
 * @public
 */
export type AdviceSort = 'saving' | 'confidence' | 'throttled' | 'oom' | 'name';

/**
 * One page of the advice on everything.
 *
 * @public
 */
export interface FleetAdviceQuery extends AdviceFilter {
  offset?: number;
  /** At most 1000. */
  limit?: number;
  sort?: AdviceSort;
  order?: 'asc' | 'desc';
  /** Text in the name of container, workload, namespace or cluster. */
  q?: string;
  status?: AdviceRow['status'];
  cluster?: string;
}
