import { SqlFragment } from '@headroom/node';

/** Rows that a page shows. @public */
export interface Page<TRow> {
  rows: TRow[];
  /** All that match. */
  total: number;
  /** Asks for the next page; absent = this is the last. */
  cursor?: string;
}

/** Whose plans and lines. @public */
export interface PageScope {
  /**
   * A condition on an entity `e` of `<prefix>_entities`, as `criteriaToSql` makes it;
   * absent = everything, also what is nobody's.
   */
  scope?: SqlFragment;
}

/** @public */
export interface PageQuery extends PageScope {
  /** `schedules`, `rightsizing` …; absent = all. */
  controller?: string;
  cluster?: string;
  namespace?: string;
  policyId?: string;
  entityRef?: string;
  /** Part of the name of a policy or of a target. */
  text?: string;
  cursor?: string;
  /** 1 to 200; default 50. */
  limit?: number;
}

/** @public */
export interface PlanQuery extends PageQuery {
  /**
   * `waiting`: an approval is asked for; `open`: not over yet; `unresolved`: nobody
   * can tell what became of an action; default: all.
   */
  state?: 'waiting' | 'open' | 'unresolved';
  /** Plans whose every action is on an entity of this scope: what somebody may decide on. */
  coveredBy?: SqlFragment;
  /** Only what this person may decide on: not what they asked for where two persons must. */
  approver?: string;
}
