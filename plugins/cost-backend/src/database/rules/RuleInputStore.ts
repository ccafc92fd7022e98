import { RuleHour } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { costColumn, knownColumn, usedColumn } from '../measures';

/** Rows that are in memory at a time. */
const AT_A_TIME = 500;

/** Days without a reading for which a cluster is down, and not gone. */
const AWAY_DAYS = 14;

const sumOf = (columns: string[], where?: string) =>
  `coalesce(sum(${columns.map(column => `h.${column}`).join(' + ')})${
    where ? ` FILTER (WHERE ${where})` : ''
  }, 0)::float8`;

const ALL_COST = (['cpu', 'memory', 'gpu', 'storage', 'network'] as const).map(
  costColumn,
);
const CPU_MEMORY = ['cpu', 'memory'] as const;
const given = (of: string[]) => sumOf(of, `c.bucket <> 'idle'`);

/** Of rows `h` of hours and their containers `c`. */
const MEASURED: ReadonlyArray<[keyof RuleHour, string]> = [
  ['cost', sumOf(ALL_COST)],
  ['idle', sumOf(ALL_COST, `c.bucket = 'idle'`)],
  ['cpuMemory', given(CPU_MEMORY.map(costColumn))],
  ['cpuMemoryKnown', sumOf(CPU_MEMORY.map(knownColumn))],
  ['cpuMemoryUsed', given(CPU_MEMORY.map(usedColumn))],
  ['gpu', given([costColumn('gpu')])],
  ['gpuKnown', sumOf([knownColumn('gpu')])],
  ['gpuUsed', given([usedColumn('gpu')])],
  [
    'cores',
    sumOf(['cpu_core_microhours'], `h.capacity_type IN ('spot', 'on-demand')`),
  ],
  ['spotCores', sumOf(['cpu_core_microhours'], `h.capacity_type = 'spot'`)],
];

const SUMS = MEASURED.map(([name, sql]) => `${sql} AS "${name}"`).join(', ');
const LISTS = MEASURED.map(
  ([name]) => `array_agg(s."${name}" ORDER BY s.place) AS "${name}"`,
).join(', ');

/** Hours from `from` up to, not including, `to`; each has its place among them, from 0. */
export interface HourSpan {
  from: Date;
  to: Date;
}

/** What a subject has in one cluster. */
export interface ClusterPart {
  clusterId: number;
  /** By place of the hour; absent = it had nothing there. */
  hours: Map<number, RuleHour>;
}

/** A service of the catalog with workloads. */
export interface RuleService {
  entityRef: string;
  title: string;
  ownerRefs: string[];
  parts: ClusterPart[];
}

/** A cluster, and which of its hours are known. */
export interface RuleCluster {
  id: number;
  name: string;
  /** Places of complete hours. */
  complete: Set<number>;
}

/** A group of the catalog. */
export interface RuleGroup {
  groupRef: string;
  title: string;
  parents: string[];
}

/** All that rules look at, at one moment. */
export interface RuleInput {
  /** Those that were read within two weeks. */
  clusters: RuleCluster[];
  groups: RuleGroup[];
  /** What clusters cost as a whole, with what was given to nobody. */
  wholes: ClusterPart[];
  /** Services in the order of their references, some at a time. */
  services(): AsyncIterable<RuleService>;
}

/**
 * What rules are judged by. For the plugin's own work: it asks of everything, with as
 * many statements however many services there are, and has some of them in memory at a
 * time.
 */
export class RuleInputStore {
  readonly #knex: Knex;

  static create({ knex }: { knex: Knex }) {
    return new RuleInputStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Another text when hours of a span were read, or read again. */
  async version({ from }: HourSpan): Promise<string> {
    const { rows } = await this.#knex.raw(
      `SELECT count(*) FILTER (WHERE status = 'complete') AS complete, max(ingested_at)::text AS newest
       FROM cost_ingest_hours WHERE hour >= ?::timestamptz`,
      [from.toISOString()],
    );
    return JSON.stringify(rows[0]);
  }

  /** Reads a span, all of it at one moment. */
  async read(
    span: HourSpan,
    work: (input: RuleInput) => Promise<void>,
  ): Promise<void> {
    await this.#knex.transaction(
      async tx => {
        await work({
          clusters: await readClusters(tx, span),
          groups: await readGroups(tx),
          wholes: await readWholes(tx, span),
          services: () => readServices(tx, span),
        });
      },
      { isolationLevel: 'repeatable read', readOnly: true },
    );
  }
}

const PLACE = `(extract(epoch FROM h.hour - ?::timestamptz) / 3600)::integer AS place`;
const WITHIN = 'h.hour >= ?::timestamptz AND h.hour < ?::timestamptz';

function bindings({ from, to }: HourSpan): string[] {
  return [from.toISOString(), from.toISOString(), to.toISOString()];
}

