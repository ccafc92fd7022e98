import { toBigint, toNumber } from '@headroom/node';
import {
  Resource,
  RESOURCES,
  ReviewAmount,
  ReviewRowFacts,
  ReviewRowKind,
  ReviewUnitFacts,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { costColumn } from '../measures';

/** Columns of what was paid for and used of a resource, and when the latter is known of all of it. */
const QUANTITIES: Record<
  Resource,
  { paid: string; used: string; isKnown: string }
> = {
  cpu: {
    paid: 'd.cpu_core_microhours',
    used: 'd.cpu_usage_core_microhours',
    isKnown: 'd.cpu_known_micros = d.cpu_micros',
  },
  memory: {
    paid: 'd.memory_byte_hours',
    used: 'd.memory_usage_byte_hours',
    isKnown: 'd.memory_known_micros = d.memory_micros',
  },
  gpu: {
    paid: 'd.gpu_device_microhours',
    used: 'coalesce(d.gpu_busy_device_microhours, 0)',
    isKnown: 'd.gpu_known_device_microhours = d.gpu_device_microhours',
  },
  // Used as they are paid.
  storage: {
    paid: 'd.storage_byte_hours',
    used: 'd.storage_byte_hours',
    isKnown: 'true',
  },
  network: {
    paid: 'd.network_bytes',
    used: 'd.network_bytes',
    isKnown: 'true',
  },
};
const COST = RESOURCES.map(resource => `d.${costColumn(resource)}`).join(' + ');
const WEEKS = ['before', 'after'] as const;
const KIND =
  "CASE WHEN c.bucket = 'idle' THEN 'idle' WHEN l.entity_id IS NULL THEN 'unallocated' ELSE 'service' END";
/** What ends by itself and comes again under another name. */
const ONE_OFF_KINDS = "('Job', 'Pod')";

type Sums = Record<string, string | boolean | null>;

/** Two weeks next to each other, and the first day of those that a forecast stands on. */
export interface ReviewSpan {
  historyFrom: string;
  before: string;
  week: string;
  end: string;
}

/** What reviews are made of. For the plugin's own work: it asks of everything; in a snapshot its answers agree. */
export class ReviewInputStore {
  readonly #knex: Knex;

  static create({ knex }: { knex: Knex }) {
    return new ReviewInputStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * When anything of some time was last read, whether days of it have still to be summed,
   * and when the newest advice was begun.
   */
  async freshness(
    from: Date,
    to: Date,
    days: { start: string; end: string },
  ): Promise<{ readAt?: Date; isDirty: boolean; adviceAt?: Date }> {
    const { rows } = await this.#knex.raw(
      `SELECT (SELECT max(ingested_at) FROM cost_ingest_hours WHERE hour >= ? AND hour < ?) AS read_at,
         EXISTS (SELECT 1 FROM cost_dirty_days WHERE day >= ?::date AND day < ?::date) AS dirty,
         (SELECT max(started_at) FROM cost_advice_runs WHERE finished_at IS NOT NULL) AS advice_at`,
      [from, to, days.start, days.end],
    );
    const [{ read_at, dirty, advice_at }] = rows;
    return {
      isDirty: dirty,
      ...(read_at && { readAt: read_at }),
      ...(advice_at && { adviceAt: advice_at }),
    };
  }

  /**
   * Rows of a review: five queries, however many services there are.
   *
   * @param adviceAt - the time at which advice counts; absent = it isn't asked for
   */
  async rows(
    span: ReviewSpan,
    days: readonly string[],
    adviceAt: Date | undefined,
  ): Promise<ReviewRowFacts[]> {
    const sums = await this.#sums(span);
    const units = await this.#units(span);
    const courses = await this.#days(span, days);
    const savings = adviceAt ? await this.#savings(adviceAt) : new Map();
    const entities = await this.#entities();
    return sums.map(row => {
      const id = row.entity_id === null ? undefined : String(row.entity_id);
      const entity = id === undefined ? undefined : entities.get(id);
      const key = keyOf(String(row.kind), id);
      const saving = savings.get(key);
      return {
        kind: row.kind as ReviewRowKind,
        ...entity,
        ownerRefs: entity?.ownerRefs ?? [],
        resources: resourcesOf(row),
        oneOff: {
          before: toBigint(String(row.before_once)),
          after: toBigint(String(row.after_once)),
        },
        units: (id && units.get(id)) || [],
        days: courses.get(key) ?? days.map(() => 0n),
        ...(saving !== undefined && { savingPerMonth: saving }),
      };
    });
  }

  async #sums({ before, week, end }: ReviewSpan): Promise<Sums[]> {
    const perWeek = (of: (resource: Resource, i: number) => string[]) =>
      RESOURCES.flatMap(of).join(', ');
    const { rows } = await this.#knex.raw(
      `WITH workloads AS MATERIALIZED (
         SELECT ${KIND} AS kind, l.entity_id, ${WEEKS.map(
        each => `coalesce(sum(${COST}) ${inWeek(each)}, 0) AS ${each}_cost`,
      ).join(
        ', ',
      )}, c.workload_kind IN ${ONE_OFF_KINDS} AS may_be_once, ${perWeek(
        (resource, i) =>
          WEEKS.flatMap(each => {
            const { paid, used, isKnown } = QUANTITIES[resource];
            const where = inWeek(each);
            return [
              `coalesce(sum(d.${costColumn(
                resource,
              )}) ${where}, 0) AS ${each}_c${i}`,
              `coalesce(sum(${paid}) ${where}, 0) AS ${each}_q${i}`,
              `coalesce(sum(${used}) ${where}, 0) AS ${each}_u${i}`,
              `coalesce(bool_and(${isKnown}) ${where}, true) AS ${each}_k${i}`,
            ];
          }),
      )}
         FROM cost_days d JOIN cost_containers c ON c.id = d.container_id
         LEFT JOIN cost_links l ON l.container_id = d.container_id AND c.bucket <> 'idle'
         CROSS JOIN (SELECT ?::date AS week) w
         WHERE d.day >= ?::date AND d.day < ?::date
         GROUP BY 1, 2, c.cluster_id, c.namespace, c.workload_kind, c.workload
       ), known AS (
         SELECT *, may_be_once AND (before_cost = 0 OR after_cost = 0) AS is_once FROM workloads
       )
       SELECT kind, entity_id, ${WEEKS.map(
         each =>
           `coalesce(sum(${each}_cost) FILTER (WHERE is_once), 0)::text AS ${each}_once`,
       ).join(', ')}, ${perWeek((_, i) =>
        WEEKS.flatMap(each => [
          ...['c', 'q', 'u'].map(
            column =>
              `coalesce(sum(${each}_${column}${i}) FILTER (WHERE NOT is_once), 0)::text AS ${each}_${column}${i}`,
          ),
          `coalesce(bool_and(${each}_k${i}) FILTER (WHERE NOT is_once), true) AS ${each}_k${i}`,
        ]),
      )}
       FROM known GROUP BY kind, entity_id`,
      [week, before, end],
    );
    return rows;
  }

  /** Units of services in weeks of which all units are in, wherever the service runs. */
  async #units({
    before,
    week,
    end,
  }: ReviewSpan): Promise<Map<string, ReviewUnitFacts[]>> {
    const { rows } = await this.#knex.raw(
      `WITH span AS (SELECT ?::date AS before, ?::date AS week, ?::date AS finish
       ), clusters AS (
         SELECT d.cluster_id, bool_and(d.unit_hours = d.hours_complete) FILTER (WHERE d.day < s.week) AS before,
           bool_and(d.unit_hours = d.hours_complete) FILTER (WHERE d.day >= s.week) AS after
         FROM cost_cluster_days d JOIN span s ON d.day >= s.before AND d.day < s.finish GROUP BY 1
       ), places AS MATERIALIZED (
         SELECT DISTINCT l.entity_id, c.cluster_id, c.namespace, c.workload
         FROM cost_links l JOIN cost_containers c ON c.id = l.container_id
       ), known AS (
         SELECT p.entity_id, bool_and(coalesce(c.before, true)) AS before, bool_and(coalesce(c.after, true)) AS after
         FROM (SELECT DISTINCT entity_id, cluster_id FROM places) p LEFT JOIN clusters c USING (cluster_id) GROUP BY 1
       ), found AS (
         SELECT e.id AS entity_id, u.metric, u.day, u.quantity
         FROM cost_unit_days u JOIN span s ON u.day >= s.before AND u.day < s.finish
         JOIN cost_entities e ON e.entity_ref = u.entity_ref
         UNION ALL
         SELECT p.entity_id, u.metric, u.day, u.quantity
         FROM cost_unit_days u JOIN span s ON u.day >= s.before AND u.day < s.finish
         JOIN places p USING (cluster_id, namespace, workload) WHERE u.entity_ref = ''
       )
       SELECT f.entity_id, f.metric,
         sum(f.quantity) FILTER (WHERE f.day < s.week AND k.before) AS before,
         sum(f.quantity) FILTER (WHERE f.day >= s.week AND k.after) AS after
       FROM found f CROSS JOIN span s JOIN known k USING (entity_id) GROUP BY 1, 2 ORDER BY 1, 2`,
      [before, week, end],
    );
    const units = new Map<string, ReviewUnitFacts[]>();
    for (const { entity_id, metric, before: was, after } of rows) {
      const id = String(entity_id);
      units.set(id, [
        ...(units.get(id) ?? []),
        {
          metric,
          ...(was !== null && { before: toNumber(was) }),
          ...(after !== null && { after: toNumber(after) }),
        },
      ]);
    }
    return units;
  }

  async #days(
    { historyFrom, end }: ReviewSpan,
    days: readonly string[],
  ): Promise<Map<string, bigint[]>> {
    const { rows } = await this.#knex.raw(
      `WITH summed AS (
         SELECT ${KIND} AS kind, l.entity_id, d.day, sum(${COST}) AS micros
         FROM cost_days d JOIN cost_containers c ON c.id = d.container_id
         LEFT JOIN cost_links l ON l.container_id = d.container_id AND c.bucket <> 'idle'
         WHERE d.day >= ?::date AND d.day < ?::date GROUP BY 1, 2, 3
       )
       SELECT kind, entity_id, array_agg(day::text) AS days, array_agg(micros::text) AS micros
       FROM summed GROUP BY 1, 2`,
      [historyFrom, end],
    );
    return new Map(
      rows.map(
        (row: {
          kind: string;
          entity_id: number | null;
          days: string[];
          micros: string[];
        }) => {
          const costs = new Map(
            row.days.map((day, i) => [day, BigInt(row.micros[i])]),
          );
          return [
            keyOf(row.kind, row.entity_id?.toString()),
            days.map(day => costs.get(day) ?? 0n),
          ];
        },
      ),
    );
  }

  /** What advice nobody decided against would save a month. */
  async #savings(at: Date): Promise<Map<string, bigint>> {
    const { rows } = await this.#knex.raw(
      `SELECT l.entity_id, sum(a.list_micros)::text AS micros
       FROM cost_advice a LEFT JOIN cost_links l ON l.container_id = a.container_id
       LEFT JOIN cost_advice_decisions x ON x.container_id = a.container_id AND x.fingerprint = a.fingerprint
         AND (x.until IS NULL OR x.until > ?::timestamptz)
       WHERE x.state IS NULL AND a.list_micros > 0 GROUP BY 1`,
      [at.toISOString()],
    );
    return new Map(
      rows.map((row: { entity_id: number | null; micros: string }) => [
        keyOf(
          row.entity_id === null ? 'unallocated' : 'service',
          row.entity_id?.toString(),
        ),
        toBigint(row.micros),
      ]),
    );
  }

  async #entities(): Promise<
    Map<string, Pick<ReviewRowFacts, 'entityRef' | 'title' | 'ownerRefs'>>
  > {
    const { rows } = await this.#knex.raw(
      `SELECT id, entity_ref AS "entityRef", coalesce(title, name) AS title, owner_refs AS "ownerRefs"
       FROM cost_entities`,
    );
    return new Map(
      rows.map(({ id, ...entity }: { id: number }) => [String(id), entity]),
    );
  }
}

function inWeek(week: (typeof WEEKS)[number]): string {
  return `FILTER (WHERE d.day ${week === 'before' ? '<' : '>='} w.week)`;
}

function keyOf(kind: string, entityId: string | undefined): string {
  return `${kind} ${entityId ?? ''}`;
}

function resourcesOf(row: Sums): ReviewRowFacts['resources'] {
  const amountOf = (week: string, i: number): ReviewAmount => ({
    micros: toBigint(String(row[`${week}_c${i}`])),
    quantity: toBigint(String(row[`${week}_q${i}`])),
    ...(row[`${week}_k${i}`] === true && {
      used: toBigint(String(row[`${week}_u${i}`])),
    }),
  });
  return Object.fromEntries(
    RESOURCES.flatMap((resource, i) => {
      const before = amountOf('before', i);
      const after = amountOf('after', i);
      const isAny = [before, after].some(
        ({ micros, quantity }) => micros !== 0n || quantity !== 0n,
      );
      return isAny ? [[resource, { before, after }]] : [];
    }),
  );
}
