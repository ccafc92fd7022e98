import { mapInTurns, textArray, toBigint, toNumber } from '@headroom/node';
import {
  Resource,
  RESOURCES,
  ReviewAmount,
  ReviewRowFacts,
  ReviewRowKind,
  ReviewUnitFacts,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { OWN } from '../amounts';
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
const SIDES = ['before', 'after'] as const;
/** Whose the cost of a container (`c`) is, by its link (`l`). */
export const KIND =
  "CASE WHEN c.bucket = 'idle' THEN 'idle' WHEN l.entity_id IS NULL THEN 'unallocated' ELSE 'service' END";
/** What ends by itself and comes again under another name. */
const ONE_OFF_KINDS = "('Job', 'Pod')";

type Sums = Record<string, string | boolean | null>;

/** Days that are compared, `YYYY-MM-DD`; no day is in both. */
export interface Compared {
  before: readonly string[];
  after: readonly string[];
}

/** What two lists of days cost, of one service or of what is none's. */
export interface ComparedRow {
  /** Of what is compared; the same wherever it is asked for. */
  key: string;
  /** Of a service. */
  entityId?: string;
  facts: Pick<
    ReviewRowFacts,
    | 'kind'
    | 'entityRef'
    | 'title'
    | 'ownerRefs'
    | 'resources'
    | 'oneOff'
    | 'units'
  >;
}

/** As a table of `day` and `is_before`, of the bindings of {@link daysOf}. */
export const DAYS =
  '(SELECT * FROM unnest(?::date[], ?::boolean[]) AS t (day, is_before))';

export function daysOf({ before, after }: Compared): string[] {
  return [
    textArray([...before, ...after]),
    `{${[...before.map(() => true), ...after.map(() => false)].join(',')}}`,
  ];
}

/**
 * Costs, quantities and units of two lists of days, for everything that cost something in
 * either: three queries, however many services there are.
 */
export class ComparedDays {
  readonly #knex: Knex;

  static create({ knex }: { knex: Knex }) {
    return new ComparedDays(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async rows(days: Compared): Promise<ComparedRow[]> {
    const sums = await this.#sums(days);
    const units = await this.#units(days);
    const entities = await this.#entities();
    return mapInTurns(sums, row => {
      const id = row.entity_id === null ? undefined : String(row.entity_id);
      const entity = id === undefined ? undefined : entities.get(id);
      return {
        key: keyOf(String(row.kind), id),
        ...(id !== undefined && { entityId: id }),
        facts: {
          kind: row.kind as ReviewRowKind,
          ...entity,
          ownerRefs: entity?.ownerRefs ?? [],
          resources: resourcesOf(row),
          oneOff: {
            before: toBigint(String(row.before_once)),
            after: toBigint(String(row.after_once)),
          },
          units: (id && units.get(id)) || [],
        },
      };
    });
  }

  async #sums(days: Compared): Promise<Sums[]> {
    const perSide = (of: (resource: Resource, i: number) => string[]) =>
      RESOURCES.flatMap(of).join(', ');
    const { rows } = await this.#knex.raw(
      `WITH workloads AS MATERIALIZED (
         SELECT ${KIND} AS kind, l.entity_id, ${SIDES.map(
        each => `coalesce(sum(${OWN}) ${onSide(each)}, 0) AS ${each}_cost`,
      ).join(
        ', ',
      )}, c.workload_kind IN ${ONE_OFF_KINDS} AS may_be_once, ${perSide(
        (resource, i) =>
          SIDES.flatMap(each => {
            const { paid, used, isKnown } = QUANTITIES[resource];
            const where = onSide(each);
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
         JOIN ${DAYS} w ON w.day = d.day
         GROUP BY 1, 2, c.cluster_id, c.namespace, c.workload_kind, c.workload
       ), known AS (
         SELECT *, may_be_once AND (before_cost = 0 OR after_cost = 0) AS is_once FROM workloads
       )
       SELECT kind, entity_id, ${SIDES.map(
         each =>
           `coalesce(sum(${each}_cost) FILTER (WHERE is_once), 0)::text AS ${each}_once`,
       ).join(', ')}, ${perSide((_, i) =>
        SIDES.flatMap(each => [
          ...['c', 'q', 'u'].map(
            column =>
              `coalesce(sum(${each}_${column}${i}) FILTER (WHERE NOT is_once), 0)::text AS ${each}_${column}${i}`,
          ),
          `coalesce(bool_and(${each}_k${i}) FILTER (WHERE NOT is_once), true) AS ${each}_k${i}`,
        ]),
      )}
       FROM known GROUP BY kind, entity_id`,
      daysOf(days),
    );
    return rows;
  }

  /** Units of services on days of which all units are in, wherever the service runs. */
  async #units(days: Compared): Promise<Map<string, ReviewUnitFacts[]>> {
    const { rows } = await this.#knex.raw(
      `WITH span AS MATERIALIZED (SELECT * FROM ${DAYS} d
       ), clusters AS (
         SELECT d.cluster_id, bool_and(d.unit_hours = d.hours_complete) FILTER (WHERE s.is_before) AS before,
           bool_and(d.unit_hours = d.hours_complete) FILTER (WHERE NOT s.is_before) AS after
         FROM cost_cluster_days d JOIN span s USING (day) GROUP BY 1
       ), places AS MATERIALIZED (
         SELECT DISTINCT l.entity_id, c.cluster_id, c.namespace, c.workload
         FROM cost_links l JOIN cost_containers c ON c.id = l.container_id
       ), known AS (
         SELECT p.entity_id, bool_and(coalesce(c.before, true)) AS before, bool_and(coalesce(c.after, true)) AS after
         FROM (SELECT DISTINCT entity_id, cluster_id FROM places) p LEFT JOIN clusters c USING (cluster_id) GROUP BY 1
       ), found AS (
         SELECT e.id AS entity_id, u.metric, s.is_before, u.quantity
         FROM cost_unit_days u JOIN span s USING (day)
         JOIN cost_entities e ON e.entity_ref = u.entity_ref
         UNION ALL
         SELECT p.entity_id, u.metric, s.is_before, u.quantity
         FROM cost_unit_days u JOIN span s USING (day)
         JOIN places p USING (cluster_id, namespace, workload) WHERE u.entity_ref = ''
       )
       SELECT f.entity_id, f.metric,
         sum(f.quantity) FILTER (WHERE f.is_before AND k.before) AS before,
         sum(f.quantity) FILTER (WHERE NOT f.is_before AND k.after) AS after
       FROM found f JOIN known k USING (entity_id) GROUP BY 1, 2 ORDER BY 1, 2`,
      daysOf(days),
    );
    const units = new Map<string, ReviewUnitFacts[]>();
    for (const { entity_id, metric, before, after } of rows) {
      const id = String(entity_id);
      units.set(id, [
        ...(units.get(id) ?? []),
        {
          metric,
          ...(before !== null && { before: toNumber(before) }),
          ...(after !== null && { after: toNumber(after) }),
        },
      ]);
    }
    return units;
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

function onSide(side: (typeof SIDES)[number]): string {
  return `FILTER (WHERE ${side === 'before' ? '' : 'NOT '}w.is_before)`;
}

/** Names what is compared. */
export function keyOf(kind: string, entityId: string | undefined): string {
  return `${kind} ${entityId ?? ''}`;
}

function resourcesOf(row: Sums): ReviewRowFacts['resources'] {
  const amountOf = (side: string, i: number): ReviewAmount => ({
    micros: toBigint(String(row[`${side}_c${i}`])),
    quantity: toBigint(String(row[`${side}_q${i}`])),
    ...(row[`${side}_k${i}`] === true && {
      used: toBigint(String(row[`${side}_u${i}`])),
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
