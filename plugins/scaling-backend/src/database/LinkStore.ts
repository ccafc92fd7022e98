import { slices, textArray, toIso } from '@headroom/node';
import { LinkedWorkload } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { WorkloadName } from './OverrideStore';
import { teamsOf } from './teamsOf';

const READ_KEY = 'links-read-at';

/**
 * What the cost back end names no more, or the catalog has no more, is a service's for
 * so long: one that was emptied, or lost a provider for a moment, is no reason to let
 * go of what policies of services, systems and teams keep.
 */
const GRACE = "interval '1 hour'";
const GENERATION_KEY = 'links-generation';

/** A service as policies and pages see it. */
export interface LinkedEntity {
  entityRef: string;
  system?: string;
  /** Groups and users that own it. */
  owners: readonly string[];
  annotations: Readonly<Record<string, string>>;
}

/** Whose workloads are. */
export interface Links {
  /** By {@link workloadKey}. */
  byWorkload: ReadonlyMap<string, string>;
  /** By reference. */
  entities: ReadonlyMap<string, LinkedEntity>;
  /** By reference of an entity: the groups that own it and those above them, nearest first. */
  teams: ReadonlyMap<string, readonly string[]>;
  /** Links, or the catalog, were not read yet: whose workloads are isn't known. */
  unread?: true;
}

/** The same text for the same workload. */
export function workloadKey(of: WorkloadName): string {
  return `${of.cluster}\n${of.namespace}\n${of.kind}\n${of.name}`;
}

/** Whose workloads are, as the cost back end said last. */
export class LinkStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): LinkStore {
    return new LinkStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Takes over a complete reading, all or nothing; what isn't in it goes an hour later. */
  async replaceAll(
    links: readonly LinkedWorkload[],
    at: Date,
  ): Promise<{ changed: boolean }> {
    return this.#knex.transaction(async tx => {
      await tx.raw(
        `CREATE TEMPORARY TABLE scaling_links_read (LIKE scaling_links) ON COMMIT DROP`,
      );
      for await (const slice of slices(links)) {
        const columns = (
          [
            'cluster',
            'namespace',
            'kind',
            'name',
            'entityRef',
            'provenance',
          ] as const
        ).map(column => textArray(slice.map(link => link[column])));
        await tx.raw(
          `INSERT INTO scaling_links_read
           SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])`,
          columns,
        );
      }
      await tx.raw(
        `UPDATE scaling_links l SET gone_at = ? WHERE gone_at IS NULL AND NOT EXISTS (
           SELECT 1 FROM scaling_links_read r
           WHERE (r.cluster, r.namespace, r.kind, r.name) = (l.cluster, l.namespace, l.kind, l.name))`,
        [at],
      );
      await tx.raw(
        `UPDATE scaling_links l SET gone_at = NULL FROM scaling_links_read r WHERE l.gone_at IS NOT NULL
           AND (r.cluster, r.namespace, r.kind, r.name) = (l.cluster, l.namespace, l.kind, l.name)`,
      );
      const gone = await tx.raw(
        `DELETE FROM scaling_links WHERE gone_at <= ?::timestamptz - ${GRACE}`,
        [at],
      );
      const written = await tx.raw(
        `INSERT INTO scaling_links AS l SELECT * FROM scaling_links_read
         ON CONFLICT (cluster, namespace, kind, name) DO UPDATE
           SET entity_ref = excluded.entity_ref, provenance = excluded.provenance
         WHERE (l.entity_ref, l.provenance) <> (excluded.entity_ref, excluded.provenance)`,
      );
      await tx('scaling_meta')
        .insert({ key: READ_KEY, value: at.toISOString() })
        .onConflict('key')
        .merge();
      const changed = gone.rowCount > 0 || written.rowCount > 0;
      if (changed) {
        await tx.raw(
          `INSERT INTO scaling_meta AS m (key, value) VALUES (?, '1')
           ON CONFLICT (key) DO UPDATE SET value = (m.value::bigint + 1)::text`,
          [GENERATION_KEY],
        );
      }
      return { changed };
    });
  }

  /** Another text after every change of links, and of most of the catalog. */
  async generation(): Promise<string> {
    const { rows } = await this.#knex.raw(
      `SELECT key, value FROM scaling_meta WHERE key LIKE '%-generation'
       UNION ALL
       SELECT 'groups', md5(coalesce(string_agg(group_ref || ' ' || parent_ref, E'\\n' ORDER BY group_ref, parent_ref), ''))
       FROM scaling_groups
       ORDER BY key`,
    );
    return JSON.stringify(rows);
  }

  /** When links were last read, ISO 8601 UTC; undefined = never. */
  async readAt(): Promise<string | undefined> {
    const row = await this.#knex('scaling_meta')
      .where({ key: READ_KEY })
      .first();
    return row && toIso(row.value);
  }

  /** An entity that the catalog has; undefined = it hasn't. */
  async entity(entityRef: string): Promise<LinkedEntity | undefined> {
    const row = await this.#knex('scaling_entities')
      .where({ entity_ref: entityRef })
      .whereNull('vanished_at')
      .first();
    return row && toEntity(row);
  }

  /** All that is known, of entities that the catalog has, or had a moment ago. */
  async read(): Promise<Links> {
    const knex = this.#knex;
    const isHeld = `(e.vanished_at IS NULL OR e.vanished_at > clock_timestamp() - ${GRACE})`;
    const [readAt, links, entities, groups] = await Promise.all([
      this.readAt(),
      knex.raw(
        `SELECT l.cluster, l.namespace, l.kind, l.name, l.entity_ref FROM scaling_links l
         JOIN scaling_entities e ON e.entity_ref = l.entity_ref AND ${isHeld}`,
      ),
      knex.raw(
        `SELECT entity_ref, system_ref, owner_refs, annotations FROM scaling_entities e
         WHERE kind <> 'group' AND ${isHeld}`,
      ),
      knex.raw(
        `SELECT group_ref, array_agg(parent_ref ORDER BY parent_ref) AS above
         FROM scaling_groups GROUP BY group_ref`,
      ),
    ]);
    const groupsAbove = new Map<string, string[]>(
      groups.rows.map((row: { group_ref: string; above: string[] }) => [
        row.group_ref,
        row.above,
      ]),
    );
    return {
      byWorkload: new Map(
        links.rows.map((row: WorkloadName & { entity_ref: string }) => [
          workloadKey(row),
          row.entity_ref,
        ]),
      ),
      entities: new Map(
        entities.rows.map((row: EntityRow) => [row.entity_ref, toEntity(row)]),
      ),
      teams: new Map(
        entities.rows.map((row: EntityRow) => [
          row.entity_ref,
          teamsOf(row.owner_refs, groupsAbove),
        ]),
      ),
      ...((readAt === undefined || entities.rows.length === 0) && {
        unread: true as const,
      }),
    };
  }
}

interface EntityRow {
  entity_ref: string;
  system_ref: string | null;
  owner_refs: string[];
  annotations: Record<string, string>;
}

function toEntity(row: EntityRow): LinkedEntity {
  return {
    entityRef: row.entity_ref,
    ...(row.system_ref !== null && { system: row.system_ref }),
    owners: row.owner_refs,
    annotations: row.annotations,
  };
}
