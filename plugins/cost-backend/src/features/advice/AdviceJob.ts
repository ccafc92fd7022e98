import { randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, toError } from '@backstage/errors';
import { SourceProblem, addDays } from '@headroom/common';
import { releasePools, wordInventory } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { CostConfig } from '../../core/config/CostConfig';
import { AdviceInputStore } from '../../database/AdviceInputStore';
import { AdviceRunStore, OpenAdviceRun } from '../../database/AdviceRunStore';
import { AdviceStore } from '../../database/AdviceStore';
import { InventoryState } from '../../database/inventoryStates';
import { InventoryStore } from '../../database/InventoryStore';
import { newestAdviceRun } from '../../database/newestAdviceRun';
import { Fence, Pacer, Turn, isUnavailable } from '@headroom/node';
import { PoolStore } from '../../database/PoolStore';
import { knowledgeOf } from '../../core/inventoryKnowledge';
import { AdviceWorkers } from './AdviceWorkers';
import { adviceBasis, isDue, sameRules } from './due';
import { poolChanges, poolStates } from './pools';
import { AdviceAnswer } from '../../database/adviceOutcome';
import { toSubject } from './toSubject';
import { adviceWindow, lookBack, storedWindow } from './window';
import { AdviceWindow } from '../../database/AdviceRunStore';

export interface AdviceJobOptions {
  knex: Knex;
  config: Pick<CostConfig, 'advice' | 'currency' | 'timezone'>;
  logger: LoggerService;
  /** Of the turns it is run in, so that it writes in none that is another's. */
  fence?: Fence;
  /** The clock; the system's unless given. */
  now?: () => Date;
  /** Told of every step; a test that throws here is a process that dies here. */
  onStep?: (step: string) => void;
  /** Worker threads; one while it rests. */
  threads?: number;
  /** Part of the time it may take, above 0 and at most 1 = without a rest. */
  share?: number;
}

/** Containers advised at a time: two to three megabytes of digests. */
const BATCH = 100;
const THREADS = 2;
/** A run that takes longer would be of prices and inventories of another day. */
const MAX_RUN_MS = 24 * 3_600_000;
/** What is not in the inventory and did not run on these last days is gone. */
const SEEN_DAYS = 2;
/** More problems a run than this help nobody. */
const MAX_PROBLEMS = 30;

/**
 * Computes the advice on every container: digests are read in batches, advised
 * in worker threads, and shown all at once when the last batch is done. May be
 * stopped or killed anywhere and goes on from there, also by two replicas at once: what is shown is
 * always of one whole run.
 */
export class AdviceJob {
  readonly #options: AdviceJobOptions & { now: () => Date };
  readonly #inputs: AdviceInputStore;
  readonly #runs: AdviceRunStore;
  readonly #store: AdviceStore;
  readonly #inventory: InventoryStore;
  readonly #pools: PoolStore;

  static create(options: AdviceJobOptions) {
    return new AdviceJob(options);
  }

  private constructor(options: AdviceJobOptions) {
    const { knex, fence } = options;
    this.#options = { ...options, now: options.now ?? (() => new Date()) };
    this.#inputs = AdviceInputStore.create({ knex });
    this.#runs = AdviceRunStore.create({ knex, fence });
    this.#store = AdviceStore.create({ knex, fence });
    this.#inventory = InventoryStore.create({ knex });
    this.#pools = PoolStore.create({ knex });
  }

