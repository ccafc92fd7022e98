import { Fence } from '@headroom/node';
import {
  CostAlert,
  ReviewHeader,
  ReviewRowFacts,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { AlertStore } from '../alerts/AlertStore';
import { AnomalyFacts } from '../AnomalyReportStore';
import { jsonRows } from '../jsonRows';
import { toStored } from './reviewRows';

/** A review as it is made. */
export interface MadeReview {
  header: ReviewHeader;
  rows: readonly ReviewRowFacts[];
  /** Of the week, the dearest first. */
  anomalies: readonly AnomalyFacts[];
  /** What people are to be told of it. */
  alerts: readonly CostAlert[];
}

/** Reviews as they are made: each once, by one turn at a time. */
export class ReviewStore {
  readonly #knex: Knex;
  readonly #fence: Fence;

  static create(options: { knex: Knex; fence: Fence }) {
    return new ReviewStore(options.knex, options.fence);
  }

  private constructor(knex: Knex, fence: Fence) {
    this.#knex = knex;
    this.#fence = fence;
  }

  /** Weeks that have a review. */
  async weeks(): Promise<Set<string>> {
    const { rows } = await this.#knex.raw(
      'SELECT week::text FROM cost_reviews',
    );
    return new Set(rows.map(({ week }: { week: string }) => week));
  }

  /**
   * Keeps a review, and what people are to be told of it; one that is there already
   * stays as it is, and nobody is told again.
   *
   * @throws OvertakenError when another turn has begun since.
   */
  async add({ header, rows, anomalies, alerts }: MadeReview): Promise<void> {
    await this.#fence.write(this.#knex, async tx => {
      const added = await tx('cost_reviews')
        .insert({
          week: header.week,
          made_at: header.madeAt,
          header: JSON.stringify(header),
          anomalies: await jsonRows(anomalies, row => [row]),
        })
        .onConflict('week')
        .ignore()
        .returning('week');
      if (added.length > 0) {
        await tx.raw(
          `INSERT INTO cost_review_rows (week, kind, entity_ref, facts)
           SELECT ?::date, r ->> 'kind', coalesce(r ->> 'entityRef', ''), r FROM jsonb_array_elements(?::jsonb) r`,
          [header.week, await jsonRows(rows, row => [toStored(row)])],
        );
        await AlertStore.create({ knex: tx }).add(tx, alerts);
      }
    });
  }
}
