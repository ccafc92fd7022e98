import { Knex } from 'knex';

/** Who works on which task, and when there was a sign of life. By the clock of the database. */
export class TurnStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }) {
    return new TurnStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async begin(task: string, holder: string): Promise<void> {
    await this.#knex.raw(
      `INSERT INTO cost_turns (task, holder, beat_at) VALUES (?, ?, clock_timestamp())
       ON CONFLICT (task) DO UPDATE SET holder = excluded.holder, beat_at = excluded.beat_at`,
      [task, holder],
    );
  }

  async beat(task: string, holder: string): Promise<void> {
    await this.#knex.raw(
      'UPDATE cost_turns SET beat_at = clock_timestamp() WHERE task = ? AND holder = ?',
      [task, holder],
    );
  }

  async end(task: string, holder: string): Promise<void> {
    await this.#knex('cost_turns').where({ task, holder }).delete();
  }

  /**
   * Gives on what nobody gave a sign of for `silenceMs`, each task once and by
   * one process only. What could not be given on stays for the next try.
   */
  async giveOn(
    silenceMs: number,
    give: (task: string) => Promise<void>,
  ): Promise<void> {
    await this.#knex.transaction(async tx => {
      const { rows } = await tx.raw(
        `SELECT task FROM cost_turns WHERE beat_at < clock_timestamp() - ? * interval '1 millisecond'
         FOR UPDATE SKIP LOCKED`,
        [silenceMs],
      );
      for (const { task } of rows as Array<{ task: string }>) {
        await give(task);
        await tx('cost_turns').where({ task }).delete();
      }
    });
  }
}
