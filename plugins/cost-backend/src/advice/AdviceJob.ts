import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  addDays,
  releasePools,
  SourceProblem,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { CostConfig } from '../config/CostConfig';
import { AdviceInputStore } from '../database/AdviceInputStore';
import { AdviceStore } from '../database/AdviceStore';
import { InventoryState, InventoryStore } from '../database/InventoryStore';
import { PoolStore } from '../database/PoolStore';
import { Pacer } from '../ingest/Pacer';
import { knowledgeOf } from '../inventory/knowledge';
import { AdviceWorkers } from './AdviceWorkers';
import { adviceBasis, isDue } from './due';
import { poolChanges, poolStates } from './pools';
import { AdviceAnswer } from './protocol';
import { toSubject } from './toSubject';
import { AdviceWindow, adviceWindow, lookBack } from './window';

/** @internal */
export interface AdviceJobOptions {
  knex: Knex;
  config: Pick<CostConfig, 'advice' | 'currency' | 'timezone'>;
  logger: LoggerService;
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
const NO_BYTES = new Uint8Array(0);
/** What is not in the inventory and did not run on these last days is gone. */
const SEEN_DAYS = 2;
/** More problems a run than this help nobody. */
const MAX_PROBLEMS = 30;

/**
 * Computes the advice on every container: digests are read in batches, advised
 * in worker threads, and shown all at once when the last batch is done. May be
 * killed anywhere and run again, also by two replicas at once: what is shown is
 * always of one whole run.
 *
 * @internal
 */
export class AdviceJob {
  readonly #options: AdviceJobOptions & { now: () => Date };
  readonly #inputs: AdviceInputStore;
  readonly #store: AdviceStore;
  readonly #inventory: InventoryStore;
  readonly #pools: PoolStore;

  static create(options: AdviceJobOptions) {
    return new AdviceJob(options);
  }

  private constructor(options: AdviceJobOptions) {
    const { knex } = options;
    this.#options = { ...options, now: options.now ?? (() => new Date()) };
    this.#inputs = AdviceInputStore.create({ knex });
    this.#store = AdviceStore.create({ knex });
    this.#inventory = InventoryStore.create({ knex });
    this.#pools = PoolStore.create({ knex });
  }

  /**
   * Computes advice when it is due: when it got old, or what it stands on grew.
   *
   * @returns whether new advice is shown.
   */
  async runIfDue(signal: AbortSignal): Promise<boolean> {
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
    const newest = await this.#store.newestRun();
    if (!isDue({ newest, basis, now: at, maximumAgeMs })) {
      return false;
    }
    const window = adviceWindow(
      span.newest,
      config.timezone,
      policy.lookBackDays,
    );
    return this.#run(window, basis, states, signal);
  }

  async #run(
    window: AdviceWindow,
    basis: string,
    states: InventoryState[],
    signal: AbortSignal,
  ): Promise<boolean> {
    const { now, logger } = this.#options;
    const began = performance.now();
    const runId = await this.#store.startRun(window, basis, now());
    try {
      const workloads = await this.#inputs.workloads(
        window.firstDay,
        window.endDay,
        addDays(window.endDay, -SEEN_DAYS),
      );
      const answers = await this.#adviseAll(
        runId,
        workloads,
        window,
        states,
        signal,
      );
      const outcomes = answers.flatMap(answer => answer.outcomes);
      const capacities = await this.#pools.capacities(
        window.lastDay,
        window.end,
      );
      const pools = poolStates(capacities, outcomes);
      const changes = poolChanges(pools, outcomes);
      const { alone } = releasePools(pools, changes);
      this.#step('computed');
      const seconds = (performance.now() - began) / 1000;
      const shown = await this.#store.finishRun(runId, {
        outcomes,
        realisable: alone,
        pools,
        changes,
        problems: problemsOf(answers),
        finishedAt: now(),
        seconds,
      });
      this.#step('shown');
      if (shown) {
        logger.info(
          `Advice on ${outcomes.length} containers over ${
            window.days
          } days took ${seconds.toFixed(1)} s`,
        );
      }
      return shown;
    } catch (error) {
      await this.#store
        .discardRun(runId)
        .catch(failure =>
          logger.warn(
            `What a failed computation of advice left could not be removed, and will be by the next: ${
              toError(failure).message
            }`,
          ),
        );
      throw error;
    }
  }

  /**
   * Without a rest, one batch more is on its way than there are threads, so that
   * none waits for the database; otherwise one at a time.
   */
  async #adviseAll(
    runId: number,
    workloads: number[][],
    window: AdviceWindow,
    states: InventoryState[],
    signal: AbortSignal,
  ): Promise<AdviceAnswer[]> {
    const { config, share = 1 } = this.#options;
    const threads = share < 1 ? 1 : this.#options.threads ?? THREADS;
    const { policy } = config.advice;
    const pacer = Pacer.create({ share });
    const nodes = await this.#pools.largestNodes(window.start, window.end);
    const workers = AdviceWorkers.create({
      run: {
        id: runId,
        window: { start: window.start, end: window.end },
        lastDay: window.lastDay,
        policy,
        nodes,
      },
      threads,
    });
    try {
      const batches = batchesOf(workloads);
      const answers: AdviceAnswer[] = [];
      const advise = async (batch: number[]) => {
        const answer = await this.#advise(batch, workers, window, states);
        await this.#store.addDetails(answer.details);
        this.#step('batch');
        answers.push({ ...answer, details: NO_BYTES });
      };
      const lane = async () => {
        for (let batch = batches.shift(); batch; batch = batches.shift()) {
          signal.throwIfAborted();
          const work = advise.bind(undefined, batch);
          await (batches.length > 0 ? pacer.paced(work, signal) : work());
        }
      };
      const lanes = share < 1 ? 1 : threads + 1;
      await Promise.all(Array.from({ length: lanes }, lane));
      return answers;
    } finally {
      await workers.close();
    }
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

function problemsOf(answers: AdviceAnswer[]): SourceProblem[] {
  return answers
    .flatMap(({ failures }) => failures)
    .slice(0, MAX_PROBLEMS)
    .map(({ containerId, message }) => ({
      code: 'advice-failed',
      severity: 'error',
      subject: `container ${containerId}`,
      message: `No advice could be computed for container ${containerId}: ${message}`,
    }));
}
