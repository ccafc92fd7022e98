import { Knex } from 'knex';
import { Contest } from '../guards/facts';
import { ContestRow, toContest } from './rows';

/** Who takes back what policies write, and what is left alone because of it. @public */
export class Contests {
  readonly #knex: Knex;
  readonly #table: string;
  readonly #changed: (policyId: string) => void;

  /** @internal */
  static create(options: {
    knex: Knex;
    prefix: string;
    onChange: (policyId: string) => void;
  }): Contests {
    return new Contests(options);
  }

  private constructor({
    knex,
    prefix,
    onChange,
  }: Parameters<typeof Contests.create>[0]) {
    this.#knex = knex;
    this.#table = `${prefix}_contests`;
    this.#changed = onChange;
  }

  /** Targets that are left alone, the latest first. */
  async list(
    { policyId }: { policyId?: string } = {},
    tx: Knex = this.#knex,
  ): Promise<Contest[]> {
    const rows: ContestRow[] = await tx(this.#table)
      .whereNotNull('contested_at')
      .modify(
        query => policyId !== undefined && query.where('policy_id', policyId),
      )
      .orderBy('contested_at', 'desc');
    return rows.map(toContest);
  }

  /**
   * Lets a policy write again, to one target or to all.
   *
   * @returns whether anything was contested.
   */
  async clear(which: {
    policyId: string;
    targetKey?: string;
  }): Promise<boolean> {
    const cleared = await this.#knex(this.#table)
      .where({ policy_id: which.policyId })
      .modify(
        query =>
          which.targetKey !== undefined &&
          query.where('target_key', which.targetKey),
      )
      .delete();
    if (cleared > 0) {
      this.#changed(which.policyId);
    }
    return cleared > 0;
  }

  /**
   * Lets all policies write to some targets again.
   *
   * @returns what was left alone until now.
   */
  async clearTargets(targetKeys: readonly string[]): Promise<Contest[]> {
    const rows: ContestRow[] = await this.#knex(this.#table)
      .whereIn('target_key', [...targetKeys])
      .delete()
      .returning('*');
    const contested = rows.map(toContest).filter(each => each.contestedAt);
    for (const policyId of new Set(contested.map(each => each.policyId))) {
      this.#changed(policyId);
    }
    return contested;
  }

  /**
   * Counts a write that was taken back.
   *
   * `times`: so many in a row are contested
   * @internal
   */
  async count(
    tx: Knex,
    revert: Pick<
      Contest,
      'policyId' | 'targetKey' | 'subject' | 'entityRef' | 'manager' | 'mend'
    >,
    { times }: { times: number },
  ): Promise<Contest> {
    const { rows } = await tx.raw<{ rows: ContestRow[] }>(
      `INSERT INTO ?? AS c (policy_id, target_key, subject, entity_ref, manager, mend, reverts, contested_at)
       VALUES (?, ?, ?, ?, ?, ?, 1, CASE WHEN ? <= 1 THEN clock_timestamp() END)
       ON CONFLICT (policy_id, target_key) DO UPDATE SET reverts = c.reverts + 1,
         manager = excluded.manager, mend = coalesce(excluded.mend, c.mend),
         contested_at = coalesce(c.contested_at, CASE WHEN c.reverts + 1 >= ? THEN clock_timestamp() END)
       RETURNING *`,
      [
        this.#table,
        revert.policyId,
        revert.targetKey,
        revert.subject,
        revert.entityRef ?? null,
        revert.manager,
        revert.mend ?? null,
        times,
        times,
      ],
    );
    return toContest(rows[0]);
  }

  /**
   * A write that stayed ends the row of those that were taken back.
   *
   * @internal
   */
  async stayed(tx: Knex, policyId: string, targetKeyOf: string): Promise<void> {
    await tx(this.#table)
      .where({ policy_id: policyId, target_key: targetKeyOf })
      .whereNull('contested_at')
      .delete();
  }
}
