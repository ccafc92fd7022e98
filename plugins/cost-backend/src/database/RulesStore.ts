import { Knex } from 'knex';

/** What was made by rules that the configuration may change. */
type MadeBy = 'link-rules' | 'rollup-rules';

/** The rules that links and days were made by: when they change, both are made anew. */
export class RulesStore {
  readonly #knex: Knex;

  /** @param knex - a connection, or the caller's transaction */
  static in(knex: Knex) {
    return new RulesStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** As they were kept; undefined when nothing was made yet. */
  async read(key: MadeBy): Promise<string | undefined> {
    const row = await this.#knex('cost_meta').where({ key }).first('value');
    return row?.value;
  }

  async keep(key: MadeBy, value: string): Promise<void> {
    await this.#knex('cost_meta')
      .insert({ key, value })
      .onConflict('key')
      .merge();
  }
}
