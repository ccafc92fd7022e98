import { SqlFragment } from '@headroom/node';
import {
  CompletionHeader,
  CompletionRowFacts,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { fromStored, StoredRow } from '../reviews/reviewRows';
import { entitiesSql, Scope } from '../scope';

/** The newest completion report as far as one scope goes. */
export class CompletionReportStore {
  readonly #knex: Knex;
  readonly #scope: Scope;

  static create(options: { knex: Knex; scope: Scope }) {
    return new CompletionReportStore(options.knex, options.scope);
  }

  private constructor(knex: Knex, scope: Scope) {
    this.#knex = knex;
    this.#scope = scope;
  }

  async header(): Promise<CompletionHeader | undefined> {
    const row = await this.#knex('cost_completion').first('header');
    return row?.header;
  }

  /** Rows of the scope; those of no service only for who has everything. */
  async rows(madeAt: string): Promise<CompletionRowFacts[]> {
    const within = this.#within();
    const { rows } = await this.#knex.raw(
      `SELECT r.facts FROM cost_completion_rows r WHERE r.made_at = ?::timestamptz AND (${within.sql}) ORDER BY r.kind, r.entity_ref`,
      [madeAt, ...within.bindings],
    );
    return rows.map(({ facts }: { facts: StoredRow }) => {
      const { days, savingPerMonth, ...row } = fromStored(facts);
      return row;
    });
  }

  #within(): SqlFragment {
    if (this.#scope.isEverything) {
      return { sql: 'true', bindings: [] };
    }
    const entities = entitiesSql(this.#scope);
    return {
      sql: `r.kind = 'service' AND r.entity_ref IN (SELECT e.entity_ref FROM cost_entities e WHERE ${entities.sql})`,
      bindings: entities.bindings,
    };
  }
}