async function readClusters(tx: Knex, span: HourSpan): Promise<RuleCluster[]> {
  const { rows } = await tx.raw(
    `WITH complete AS (
       SELECT h.cluster_id, h.hour, ${PLACE} FROM cost_ingest_hours h
       WHERE h.status = 'complete' AND h.hour >= ?::timestamptz - interval '${AWAY_DAYS} days' AND h.hour < ?::timestamptz
     )
     SELECT k.id, k.name, coalesce(array_agg(c.place) FILTER (WHERE c.place >= 0), '{}') AS places
     FROM cost_clusters k JOIN complete c ON c.cluster_id = k.id GROUP BY k.id, k.name ORDER BY k.name`,
    bindings(span),
  );
  return rows.map((row: { id: number; name: string; places: number[] }) => ({
    id: row.id,
    name: row.name,
    complete: new Set(row.places),
  }));
}

async function readGroups(tx: Knex): Promise<RuleGroup[]> {
  const { rows } = await tx.raw(
    `SELECT e.entity_ref AS "groupRef", coalesce(e.title, e.name) AS title,
       coalesce(array_agg(g.parent_ref) FILTER (WHERE g.parent_ref IS NOT NULL), '{}') AS parents
     FROM cost_entities e LEFT JOIN cost_groups g ON g.group_ref = e.entity_ref
     WHERE e.kind = 'group' AND e.vanished_at IS NULL GROUP BY e.id ORDER BY e.entity_ref`,
  );
  return rows;
}

async function readWholes(tx: Knex, span: HourSpan): Promise<ClusterPart[]> {
  const { rows } = await tx.raw(
    `WITH s AS (
       SELECT h.cluster_id, ${PLACE}, ${SUMS}
       FROM cost_hours h JOIN cost_containers c ON c.id = h.container_id
       WHERE ${WITHIN} GROUP BY h.cluster_id, h.hour
     )
     SELECT s.cluster_id, array_agg(s.place ORDER BY s.place) AS places, ${LISTS} FROM s GROUP BY s.cluster_id`,
    bindings(span),
  );
  return rows.map(toPart);
}

/** Services without workloads have no hours, and are not among them. */
async function* readServices(
  tx: Knex,
  span: HourSpan,
): AsyncIterable<RuleService> {
  await tx.raw(
    `DECLARE cost_rule_services NO SCROLL CURSOR FOR
     WITH s AS (
       SELECT l.entity_id, h.cluster_id, ${PLACE}, ${SUMS}
       FROM cost_hours h JOIN cost_links l ON l.container_id = h.container_id
       JOIN cost_containers c ON c.id = h.container_id
       WHERE ${WITHIN} GROUP BY l.entity_id, h.cluster_id, h.hour
     ), lists AS (
       SELECT s.entity_id, s.cluster_id, array_agg(s.place ORDER BY s.place) AS places, ${LISTS}
       FROM s GROUP BY s.entity_id, s.cluster_id
     ), homes AS (
       SELECT DISTINCT l.entity_id, c.cluster_id FROM cost_links l JOIN cost_containers c ON c.id = l.container_id
     )
     SELECT e.entity_ref AS "entityRef", coalesce(e.title, e.name) AS title, e.owner_refs AS "ownerRefs",
       h.cluster_id, coalesce(s.places, '{}') AS places, ${MEASURED.map(
         ([name]) => `s."${name}"`,
       ).join(', ')}
     FROM homes h JOIN cost_entities e ON e.id = h.entity_id
     LEFT JOIN lists s ON s.entity_id = h.entity_id AND s.cluster_id = h.cluster_id
     WHERE e.vanished_at IS NULL AND e.kind <> 'group' ORDER BY e.entity_ref, h.cluster_id`,
    bindings(span),
  );
  let open: RuleService | undefined;
  for (;;) {
    const { rows } = await tx.raw(`FETCH ${AT_A_TIME} FROM cost_rule_services`);
    for (const row of rows as ServiceRow[]) {
      if (open && open.entityRef !== row.entityRef) {
        yield open;
        open = undefined;
      }
      open ??= {
        entityRef: row.entityRef,
        title: row.title,
        ownerRefs: row.ownerRefs,
        parts: [],
      };
      open.parts.push(toPart(row));
    }
    if (rows.length < AT_A_TIME) {
      break;
    }
  }
  if (open) {
    yield open;
  }
  await tx.raw('CLOSE cost_rule_services');
}

type PartRow = { cluster_id: number; places: number[] } & Record<
  keyof RuleHour,
  number[] | null
>;

type ServiceRow = PartRow & {
  entityRef: string;
  title: string;
  ownerRefs: string[];
};

function toPart(row: PartRow): ClusterPart {
  const hours = new Map<number, RuleHour>();
  row.places.forEach((place, i) => {
    const at = (name: keyof RuleHour) => row[name]?.[i] ?? 0;
    hours.set(place, {
      cost: at('cost'),
      idle: at('idle'),
      cpuMemory: at('cpuMemory'),
      cpuMemoryKnown: at('cpuMemoryKnown'),
      cpuMemoryUsed: at('cpuMemoryUsed'),
      gpu: at('gpu'),
      gpuKnown: at('gpuKnown'),
      gpuUsed: at('gpuUsed'),
      cores: at('cores'),
      spotCores: at('spotCores'),
    });
  });
  return { clusterId: row.cluster_id, hours };
}
