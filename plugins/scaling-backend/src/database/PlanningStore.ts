import { textArray } from '@headroom/node';
import { Knex } from 'knex';

/** What there is one current plan of. */
export interface PlanKey {
  controller: string;
  policyId: string;
  cluster: string;
}

/** What a controller has to know of its plans before it plans anew. */
export class PlanningStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): PlanningStore {
    return new PlanningStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Plans of controllers that are current: what no longer wants anything has to say so. */
  async open(controllers: readonly string[]): Promise<PlanKey[]> {
    const { rows } = await this.#knex.raw(
      `SELECT controller, policy_id AS "policyId", cluster FROM scaling_plans
       WHERE closed_at IS NULL AND undo_of IS NULL AND controller = ANY (?::text[])`,
      [textArray([...controllers])],
    );
    return rows;
  }

  /** Keys of schedules' actions that were taken back, by the id of the action that did. */
  async undoneKeys(ids: readonly string[]): Promise<Map<string, string>> {
    const { rows } = await this.#knex.raw(
      `SELECT u.id::text AS id, a.planned ->> 'key' AS key FROM scaling_actions u
       JOIN scaling_actions a ON a.id = u.undo_of
       JOIN scaling_plans p ON p.id = a.plan_id AND p.controller LIKE 'schedules%'
       WHERE u.id::text = ANY (?::text[])`,
      [textArray([...new Set(ids)])],
    );
    return new Map(
      rows.map(({ id, key }: { id: string; key: string }) => [id, key]),
    );
  }

  /**
   * Ids of plans of which something is about to be done to a service whose owner was
   * never told of any action on it: one for each such service.
   */
  async firstActions(): Promise<string[]> {
    return this.#plans(
      `SELECT DISTINCT ON (a.entity_ref) a.plan_id FROM scaling_actions a
       JOIN scaling_plans p ON p.id = a.plan_id AND p.closed_at IS NULL
       WHERE a.state = 'approved' AND a.undo_of IS NULL AND a.entity_ref IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM scaling_told t WHERE t.key = 'notice:first:' || a.entity_ref)
       ORDER BY a.entity_ref, p.sequence`,
    );
  }

  /** Ids of plans that wait for an approval, of which an owner was not told: the oldest. */
  async untoldWaiting(most: number): Promise<string[]> {
    return this.#plans(
      `SELECT p.id AS plan_id FROM scaling_plans p WHERE p.closed_at IS NULL AND p.id IN (
         SELECT a.plan_id FROM scaling_actions a WHERE a.state = 'waiting' AND a.entity_ref IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM scaling_told t
             WHERE t.key = 'notice:waits:' || a.entity_ref || ':' || a.plan_id))
       ORDER BY p.sequence LIMIT ${Math.floor(most)}`,
    );
  }

  async #plans(sql: string): Promise<string[]> {
    const { rows } = await this.#knex.raw<{ rows: Array<{ plan_id: string }> }>(
      sql,
    );
    return [...new Set(rows.map(row => row.plan_id))];
  }

  /** How often each of some policies has taken capacity in 24 hours. */
  async writesOfDay(
    policyIds: readonly string[],
  ): Promise<Map<string, number>> {
    if (policyIds.length === 0) {
      return new Map();
    }
    const { rows } = await this.#knex.raw(
      `SELECT p.policy_id, count(*)::integer AS writes FROM scaling_actions a
       JOIN scaling_plans p ON p.id = a.plan_id
       WHERE a.applied_at > clock_timestamp() - interval '24 hours' AND a.undo_of IS NULL
         AND a.direction IN ('down', 'neutral') AND p.controller LIKE 'schedules%'
         AND p.policy_id = ANY (?::text[])
       GROUP BY p.policy_id`,
      [textArray([...policyIds])],
    );
    return new Map(
      rows.map((row: { policy_id: string; writes: number }) => [
        row.policy_id,
        row.writes,
      ]),
    );
  }
}
