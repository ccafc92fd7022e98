import { SqlFragment, toBigint } from '@headroom/node';
import {
  ReviewHeader,
  ReviewList,
  ReviewRowFacts,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { AnomalyFacts, MOST_ANOMALIES } from '../AnomalyReportStore';
import { OWN } from '../amounts';
import { containersSql, entitiesSql, Scope } from '../scope';
import { fromStored } from './reviewRows';

/** Reviews as far as one scope goes. */
export class ReviewReportStore {
  readonly #knex: Knex;
  readonly #scope: Scope;

  static create(options: { knex: Knex; scope: Scope }) {
    return new ReviewReportStore(options.knex, options.scope);
  }

  private constructor(knex: Knex, scope: Scope) {
    this.#knex = knex;
    this.#scope = scope;
  }

  /** The newest first. */
  async weeks(): Promise<ReviewList['weeks']> {
    const { rows } = await this.#knex.raw(
      'SELECT week::text, made_at FROM cost_reviews ORDER BY week DESC',
    );
    return rows.map(({ week, made_at }: { week: string; made_at: Date }) => ({
      week,
      madeAt: made_at.toISOString(),
    }));
  }

  async header(week: string): Promise<ReviewHeader | undefined> {
    const { rows } = await this.#knex.raw(
      'SELECT header FROM cost_reviews WHERE week = ?::date',
      [week],
    );
    return rows[0]?.header;
  }

  /** Rows of the scope; those of no service only for who has everything. */
  async rows(week: string): Promise<ReviewRowFacts[]> {
    const within = this.#within('r.kind', 'r.entity_ref');
    const { rows } = await this.#knex.raw(
      `SELECT r.facts FROM cost_review_rows r WHERE r.week = ?::date AND (${within.sql}) ORDER BY r.kind, r.entity_ref`,
      [week, ...within.bindings],
    );
    return rows.map(({ facts }: { facts: Parameters<typeof fromStored>[0] }) =>
      fromStored(facts),
    );
  }

  /**
   * Anomalies of the scope as they stood when the review was made, the dearest first;
   * those of teams only for who has everything. Undefined = it was made before they were
   * kept.
   */
  async anomalies(week: string): Promise<AnomalyFacts[] | undefined> {
    const within = this.#within(
      `o.facts ->> 'kind'`,
      `o.facts ->> 'entityRef'`,
    );
    const { rows } = await this.#knex.raw(
      `SELECT o.facts FROM cost_reviews r LEFT JOIN LATERAL (
         SELECT o.facts FROM jsonb_array_elements(r.anomalies) WITH ORDINALITY o (facts, place)
         WHERE ${within.sql} ORDER BY o.place LIMIT ${MOST_ANOMALIES}) o ON true
       WHERE r.week = ?::date AND r.anomalies IS NOT NULL`,
      [...within.bindings, week],
    );
    return rows.length === 0
      ? undefined
      : rows.flatMap(
          ({ facts }: { facts: AnomalyFacts | null }) => facts ?? [],
        );
  }

  /** What days of the scope cost by what is known now, `end` exclusive; undefined = none of them is kept. */
  async costNow(start: string, end: string): Promise<bigint | undefined> {
    const days = await this.#knex('cost_cluster_days')
      .where('day', '>=', start)
      .where('day', '<', end)
      .first(
        this.#knex.raw(
          'count(*)::integer AS kept, count(micros)::integer AS summed, sum(micros)::text AS micros',
        ),
      );
    if (days.kept === 0) {
      return undefined;
    }
    if (this.#scope.isEverything && days.summed === days.kept) {
      return toBigint(days.micros);
    }
    const within = containersSql(this.#scope);
    const { rows } = await this.#knex.raw(
      `SELECT coalesce(sum(${OWN}), 0)::text AS micros FROM cost_days d WHERE ${within.sql} AND d.day >= ?::date AND d.day < ?::date`,
      [...within.bindings, start, end],
    );
    return toBigint(rows[0].micros);
  }

  /** @param kind - SQL of what a row is of, as `entityRef` is of whose it is */
  #within(kind: string, entityRef: string): SqlFragment {
    if (this.#scope.isEverything) {
      return { sql: 'true', bindings: [] };
    }
    const entities = entitiesSql(this.#scope);
    return {
      sql: `${kind} = 'service' AND ${entityRef} IN (SELECT e.entity_ref FROM cost_entities e WHERE ${entities.sql})`,
      bindings: entities.bindings,
    };
  }
}
