import { textArray } from '@headroom/node';
import { ALERT_SEVERITIES, CostAlert } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';

/** An alert that nobody was told of yet. */
export interface WaitingAlert extends CostAlert {
  id: string;
}

/** More than that wait for the next turn. */
const MOST = 5000;

/** What people are to be told, from when it happened until it was handed on. */
export class AlertStore {
  readonly #knex: Knex;

  static create({ knex }: { knex: Knex }) {
    return new AlertStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async add(tx: Knex, alerts: readonly CostAlert[]): Promise<void> {
    if (alerts.length > 0) {
      await tx('cost_alerts').insert(
        alerts.map(alert => ({ alert: JSON.stringify(alert), at: alert.at })),
      );
    }
  }

  /**
   * Oldest first, without those that are set aside for now. Where there are too many, the
   * most severe: what waits for a digest or for a quiet night holds up none of them.
   */
  async waiting(now: Date): Promise<WaitingAlert[]> {
    const { rows } = await this.#knex.raw(
      `SELECT id, alert FROM (
         SELECT id, alert FROM cost_alerts
         WHERE told_at IS NULL AND (look_again_at IS NULL OR look_again_at <= ?::timestamptz)
         ORDER BY array_position(?::text[], alert ->> 'severity'), id LIMIT ?
       ) few ORDER BY id`,
      [now.toISOString(), textArray([...ALERT_SEVERITIES]), MOST],
    );
    return rows.map(
      ({ id, alert }: { id: string; alert: CostAlert }): WaitingAlert => ({
        ...alert,
        id,
      }),
    );
  }

  /**
   * They are handed on, in the transaction of that.
   *
   * @returns whether all of them still waited; otherwise nothing is done.
   */
  async told(tx: Knex, ids: readonly string[], at: Date): Promise<boolean> {
    const waiting = await tx('cost_alerts')
      .select('id')
      .whereIn('id', ids)
      .whereNull('told_at')
      .orderBy('id')
      .forUpdate();
    if (waiting.length < ids.length) {
      return false;
    }
    await tx('cost_alerts').whereIn('id', ids).update({ told_at: at });
    return true;
  }

  /** Nobody is to be told of them as of now; they wait, and keep nobody waiting. */
  async setAside(ids: readonly string[], until: Date): Promise<void> {
    await this.#knex('cost_alerts')
      .whereIn('id', ids)
      .update({ look_again_at: until });
  }

  /** Those that were set aside are due: there may be somebody to tell by now. */
  async lookAgain(): Promise<void> {
    await this.#knex('cost_alerts')
      .whereNotNull('look_again_at')
      .whereNull('told_at')
      .update({ look_again_at: null });
  }

  /** Forgets what happened before, told or not: by then it is no news. */
  async forget(before: Date): Promise<void> {
    await this.#knex('cost_alerts').where('at', '<', before).delete();
  }

  /** When the oldest notification that is on its way was written down; undefined without any. */
  async oldestNotice(): Promise<Date | undefined> {
    const { rows } = await this.#knex.raw(
      `SELECT min((notice ->> 'since')::timestamptz) AS since FROM cost_notices`,
    );
    return rows[0].since ?? undefined;
  }
}
