import { SourceProblem } from '@headroom/common';
import { toIso } from '@headroom/node';
import { PoolState } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';

/** A run of the advice job that is over. */
export interface AdviceRunRow {
  id: number;
  startedAt: string;
  finishedAt: string;
  window: { start: string; end: string; days: number };
  /** What it stood on, see `adviceBasis`. */
  basis: string;
  containers: number;
  seconds: number;
  pools: PoolState[];
  problems: SourceProblem[];
}

/** The newest run that finished: the one that is shown. */
export async function newestAdviceRun(
  knex: Knex,
): Promise<AdviceRunRow | undefined> {
  const row = await knex('cost_advice_runs')
    .whereNotNull('finished_at')
    .orderBy('id', 'desc')
    .first();
  return row && toRun(row);
}

function toRun(row: {
  id: number;
  started_at: Date;
  finished_at: Date;
  window_start: Date;
  window_end: Date;
  days: number;
  basis: string;
  containers: number;
  seconds: number;
  pools: PoolState[];
  problems: SourceProblem[];
}): AdviceRunRow {
  return {
    id: row.id,
    startedAt: row.started_at.toISOString(),
    finishedAt: toIso(row.finished_at)!,
    window: {
      start: row.window_start.toISOString(),
      end: row.window_end.toISOString(),
      days: row.days,
    },
    basis: row.basis,
    containers: row.containers,
    seconds: row.seconds,
    pools: row.pools,
    problems: row.problems,
  };
}
