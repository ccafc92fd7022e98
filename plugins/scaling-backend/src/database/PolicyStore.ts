import { ConflictError, NotFoundError } from '@backstage/errors';
import { textArray, toIso } from '@headroom/node';
import { Policy } from '@headroom/plugin-scaling-common';
import { Knex } from 'knex';

/** A policy that was made on the page. Its pauses and overrides are kept apart. */
export interface StoredPolicy {
  policy: Policy;
  version: number;
  madeBy: string;
  /** ISO 8601 UTC. */
  changedAt: string;
  changedBy: string;
}

/** What happened to a policy. */
export type PolicyChange =
  | 'created'
  | 'updated'
  | 'deleted'
  | 'paused'
  | 'resumed';

interface PolicyRow {
  id: string;
  body: Policy;
  version: number;
  made_by: string;
  changed_by: string;
  changed_at: Date;
}

/** Policies that were made on the page, with what they were before. */
export class PolicyStore {
  readonly #knex: Knex;
  /** As they were last read: the same objects while they are the same. */
  #known: { state: string; policies: ReadonlyMap<string, StoredPolicy> } = {
    state: '',
    policies: new Map(),
  };

  static create(options: { knex: Knex }): PolicyStore {
    return new PolicyStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * All of them, by id. While none was changed since the last time, one row is read;
   * then, bodies are read of those only that were.
   */
  async list(): Promise<StoredPolicy[]> {
    const last = this.#known;
    // What changes while the rows are read is seen the next time: the state is older.
    const state = await this.#state();
    if (state !== last.state) {
      this.#known = { state, policies: await this.#read(last.policies) };
    }
    return [...this.#known.policies.values()];
  }

  /** Another text after every change. */
  async #state(): Promise<string> {
    const { rows } = await this.#knex.raw(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(
         id || ' ' || version || ' ' || extract(epoch FROM changed_at), E'\\n' ORDER BY id)), '') AS state
       FROM scaling_policies`,
    );
    return rows[0].state;
  }

  async #read(
    last: ReadonlyMap<string, StoredPolicy>,
  ): Promise<ReadonlyMap<string, StoredPolicy>> {
    const heads: Array<Pick<PolicyRow, 'id' | 'version' | 'changed_at'>> =
      await this.#knex('scaling_policies')
        .select('id', 'version', 'changed_at')
        .orderBy('id');
    const same = new Map(
      heads.flatMap(({ id, version, changed_at: at }) => {
        const stored = last.get(id);
        return stored?.version === version && stored.changedAt === toIso(at)
          ? [[id, stored]]
          : [];
      }),
    );
    const wanted = heads.flatMap(({ id }) => (same.has(id) ? [] : [id]));
    const rows: PolicyRow[] =
      wanted.length > 0
        ? await this.#knex('scaling_policies').whereRaw(
            'id = ANY (?::text[])',
            [textArray(wanted)],
          )
        : [];
    const changed = new Map(rows.map(row => [row.id, toStored(row)]));
    return new Map(
      heads.flatMap(({ id }) => {
        const stored = changed.get(id) ?? same.get(id);
        return stored ? [[id, stored]] : [];
      }),
    );
  }

  async get(id: string): Promise<StoredPolicy | undefined> {
    const row = await this.#knex('scaling_policies').where({ id }).first();
    return row && toStored(row);
  }

  /** @throws ConflictError when there is one of this id. */
  async create(policy: Policy, by: string): Promise<StoredPolicy> {
    return this.#knex.transaction(async tx => {
      const [row] = await tx('scaling_policies')
        .insert({
          id: policy.id,
          body: JSON.stringify(policy),
          version: 1,
          made_by: by,
          made_at: tx.fn.now(),
          changed_by: by,
          changed_at: tx.fn.now(),
        })
        .onConflict('id')
        .ignore()
        .returning('*');
      if (!row) {
        throw new ConflictError(
          `There is a policy ${policy.id} already; give this one another id`,
        );
      }
      await this.#note(tx, row, 'created', by);
      return toStored(row);
    });
  }

  /**
   * @returns what it was before, too.
   * @throws NotFoundError when it was deleted meanwhile.
   */
  async update(
    policy: Policy,
    by: string,
  ): Promise<{ before: StoredPolicy; after: StoredPolicy }> {
    return this.#knex.transaction(async tx => {
      const before = await this.#locked(tx, policy.id);
      const [row] = await tx('scaling_policies')
        .where({ id: policy.id })
        .update({
          body: JSON.stringify(policy),
          version: before.version + 1,
          changed_by: by,
          changed_at: tx.fn.now(),
        })
        .returning('*');
      await this.#note(tx, row, 'updated', by);
      return { before: toStored(before), after: toStored(row) };
    });
  }

  /** @throws NotFoundError when it was deleted before. */
  async delete(id: string, by: string): Promise<StoredPolicy> {
    return this.#knex.transaction(async tx => {
      const row = await this.#locked(tx, id);
      await tx('scaling_policies').where({ id }).delete();
      await tx('scaling_policy_pauses').where({ policy_id: id }).delete();
      await this.#note(tx, row, 'deleted', by);
      return toStored(row);
    });
  }

  /** Until when which policies do nothing, ISO 8601 UTC, by their id. */
  async pauses(): Promise<Map<string, string>> {
    const rows: Array<{ policy_id: string; until: Date }> = await this.#knex(
      'scaling_policy_pauses',
    ).where('until', '>', this.#knex.fn.now());
    return new Map(rows.map(row => [row.policy_id, toIso(row.until)!]));
  }

  /** @param until - ISO 8601 UTC; null lets it go on */
  async pause(id: string, until: string | null, by: string): Promise<void> {
    await this.#knex.transaction(async tx => {
      if (until === null) {
        await tx('scaling_policy_pauses').where({ policy_id: id }).delete();
      } else {
        await tx('scaling_policy_pauses')
          .insert({
            policy_id: id,
            until,
            paused_by: by,
            paused_at: tx.fn.now(),
          })
          .onConflict('policy_id')
          .merge();
      }
      await tx('scaling_policy_history').insert({
        policy_id: id,
        version: 0,
        change: until === null ? 'resumed' : 'paused',
        changed_by: by,
        changed_at: tx.fn.now(),
      });
    });
  }

  async #locked(tx: Knex, id: string): Promise<PolicyRow> {
    const row = await tx('scaling_policies').where({ id }).forUpdate().first();
    if (!row) {
      throw new NotFoundError(`There is no policy ${id} of the page`);
    }
    return row;
  }

  async #note(
    tx: Knex,
    row: PolicyRow,
    change: PolicyChange,
    by: string,
  ): Promise<void> {
    await tx('scaling_policy_history').insert({
      policy_id: row.id,
      version: row.version,
      change,
      body: JSON.stringify(row.body),
      changed_by: by,
      changed_at: tx.fn.now(),
    });
  }
}

function toStored(row: PolicyRow): StoredPolicy {
  return {
    policy: row.body,
    version: row.version,
    madeBy: row.made_by,
    changedAt: toIso(row.changed_at)!,
    changedBy: row.changed_by,
  };
}
