import { SourceProblem } from '@headroom/common';
import {
  PoolChange,
  PoolState,
  sameAdvice,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { AdviceOutcome } from './adviceOutcome';
import { OpenAdviceRun } from './AdviceRunStore';
import { Fence, slices, textArray } from '@headroom/node';

/** A change of one advice in one pool, with the cluster's id for storing it. */
export interface AdvicePoolChange extends PoolChange {
  clusterId: number;
}

/** What a run found, to be shown from now on. */
export interface AdviceResults {
  outcomes: AdviceOutcome[];
  /** What pools give back if only the advice on one container is taken, by container. */
  realisable: Map<string, bigint>;
  pools: PoolState[];
  changes: AdvicePoolChange[];
  problems: SourceProblem[];
  finishedAt: Date;
  seconds: number;
}

/** Held exclusively while advice is replaced, shared while it is decided about. */
export const ADVICE_LOCK = "hashtext('headroom-cost-advice')";
/** Runs that are kept, for a look at how long they take. */
const KEPT_RUNS = 100;

/**
 * Advice as it is stored: table rows of one run only, replaced in one
 * transaction, and the whole advice of each container beside them.
 */
export class AdviceStore {
  readonly #knex: Knex;
  readonly #fence: Fence | undefined;

  /** @param options.fence - of the turns in which runs are computed */
  static create(options: { knex: Knex; fence?: Fence }) {
    return new AdviceStore(options);
  }

  private constructor({
    knex,
    fence,
  }: Parameters<typeof AdviceStore.create>[0]) {
    this.#knex = knex;
    this.#fence = fence;
  }

  /**
   * Shows a run instead of the one before, at once and as a whole. A run that is
   * older than the one shown is thrown away, one that another has taken over is
   * left to that one.
   *
   * @returns whether it is shown now.
   */
  async finishRun(
    { id: runId, holder }: Pick<OpenAdviceRun, 'id' | 'holder'>,
    results: AdviceResults,
  ): Promise<boolean> {
    return this.#knex.transaction(async tx => {
      await tx.raw(`SELECT pg_advisory_xact_lock(${ADVICE_LOCK})`);
      await this.#fence?.guard(tx);
      const own = await tx('cost_advice_runs')
        .where({ id: runId, holder })
        .forUpdate()
        .first('id');
      if (!own) {
        return false; // taken over
      }
      const newer = await tx('cost_advice_runs')
        .whereNotNull('finished_at')
        .where('id', '>', runId)
        .first('id');
      if (newer) {
        await this.#discard(tx, runId);
        return false;
      }
      const fingerprints = await fingerprintsOf(tx, results.outcomes);
      await tx('cost_advice').delete();
      await tx('cost_advice_pools').delete();
      for await (const slice of slices(results.outcomes)) {
        await insertRows(tx, runId, slice, fingerprints, results.realisable);
      }
      for await (const slice of slices(results.changes)) {
        await insertChanges(tx, slice);
      }
      await tx('cost_advice_runs')
        .where({ id: runId })
        .update({
          finished_at: results.finishedAt,
          containers: results.outcomes.length,
          seconds: results.seconds,
          pools: JSON.stringify(results.pools),
          problems: JSON.stringify(results.problems),
        });
      // Also what runs left that were killed half-way.
      await tx('cost_advice_details').where('run_id', '<', runId).delete();
      await tx('cost_advice_outcomes').where('run_id', '<=', runId).delete();
      await tx('cost_advice_runs')
        .where('id', '<', runId)
        .andWhere(old =>
          old.whereNull('finished_at').orWhere('id', '<=', runId - KEPT_RUNS),
        )
        .delete();
      return true;
    });
  }

  async #discard(tx: Knex, runId: number): Promise<void> {
    await tx('cost_advice_details').where({ run_id: runId }).delete();
    await tx('cost_advice_outcomes').where({ run_id: runId }).delete();
    await tx('cost_advice_runs').where({ id: runId }).delete();
  }
}

async function insertRows(
  tx: Knex,
  runId: number,
  outcomes: AdviceOutcome[],
  fingerprints: Map<number, string>,
  realisable: AdviceResults['realisable'],
): Promise<void> {
  const numbers = (of: (each: AdviceOutcome) => unknown) =>
    `{${outcomes.map(each => of(each) ?? 'NULL').join(',')}}`;
  await tx.raw(
    `INSERT INTO cost_advice (run_id, container_id, cluster_id, status, list_micros, realisable_micros, held_micros,
       confidence, throttled_minutes, oom_kills, rule_days, rule_quantile, rule_margin, fingerprint, summary)
     SELECT ?::integer, * FROM unnest(?::integer[], ?::integer[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[],
       ?::double precision[], ?::double precision[], ?::integer[], ?::smallint[], ?::double precision[],
       ?::double precision[], ?::text[], ?::jsonb[])`,
    [
      runId,
      numbers(({ containerId }) => containerId),
      numbers(({ clusterId }) => clusterId),
      numbers(({ status }) => status),
      numbers(({ listMicros }) => listMicros),
      numbers(({ containerId }) => realisable.get(String(containerId))),
      numbers(({ heldMicros }) => heldMicros),
      numbers(({ confidence }) => confidence),
      numbers(({ throttledMinutes }) => throttledMinutes),
      numbers(({ oomKills }) => oomKills),
      numbers(({ cpuRule }) => cpuRule?.days),
      numbers(({ cpuRule }) => cpuRule?.quantile),
      numbers(({ cpuRule }) => cpuRule?.margin),
      textArray(
        outcomes.map(({ containerId }) => fingerprints.get(containerId)!),
      ),
      textArray(outcomes.map(({ summary }) => summary)),
    ],
  );
}

async function insertChanges(
  tx: Knex,
  changes: AdvicePoolChange[],
): Promise<void> {
  const numbers = (of: (each: AdvicePoolChange) => unknown) =>
    `{${changes.map(of).join(',')}}`;
  await tx.raw(
    `INSERT INTO cost_advice_pools (container_id, cluster_id, node_pool, cpu_cores, memory_bytes, list_micros)
     SELECT * FROM unnest(?::integer[], ?::integer[], ?::text[], ?::double precision[], ?::double precision[], ?::bigint[])`,
    [
      numbers(({ id }) => id),
      numbers(({ clusterId }) => clusterId),
      textArray(changes.map(({ nodePool }) => nodePool)),
      numbers(({ cpuCores }) => cpuCores),
      numbers(({ memoryBytes }) => memoryBytes),
      numbers(({ listMicros }) => listMicros),
    ],
  );
}

/** Fingerprints by container: the one that was decided about, while it is of the same advice. */
async function fingerprintsOf(
  tx: Knex,
  outcomes: AdviceOutcome[],
): Promise<Map<number, string>> {
  const decided = await tx('cost_advice_decisions').select(
    'container_id',
    'fingerprint',
  );
  const before = new Map<number, string>(
    decided.map(row => [row.container_id, row.fingerprint]),
  );
  return new Map(
    outcomes.map(({ containerId, fingerprint }) => {
      const known = before.get(containerId);
      const same = known !== undefined && sameAdvice(known, fingerprint);
      return [containerId, same ? known : fingerprint];
    }),
  );
}
