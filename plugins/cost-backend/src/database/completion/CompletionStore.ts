import { Fence } from '@headroom/node';
import {
  CompletionHeader,
  CompletionRowFacts,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { toStored } from '../reviews/reviewRows';

/** The newest completion report as it is made, by one turn at a time. */
export class CompletionStore {
  readonly #knex: Knex;
  readonly #fence: Fence;

  static create(options: { knex: Knex; fence: Fence }) {
    return new CompletionStore(options.knex, options.fence);
  }

  private constructor(knex: Knex, fence: Fence) {
    this.#knex = knex;
    this.#fence = fence;
  }

  /** What the report that is there was made of; undefined = there is none. */
  async fingerprint(): Promise<string | undefined> {
    const row = await this.#knex('cost_completion').first('fingerprint');
    return row?.fingerprint;
  }

  /**
   * Keeps a report in place of the one before.
   *
   * @throws OvertakenError when another turn has begun since.
   */
  async replace(
    fingerprint: string,
    header: CompletionHeader,
    rows: readonly CompletionRowFacts[],
  ): Promise<void> {
    await this.#fence.write(this.#knex, async tx => {
      await tx('cost_completion').delete();
      await tx('cost_completion').insert({
        made_at: header.madeAt,
        fingerprint,
        header: JSON.stringify(header),
      });
      await tx.raw(
        `INSERT INTO cost_completion_rows (made_at, kind, entity_ref, facts)
         SELECT ?::timestamptz, r ->> 'kind', coalesce(r ->> 'entityRef', ''), r FROM jsonb_array_elements(?::jsonb) r`,
        [
          header.madeAt,
          JSON.stringify(rows.map(row => toStored({ ...row, days: [] }))),
        ],
      );
    });
  }
}
