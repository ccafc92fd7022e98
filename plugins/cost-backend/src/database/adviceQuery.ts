import { EVERYTHING, SqlFragment, textArray } from '@headroom/node';
import { DECISION_JOIN } from './adviceDecisions';
import { entitiesSql, Scope } from './scope';

/** What a table of advice can be sorted by. */
export const ADVICE_SORTS = [
  'saving',
  'confidence',
  'throttled',
  'oom',
  'name',
] as const;

/** What a table of advice can be narrowed to. */
export const ADVICE_STATUSES = ['change', 'keep', 'withheld'] as const;

/** What a table of advice can be sorted by. */
export type AdviceSort = (typeof ADVICE_SORTS)[number];

/** Which rows of the advice a caller may see are asked for. */
export interface AdviceFilter {
  /** Whether rows that were dismissed or snoozed are shown, too. */
  decided: 'hide' | 'show';
  sort: AdviceSort;
  order: 'asc' | 'desc';
  /** Text in the name of workload, container, namespace or service. */
  text?: string;
  status?: (typeof ADVICE_STATUSES)[number];
  cluster?: string;
  namespace?: string;
  /** Entity reference of a group. */
  owner?: string;
}

/** Which of the scope's advice is asked for, and at what time, as a snooze may have ended. */
export interface AdviceQuery {
  filter: AdviceFilter;
  /** Groups of the filter's owner. */
  owners?: string[];
  now: Date;
}

const ORDER: Record<AdviceSort, string[]> = {
  saving: ['coalesce(a.list_micros, a.held_micros)'],
  confidence: ['a.confidence'],
  throttled: ['a.throttled_minutes'],
  oom: ['a.oom_kills'],
  name: ['c.namespace', 'c.workload', 'c.container'],
};

/** FROM and WHERE of a query. */
export function fromSql(
  scope: Scope,
  { filter, owners, now }: AdviceQuery,
): SqlFragment {
  const conditions: SqlFragment[] = [withinSql(scope)];
  const where = (sql: string, ...bindings: string[]) =>
    conditions.push({ sql, bindings });
  if (filter.status) {
    where('a.status = ?', filter.status);
  }
  if (filter.cluster) {
    where('k.name = ?', filter.cluster);
  }
  if (filter.namespace) {
    where('c.namespace = ?', filter.namespace);
  }
  if (owners) {
    where('e.owner_refs && ?::text[]', textArray(owners));
  }
  if (filter.text) {
    where(
      "position(lower(?) IN lower(concat_ws(' ', c.namespace, c.workload, c.container, e.entity_ref))) > 0",
      filter.text,
    );
  }
  return {
    sql: `FROM cost_advice a JOIN cost_containers c ON c.id = a.container_id
      JOIN cost_clusters k ON k.id = a.cluster_id
      LEFT JOIN cost_links l ON l.container_id = a.container_id
      LEFT JOIN cost_entities e ON e.id = l.entity_id
      ${DECISION_JOIN}
      WHERE ${conditions.map(({ sql }) => `(${sql})`).join(' AND ')}`,
    bindings: [
      now.toISOString(),
      ...conditions.flatMap(({ bindings }) => bindings),
    ],
  };
}

/** The scope of everything also has advice on workloads that belong to no service. */
function withinSql(scope: Scope): SqlFragment {
  if (scope.isEverything) {
    return EVERYTHING;
  }
  const entities = entitiesSql(scope);
  return { ...entities, sql: `e.id IS NOT NULL AND ${entities.sql}` };
}

/** The order of a table of advice. */
export function orderSql({ sort, order }: AdviceFilter): string {
  const direction = order === 'asc' ? 'ASC' : 'DESC';
  const by = ORDER[sort].map(column => `${column} ${direction} NULLS LAST`);
  return `ORDER BY ${by.join(', ')}, a.container_id`;
}

/** Whether a row is shown; the others count in sums. */
export function shownSql({ decided }: AdviceFilter): string {
  return decided === 'show' ? 'true' : 'x.state IS NULL';
}
