import { Knex } from 'knex';

/** Who works on which task, and when there was a sign of life. By the clock of the database. */
export class TurnStore {
  readonly #knex: Knex;
  readonly #table: string;

  /** `table`: of task, holder and beat_at, e.g. `cost_turns` */
  static create(options: { knex: Knex; table: string }) {
    return new TurnStore(options);
  }

  private constructor({ knex, table }: Parameters<typeof TurnStore.create>[0]) {
    this.#knex = knex;
    this.#table = table;
  }

  async begin(task: string, holder: string): Promise<void> {
    await this.#knex.raw(
      `INSERT INTO ?? (task, holder, beat_at) VALUES (?, ?, clock_timestamp())
       ON CONFLICT (task) DO UPDATE SET holder = excluded.holder, beat_at = excluded.beat_at`,
      [this.#table, task, holder],
    );
  }

  async beat(task: string, holder: string): Promise<void> {
    await this.#knex.raw(
      'UPDATE ?? SET beat_at = clock_timestamp() WHERE task = ? AND holder = ?',
      [this.#table, task, holder],
    );
  }

  async end(task: string, holder: string): Promise<void> {
    await this.#knex(this.#table).where({ task, holder }).delete();
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
        `SELECT task FROM ?? WHERE beat_at < clock_timestamp() - ? * interval '1 millisecond'
         FOR UPDATE SKIP LOCKED`,
        [this.#table, silenceMs],
      );
      for (const { task } of rows as Array<{ task: string }>) {
        await give(task);
        await tx(this.#table).where({ task }).delete();
      }
    });
  }
}
