import { ConflictError } from '@backstage/errors';
import { Fence, mapInTurns, textArray, toBigint } from '@headroom/node';
import {
  BudgetDefinition,
  budgetDefinitionSchema,
  BudgetEvent,
  BudgetHappening,
  BudgetScope,
  FiredThreshold,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { takeOldest } from '../alerts/takeOldest';
import { jsonRows } from '../jsonRows';
import { BudgetMemory } from './BudgetMemory';
import {
  StoredBudget,
  StoredStatus,
  toBudget,
  toStatus,
} from './budgetRecords';
import { EventRow, FiredRow, toFired, toHappening } from './eventRecords';

/** Budgets of which at least one of these is true. */
export interface BudgetFilter {
  /** They are for one of these entities. */
  refs: ReadonlySet<string>;
  /** They have one of these ids. */
  ids: ReadonlySet<string>;
  /** They are for exactly this. */
  scope?: BudgetScope;
}

/** What an evaluation writes of one budget. */
export interface EvaluatedBudget extends StoredStatus {
  /** Of a budget of the page; another one by now = nothing is written. */
  version?: number;
  budget: BudgetDefinition;
  fired: FiredThreshold[];
  events: BudgetEvent[];
}

/** Periods that the last evaluation of a budget was of. */
export interface EvaluatedPeriod {
  /** Of the definition it was evaluated for. */
  fingerprint: string;
  /** First day. */
  start: string;
  /** First day of the period before, where that was looked at. */
  closedStart?: string;
}

/** An event on its way to who is told. */
export interface OutboxEvent extends BudgetHappening {
  budgetId: string;
  budget: BudgetDefinition;
  /** In micros of the budget's currency. */
  limit: bigint;
  reached: bigint;
}

const EVENT_COLUMNS = `id::text, budget_id, kind, threshold_on, percent, at, period_start::text, period_end::text,
  limit_micros::text, reached_micros::text, reason, definition`;

/** Budgets of the page, and what is known of budgets of any origin. */
export class BudgetStore {
  readonly #knex: Knex;
  readonly #memory: BudgetMemory;

  /** @param options - `memory` is shared by those who read all budgets again and again */
  static create(options: { knex: Knex; memory?: BudgetMemory }) {
    return new BudgetStore(options.knex, options.memory);
  }

  private constructor(knex: Knex, memory = BudgetMemory.create()) {
    this.#knex = knex;
    this.#memory = memory;
  }

  /** In the order of ids; some of them when a filter is given. */
  async all(some?: BudgetFilter): Promise<readonly StoredBudget[]> {
    if (!some) {
      return this.#memory.budgets.read(this.#knex);
    }
    const rows = await this.#knex('cost_budgets')
      .whereRaw("definition -> 'scope' ->> 'entityRef' = ANY (?::text[])", [
        textArray([...some.refs]),
      ])
      .orWhereRaw('id = ANY (?::text[])', [textArray([...some.ids])])
      .orWhereRaw("definition -> 'scope' = ?::jsonb", [
        some.scope ? JSON.stringify(some.scope) : null,
      ])
      .orderBy('id');
    return rows.map(toBudget);
  }

  async find(id: string): Promise<StoredBudget | undefined> {
    const row = await this.#knex('cost_budgets').where({ id }).first();
    return row && toBudget(row);
  }

  /** @throws ConflictError when there is one of the id. */
  async insert(
    id: string,
    budget: BudgetDefinition,
    { by, at }: { by: string; at: Date },
  ): Promise<void> {
    const inserted = await this.#knex('cost_budgets')
      .insert({
        id,
        version: 1,
        definition: JSON.stringify(budget),
        created_by: by,
        created_at: at,
        updated_by: by,
        updated_at: at,
      })
      .onConflict('id')
      .ignore()
      .returning('id');
    if (inserted.length === 0) {
      throw new ConflictError(`There is a budget ${id} already`);
    }
  }

  /** @returns whether it was of that version until now. */
  async update(
    { id, version, budget }: StoredBudget,
    { by, at }: { by: string; at: Date },
  ): Promise<boolean> {
    const updated = await this.#knex('cost_budgets')
      .where({ id, version })
      .update({
        version: version + 1,
        definition: JSON.stringify(budget),
        updated_by: by,
        updated_at: at,
      });
    return updated > 0;
  }

  /**
   * Removes a version of a budget and what is known of it; its events stay for who
   * delivers them.
   *
   * @returns whether it was of that version until now.
   */
  async remove(id: string, version: number): Promise<boolean> {
    return this.#knex.transaction(async tx => {
      const removed = await tx('cost_budgets').where({ id, version }).delete();
      if (removed > 0) {
        await tx('cost_budget_statuses').where({ budget_id: id }).delete();
        await tx('cost_budget_fired').where({ budget_id: id }).delete();
      }
      return removed > 0;
    });
  }

  /** By budget; of some when their ids are given. */
  async statuses(
    ids?: readonly string[],
  ): Promise<ReadonlyMap<string, StoredStatus>> {
    if (!ids) {
      return this.#memory.statusesByBudget(this.#knex);
    }
    const rows = await this.#knex('cost_budget_statuses').whereRaw(
      'budget_id = ANY (?::text[])',
      [textArray([...ids])],
    );
    return new Map(rows.map(toStatus).map(status => [status.budgetId, status]));
  }

  /** Periods of the last evaluation, by budget; those that couldn't be evaluated are absent. */
  async periods(): Promise<Map<string, EvaluatedPeriod>> {
    const { rows } = await this.#knex.raw(
      `SELECT budget_id AS id, fingerprint, status ->> 'start' AS start, status -> 'closed' ->> 'start' AS closed
       FROM cost_budget_statuses WHERE status IS NOT NULL`,
    );
    return new Map(
      rows.map(
        (row: {
          id: string;
          fingerprint: string;
          start: string;
          closed: string | null;
        }) => [
          row.id,
          {
            fingerprint: row.fingerprint,
            start: row.start,
            ...(row.closed !== null && { closedStart: row.closed }),
          },
        ],
      ),
    );
  }

  /** Thresholds that have fired, by budget; of one when its id is given. */
  async fired(id?: string): Promise<Map<string, FiredThreshold[]>> {
    const rows = await this.#knex('cost_budget_fired')
      .select(
        'budget_id',
        'threshold_on',
        'percent',
        this.#knex.raw('period_start::text AS period_start'),
        'fingerprint',
        'fired_at',
        'spent_micros',
        this.#knex.raw('through::text AS through'),
        'through_micros',
      )
      .modify(
        query => void (id !== undefined && query.where({ budget_id: id })),
      );
    const byBudget = new Map<string, FiredThreshold[]>();
    await mapInTurns(rows, (row: FiredRow) => {
      const all = byBudget.get(row.budget_id) ?? [];
      all.push(toFired(row));
      byBudget.set(row.budget_id, all);
    });
    return byBudget;
  }

  /**
   * Writes what an evaluation found, all or nothing. Budgets that somebody changed or
   * removed meanwhile are left out. What has fired is kept of them, and of those that
   * were not seen this time: they fire nothing twice when they are seen again.
   *
   * @throws OvertakenError when another turn has begun since.
   */
  async keep(evaluated: readonly EvaluatedBudget[], fence: Fence) {
    await fence.write(this.#knex, async tx => {
      const { rows } = await tx.raw(
        'SELECT id, version FROM cost_budgets ORDER BY id FOR SHARE',
      );
      const versions = new Map<string, number>(
        rows.map(({ id, version }: StoredBudget) => [id, version]),
      );
      const standing = evaluated.filter(
        ({ budgetId, version }) =>
          version === undefined || versions.get(budgetId) === version,
      );
      await this.#keepStatuses(tx, standing);
      await this.#keepFired(tx, standing);
      await this.#addEvents(tx, standing);
    });
  }

  async #keepStatuses(tx: Knex, evaluated: readonly EvaluatedBudget[]) {
    await tx('cost_budget_statuses').delete();
    await tx.raw(
      `INSERT INTO cost_budget_statuses (budget_id, fingerprint, status, problem, children)
       SELECT * FROM jsonb_to_recordset(?::jsonb) AS r (budget_id text, fingerprint text, status jsonb, problem text, children jsonb)`,
      [
        await jsonRows(
          evaluated,
          ({ budgetId, fingerprint, status, problem, children }) => [
            { budget_id: budgetId, fingerprint, status, problem, children },
          ],
        ),
      ],
    );
  }

  async #keepFired(tx: Knex, evaluated: readonly EvaluatedBudget[]) {
    await tx.raw(
      `DELETE FROM cost_budget_fired WHERE budget_id = ANY (?::text[]) OR fired_at < now() - interval '13 months'`,
      [textArray(evaluated.map(({ budgetId }) => budgetId))],
    );
    const fired = await jsonRows(evaluated, ({ budgetId, fired: all }) =>
      all.map(each => ({
        budget_id: budgetId,
        threshold_on: each.on,
        percent: each.percent,
        period_start: each.periodStart,
        fingerprint: each.fingerprint,
        fired_at: each.firedAt,
        spent_micros: each.spent.toString(),
        through: each.through,
        through_micros: each.spentThrough.toString(),
      })),
    );
    await tx.raw(
      `INSERT INTO cost_budget_fired (budget_id, threshold_on, percent, period_start, fingerprint, fired_at, spent_micros, through, through_micros)
       SELECT * FROM jsonb_to_recordset(?::jsonb) AS r (budget_id text, threshold_on text, percent integer, period_start date,
         fingerprint text, fired_at timestamptz, spent_micros numeric, through date, through_micros numeric)`,
      [fired],
    );
  }

  async #addEvents(tx: Knex, evaluated: readonly EvaluatedBudget[]) {
    const telling = evaluated.filter(({ events }) => events.length > 0);
    const events = await jsonRows(
      telling,
      ({ budgetId, budget, events: all }) =>
        all.map(each => ({
          budget_id: budgetId,
          kind: each.kind,
          threshold_on: each.on,
          percent: each.percent,
          at: each.at,
          period_start: each.periodStart,
          period_end: each.periodEnd,
          limit_micros: each.limit.toString(),
          reached_micros: each.reached.toString(),
          reason: each.reason,
          definition: budget,
        })),
    );
    if (telling.length > 0) {
      await tx.raw(
        `INSERT INTO cost_budget_events (budget_id, kind, threshold_on, percent, at, period_start, period_end, limit_micros, reached_micros, reason, definition)
         SELECT * FROM jsonb_to_recordset(?::jsonb) AS r (budget_id text, kind text, threshold_on text, percent integer, at timestamptz,
           period_start date, period_end date, limit_micros numeric, reached_micros numeric, reason jsonb, definition jsonb)`,
        [events],
      );
    }
  }

  /**
   * The newest events of a budget, newest first. Those from when it was for something
   * else are not told: who sees the one need not see the other.
   */
  async happenings(
    id: string,
    { scope }: Pick<BudgetDefinition, 'scope'>,
    limit: number,
  ): Promise<BudgetHappening[]> {
    const { rows } = await this.#knex.raw(
      `SELECT ${EVENT_COLUMNS} FROM cost_budget_events
       WHERE budget_id = ? AND definition -> 'scope' = ?::jsonb ORDER BY id DESC LIMIT ?`,
      [id, JSON.stringify(scope), limit],
    );
    return rows.map(toHappening);
  }

  /** Takes events in a transaction of who delivers them; see {@link takeOldest}. */
  async take(tx: Knex, limit: number, now: Date): Promise<OutboxEvent[]> {
    const rows = await takeOldest<EventRow>(tx, {
      table: 'cost_budget_events',
      columns: EVENT_COLUMNS,
      limit,
      now,
    });
    return rows.map(row => ({
      ...toHappening(row),
      budgetId: row.budget_id,
      budget: budgetDefinitionSchema.parse(row.definition),
      limit: toBigint(row.limit_micros),
      reached: toBigint(row.reached_micros),
    }));
  }
}
