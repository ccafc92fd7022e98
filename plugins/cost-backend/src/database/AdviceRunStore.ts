import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { AdviceAnswer, AdviceOutcome } from './adviceOutcome';
import { copyIn, Fence, integerArray, textArray } from '@headroom/node';

/** Complete calendar days that all advice of a run is of. */
export interface AdviceWindow {
  /** Days `YYYY-MM-DD`; the end is exclusive. */
  firstDay: string;
  endDay: string;
  days: number;
  /** Bounds of those days as instants, ISO 8601 UTC. */
  start: string;
  end: string;
  /** Start of the last day. */
  lastDay: string;
}

/** A run that goes on. `holder` is who computes it; another who goes on with it takes it over. */
export interface OpenAdviceRun {
  id: number;
  holder: string;
  window: { start: string; end: string; days: number };
  /** What it stands on, see `adviceBasis`. */
  basis: string;
  /** Seconds that the turns before took. */
  seconds: number;
}

/** What came of a run. */
export interface AdviceRunOutcomes {
  outcomes: AdviceOutcome[];
  failures: AdviceAnswer['failures'];
}

/** Outcomes read at a time. */
const PAGE = 500;

/** Runs of the advice job before they are shown. What is done of one stays done, whoever goes on with it. */
export class AdviceRunStore {
  readonly #knex: Knex;
  readonly #fence: Fence | undefined;

  /** @param options.fence - of the turns in which runs are computed */
  static create(options: { knex: Knex; fence?: Fence }) {
    return new AdviceRunStore(options);
  }

  private constructor({
    knex,
    fence,
  }: Parameters<typeof AdviceRunStore.create>[0]) {
    this.#knex = knex;
    this.#fence = fence;
  }

  async start(
    holder: string,
    {
      window,
      basis,
      startedAt,
    }: { window: AdviceWindow; basis: string; startedAt: Date },
  ): Promise<OpenAdviceRun> {
    const { start, end, days } = window;
    const [{ id }] = await this.#write(tx =>
      tx('cost_advice_runs')
        .insert({
          started_at: startedAt,
          window_start: start,
          window_end: end,
          days,
          basis,
          holder,
        })
        .returning('id'),
    );
    return { id, holder, window: { start, end, days }, basis, seconds: 0 };
  }

  /** Takes the newest run over, when it is not finished and began after `since`. */
  async takeOver(
    holder: string,
    since: Date,
  ): Promise<OpenAdviceRun | undefined> {
    const { rows } = await this.#write(tx =>
      tx.raw(
        `UPDATE cost_advice_runs SET holder = ?
         WHERE id = (SELECT max(id) FROM cost_advice_runs) AND finished_at IS NULL AND started_at > ?
         RETURNING id, window_start, window_end, days, basis, seconds`,
        [holder, since],
      ),
    );
    return (
      rows[0] && {
        id: rows[0].id,
        holder,
        window: {
          start: rows[0].window_start.toISOString(),
          end: rows[0].window_end.toISOString(),
          days: rows[0].days,
        },
        basis: rows[0].basis,
        seconds: rows[0].seconds ?? 0,
      }
    );
  }

  /** Containers that are done. */
  async done(runId: number): Promise<Set<number>> {
    const ids = await this.#knex('cost_advice_outcomes')
      .where({ run_id: runId })
      .pluck('container_id');
    return new Set(ids);
  }

  /**
   * Keeps what came of a batch, all or nothing; nobody sees it before the run
   * finishes.
   *
   * @throws ConflictError when another has taken the run over.
   */
  async add(run: OpenAdviceRun, answer: AdviceAnswer): Promise<void> {
    const { outcomes, failures, details } = answer;
    await this.#write(async tx => {
      const { rows } = await tx.raw(
        'SELECT 1 FROM cost_advice_runs WHERE id = ? AND holder = ? FOR SHARE',
        [run.id, run.holder],
      );
      if (rows.length === 0) {
        throw new ConflictError(
          `Run ${run.id} of the computation of advice is another's by now`,
        );
      }
      await copyIn(
        tx,
        'COPY cost_advice_details (run_id, container_id, advice) FROM STDIN',
        details,
      );
      await tx.raw(
        `INSERT INTO cost_advice_outcomes (run_id, container_id, outcome, failure)
         SELECT ?::integer, id, outcome, NULL FROM unnest(?::integer[], ?::jsonb[]) AS o (id, outcome)
         UNION ALL
         SELECT ?::integer, id, NULL, failure FROM unnest(?::integer[], ?::text[]) AS f (id, failure)`,
        [
          run.id,
          integerArray(outcomes.map(({ containerId }) => containerId)),
          textArray(outcomes.map(outcome => JSON.stringify(outcome))),
          run.id,
          integerArray(failures.map(({ containerId }) => containerId)),
          textArray(failures.map(({ message }) => message)),
        ],
      );
    });
  }

  /** What came of the run so far, by container. */
  async outcomes(runId: number): Promise<AdviceRunOutcomes> {
    const found: AdviceRunOutcomes = { outcomes: [], failures: [] };
    for (let after = -1; ; ) {
      const rows = await this.#knex('cost_advice_outcomes')
        .where({ run_id: runId })
        .where('container_id', '>', after)
        .orderBy('container_id')
        .limit(PAGE)
        .select('container_id', 'outcome', 'failure');
      for (const { container_id: containerId, outcome, failure } of rows) {
        if (outcome) {
          found.outcomes.push(outcome);
        } else {
          found.failures.push({ containerId, message: failure });
        }
        after = containerId;
      }
      if (rows.length < PAGE) {
        return found;
      }
    }
  }

  /** Leaves a run for the next turn, after so many seconds in all. */
  async leave({ id, holder }: OpenAdviceRun, seconds: number): Promise<void> {
    await this.#knex('cost_advice_runs')
      .where({ id, holder })
      .update({ seconds });
  }

  /** In a transaction, while the turn is ours. */
  async #write<T>(work: (tx: Knex) => PromiseLike<T>): Promise<T> {
    return this.#knex.transaction(async tx => {
      await this.#fence?.guard(tx);
      return work(tx);
    });
  }

  /** Forgets a run that will not finish. */
  async discard({ id, holder }: OpenAdviceRun): Promise<void> {
    await this.#knex.transaction(async tx => {
      const discarded = await tx('cost_advice_runs')
        .where({ id, holder })
        .delete();
      if (discarded > 0) {
        await tx('cost_advice_details').where({ run_id: id }).delete();
        await tx('cost_advice_outcomes').where({ run_id: id }).delete();
      }
    });
  }
}