  /**
   * Computes advice when it is due: when it got old, or what it stands on grew;
   * or goes on where a turn ended. A computation that fails begins anew.
   *
   * @param enough - no more batches begin once it aborts; what is done is kept
   * @returns whether new advice is shown.
   */
  async runIfDue(
    signal: AbortSignal,
    enough: AbortSignal = signal,
  ): Promise<boolean> {
    signal.throwIfAborted();
    const { config, now } = this.#options;
    const { policy, maximumAgeMs } = config.advice;
    const at = now();
    const { start, end } = lookBack(at, config.timezone, policy.lookBackDays);
    const span = await this.#inputs.digestSpan(start, end);
    if (!span) {
      return false; // nothing is digested yet
    }
    const states = await this.#inventory.states();
    const basis = adviceBasis({ span, states, now: at, config: config.advice });
    const turn = { signal, enough };
    const open = await this.#openRun(basis, at);
    if (open) {
      return this.#run(open.run, open.window, states, turn);
    }
    const newest = await newestAdviceRun(this.#options.knex);
    if (!isDue({ newest, basis, now: at, maximumAgeMs })) {
      return false;
    }
    const window = adviceWindow(
      span.newest,
      config.timezone,
      policy.lookBackDays,
    );
    const run = await this.#runs.start(randomUUID(), {
      window,
      basis,
      startedAt: at,
    });
    return this.#run(run, window, states, turn);
  }

  /** What a turn left that was computed by the same rules. */
  async #openRun(
    basis: string,
    at: Date,
  ): Promise<{ run: OpenAdviceRun; window: AdviceWindow } | undefined> {
    const { timezone } = this.#options.config;
    const since = new Date(at.getTime() - MAX_RUN_MS);
    const run = await this.#runs.takeOver(randomUUID(), since);
    const window = run && storedWindow(run.window, timezone);
    return window && sameRules(run.basis, basis) ? { run, window } : undefined;
  }

  async #run(
    run: OpenAdviceRun,
    window: AdviceWindow,
    states: InventoryState[],
    turn: Turn,
  ): Promise<boolean> {
    const { logger } = this.#options;
    const began = performance.now();
    const seconds = () => run.seconds + (performance.now() - began) / 1000;
    try {
      if (!(await this.#adviseAll(run, window, states, turn))) {
        await this.#runs.leave(run, seconds());
        return false;
      }
      return await this.#show(run, window, seconds);
    } catch (error) {
      if (error instanceof ConflictError) {
        return false; // another goes on with it
      }
      if (!turn.signal.aborted && !isUnavailable(error)) {
        await this.#runs
          .discard(run)
          .catch(failure =>
            logger.warn(
              `What a failed computation of advice left could not be removed, and will be by the next: ${
                toError(failure).message
              }`,
            ),
          );
      }
      throw error;
    }
  }

  /** @returns whether it is shown: not when it was overtaken. */
  async #show(
    run: OpenAdviceRun,
    window: AdviceWindow,
    seconds: () => number,
  ): Promise<boolean> {
    const { now, logger } = this.#options;
    const { outcomes, failures } = await this.#runs.outcomes(run.id);
    const capacities = await this.#pools.capacities(window.lastDay, window.end);
    const pools = poolStates(capacities, outcomes);
    const changes = poolChanges(pools, outcomes);
    const { alone } = releasePools(pools, changes);
    this.#step('computed');
    const shown = await this.#store.finishRun(run, {
      outcomes,
      realisable: alone,
      pools,
      changes,
      problems: problemsOf(failures),
      finishedAt: now(),
      seconds: seconds(),
    });
    this.#step('shown');
    if (shown) {
      logger.info(
        `Advice on ${outcomes.length} containers over ${
          window.days
        } days took ${seconds().toFixed(1)} s`,
      );
    }
    return shown;
  }

  /**
   * Without a rest, one batch more is on its way than there are threads, so that
   * none waits for the database; otherwise one at a time.
   *
   * @returns whether all is done.
   */
  async #adviseAll(
    run: OpenAdviceRun,
    window: AdviceWindow,
    states: InventoryState[],
    { signal, enough }: Turn,
  ): Promise<boolean> {
    const { config, share = 1 } = this.#options;
    const batches = await this.#batchesLeft(run.id, window);
    if (batches.length === 0) {
      return true;
    }
    const threads = share < 1 ? 1 : this.#options.threads ?? THREADS;
    const { policy } = config.advice;
    const pacer = Pacer.create({ share });
    const nodes = await this.#pools.largestNodes(window.start, window.end);
    const workers = AdviceWorkers.create({
      run: {
        id: run.id,
        window: { start: window.start, end: window.end },
        lastDay: window.lastDay,
        policy,
        nodes,
      },
      threads,
    });
    try {
      const advise = async (batch: number[]) => {
        const answer = await this.#advise(batch, workers, window, states);
        await this.#runs.add(run, answer);
        this.#step('batch');
      };
      const lane = async () => {
        while (batches.length > 0 && !enough.aborted) {
          const work = advise.bind(undefined, batches.shift()!);
          await (batches.length > 0 ? pacer.paced(work, signal) : work());
        }
      };
      const lanes = share < 1 ? 1 : threads + 1;
      await Promise.all(Array.from({ length: lanes }, lane));
      return batches.length === 0;
    } finally {
      await workers.close();
    }
  }

  async #batchesLeft(runId: number, window: AdviceWindow): Promise<number[][]> {
    const workloads = await this.#inputs.workloads(
      window.firstDay,
      window.endDay,
      addDays(window.endDay, -SEEN_DAYS),
    );
    const done = await this.#runs.done(runId);
    return batchesOf(
      workloads
        .map(ids => ids.filter(id => !done.has(id)))
        .filter(ids => ids.length > 0),
    );
  }

  async #advise(
    ids: number[],
    workers: AdviceWorkers,
    { firstDay, endDay }: AdviceWindow,
    states: InventoryState[],
  ): Promise<AdviceAnswer> {
    const { config, now } = this.#options;
    const [stored, digests] = await Promise.all([
      this.#inputs.subjects(ids, firstDay, endDay),
      this.#inputs.digests(ids, firstDay, endDay),
    ]);
    const knowledge = new Map(
      states.map(state => [state.cluster, knowledgeOf(state, now())]),
    );
    const nothing = knowledgeOf(undefined, now());
    return workers.advise({
      subjects: stored.map(each =>
        toSubject(each, {
          currency: config.currency,
          appetite: config.advice.appetite,
          knowledge: knowledge.get(each.cluster) ?? nothing,
        }),
      ),
      digests,
    });
  }

  #step(step: string): void {
    this.#options.onStep?.(step);
  }
}

/** Containers of a workload stay together: advice on one may depend on the others. */
function batchesOf(workloads: readonly number[][]): number[][] {
  const batches: number[][] = [];
  for (const ids of workloads) {
    const last = batches.at(-1);
    if (last && last.length + ids.length <= BATCH) {
      last.push(...ids);
    } else {
      batches.push([...ids]);
    }
  }
  return batches;
}

function problemsOf(failures: AdviceAnswer['failures']): SourceProblem[] {
  return failures.slice(0, MAX_PROBLEMS).map(({ containerId, message }) => ({
    code: 'advice-failed',
    severity: 'error',
    subject: `container ${containerId}`,
    ...wordInventory('adviceFailed', {
      container: containerId,
      error: message,
    }),
  }));
}
