import { randomUUID } from 'node:crypto';
import { toIso } from '@headroom/node';
import { Knex } from 'knex';

/** Which workload; its names outlive the object. */
export interface WorkloadName {
  cluster: string;
  namespace: string;
  kind: string;
  name: string;
}

/** What a person wants of a workload for a while. */
export interface StoredOverride extends WorkloadName {
  id: string;
  entityRef?: string;
  direction: 'up' | 'down';
  reason: string;
  by: string;
  /** ISO 8601 UTC. */
  from: string;
  until: string;
}

interface OverrideRow extends WorkloadName {
  id: string;
  entity_ref: string | null;
  direction: 'up' | 'down';
  reason: string;
  asked_by: string;
  begins_at: Date;
  ends_at: Date;
}

/** Exceptions of people. */
export class OverrideStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): OverrideStore {
    return new OverrideStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Those that hold, or will, by the database's clock. */
  async list(): Promise<StoredOverride[]> {
    const rows: OverrideRow[] = await this.#knex('scaling_overrides')
      .whereNull('ended_at')
      .where('ends_at', '>', this.#knex.fn.now())
      .orderBy('id');
    return rows.map(toStored);
  }

  /**
   * Of each workload the last one that kept it down and has ended, within a month:
   * `until` is when it ended, which is earlier where somebody took it back.
   */
  async lastDown(): Promise<StoredOverride[]> {
    const { rows } = await this.#knex.raw(
      `SELECT DISTINCT ON (cluster, namespace, kind, name)
         id, cluster, namespace, kind, name, entity_ref, direction, reason, asked_by,
         begins_at, least(ended_at, ends_at) AS ends_at
       FROM scaling_overrides
       WHERE direction = 'down' AND least(ended_at, ends_at) <= now()
         AND least(ended_at, ends_at) > now() - interval '31 days'
       ORDER BY cluster, namespace, kind, name, begins_at DESC`,
    );
    return (rows as OverrideRow[]).map(toStored);
  }

  async get(id: string): Promise<StoredOverride | undefined> {
    const row = await this.#knex('scaling_overrides')
      .where({ id })
      .whereNull('ended_at')
      .where('ends_at', '>', this.#knex.fn.now())
      .first();
    return row && toStored(row);
  }

  /** Each in the place of the one that its workload had in this direction or the other. */
  async add(
    overrides: ReadonlyArray<Omit<StoredOverride, 'id'>>,
  ): Promise<StoredOverride[]> {
    return this.#knex.transaction(async tx => {
      const added: StoredOverride[] = [];
      for (const override of overrides) {
        const { cluster, namespace, kind, name } = override;
        await tx('scaling_overrides')
          .where({ cluster, namespace, kind, name })
          .whereNull('ended_at')
          .update({ ended_at: tx.fn.now(), ended_by: override.by });
        const [row] = await tx('scaling_overrides')
          .insert({
            id: randomUUID(),
            cluster,
            namespace,
            kind,
            name,
            entity_ref: override.entityRef ?? null,
            direction: override.direction,
            reason: override.reason,
            asked_by: override.by,
            begins_at: override.from,
            ends_at: override.until,
          })
          .returning('*');
        added.push(toStored(row));
      }
      return added;
    });
  }

  /** @returns whether it was there. */
  async end(id: string, by: string): Promise<boolean> {
    const ended = await this.#knex('scaling_overrides')
      .where({ id })
      .whereNull('ended_at')
      .update({ ended_at: this.#knex.fn.now(), ended_by: by });
    return ended > 0;
  }
}

function toStored(row: OverrideRow): StoredOverride {
  return {
    id: row.id,
    cluster: row.cluster,
    namespace: row.namespace,
    kind: row.kind,
    name: row.name,
    ...(row.entity_ref !== null && { entityRef: row.entity_ref }),
    direction: row.direction,
    reason: row.reason,
    by: row.asked_by,
    from: toIso(row.begins_at)!,
    until: toIso(row.ends_at)!,
  };
}
