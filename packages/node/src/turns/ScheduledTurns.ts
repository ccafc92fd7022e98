import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  LifecycleService,
  LoggerService,
  SchedulerService,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { Knex } from 'knex';
import { isUnavailable } from '../database/isUnavailable';
import { reasonOf } from '../database/reasonOf';
import { Fence, OvertakenError } from './Fence';
import { TurnStore } from './TurnStore';

/** Tells scheduled work how long it may go on. @public */
export interface Turn {
  /** Aborts when work must stop at once: the process ends, or the task is another's. */
  signal: AbortSignal;
  /** Aborts when no new piece of work should begin; the next turn goes on from there. */
  enough: AbortSignal;
}

/** Work that one replica does at a time, in turns. @public */
export interface ScheduledWork {
  id: string;
  schedule: SchedulerServiceTaskScheduleDefinition;
  /** What it asks before it writes; without one a process that was paused may write after its turn was given on. */
  fence?: Fence;
  /** May be stopped and repeated anywhere. */
  run(turn: Turn): Promise<unknown>;
}

/** @public */
export interface ScheduledTurnsOptions {
  knex: Knex;
  /** Begins the names of its tables and its task, e.g. `cost` for `cost_turns` and `cost_fences`. */
  prefix: string;
  scheduler: SchedulerService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  /** Milliseconds of a turn after which it ends with the piece it is at. */
  turnMs?: number;
  /** Milliseconds between two signs of life. */
  beatMs?: number;
}

const TURN_MS = 60_000;
const BEAT_MS = 10_000;
/** This many signs of life may fail to come before a task is given to another replica. */
const MISSED_BEATS = 4;
/** A process that is told to end waits this long for its work to be put down. */
const PUT_DOWN_MS = 10_000;
/** After this long, work that the database could not do is tried again; doubled each time, up to half a minute. */
const RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;

/**
 * Backstage's scheduler gives a task to one replica, and to another only when
 * that one says it is done or the task's time-out has passed. So that neither a
 * stopped, a killed, nor a cut-off process holds up what is to be done: work is
 * put down and its ticket handed back when the process ends; a ticket whose
 * holder gives no sign of life is taken over; and a turn whose database went
 * away waits for it and goes on.
 *
 * @public
 */
export class ScheduledTurns {
  readonly #options: Required<ScheduledTurnsOptions>;
  readonly #store: TurnStore;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();

  static async create(options: ScheduledTurnsOptions): Promise<ScheduledTurns> {
    const turns = new ScheduledTurns(options);
    await turns.#start();
    return turns;
  }

  private constructor(options: ScheduledTurnsOptions) {
    this.#options = { turnMs: TURN_MS, beatMs: BEAT_MS, ...options };
    this.#store = TurnStore.create({
      knex: options.knex,
      table: `${options.prefix}_turns`,
    });
  }

  async schedule(work: ScheduledWork): Promise<void> {
    await this.#options.scheduler.scheduleTask({
      ...work.schedule,
      id: work.id,
      scope: 'global',
      signal: this.#stopping.signal,
      fn: ticket => this.#take(work, ticket),
    });
  }

  async #start(): Promise<void> {
    const { scheduler, lifecycle, logger, beatMs } = this.#options;
    lifecycle.addShutdownHook(() => this.#stop());
    const every = { milliseconds: Math.round(beatMs * 1.5) };
    await scheduler.scheduleTask({
      id: `${this.#options.prefix}-turns`,
      scope: 'local',
      frequency: every,
      initialDelay: every,
      timeout: { minutes: 1 },
      signal: this.#stopping.signal,
      fn: () =>
        this.#store
          .giveOn(beatMs * MISSED_BEATS, task => this.#giveOn(task))
          .catch(error =>
            logger.warn(
              `Scheduled work can't be looked after: ${toError(error).message}`,
            ),
          ),
    });
  }

  async #stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.race([
      Promise.all(this.#running),
      sleep(PUT_DOWN_MS, undefined, { ref: false }),
    ]);
  }

  async #take(work: ScheduledWork, ticket: AbortSignal): Promise<void> {
    if (this.#stopping.signal.aborted) {
      return;
    }
    const taken = this.#takeTurn(work, ticket);
    const settled = taken.catch(() => undefined);
    this.#running.add(settled);
    try {
      await taken;
    } finally {
      this.#running.delete(settled);
    }
  }

  async #takeTurn(work: ScheduledWork, ticket: AbortSignal): Promise<void> {
    const { beatMs, turnMs } = this.#options;
    const holder = randomUUID();
    let lost = false;
    ticket.addEventListener('abort', () => {
      lost = !this.#stopping.signal.aborted;
    });
    const { id, fence } = work;
    await this.#patiently(id, ticket, () => this.#store.begin(id, holder));
    const heart = setInterval(() => {
      this.#store.beat(id, holder).catch(() => undefined); // the next one may get through
    }, beatMs);
    const enough = new AbortController();
    const over = setTimeout(() => enough.abort(), turnMs);
    ticket.addEventListener('abort', () => enough.abort());
    try {
      // It may wait for a write of who had the turn before: only with signs of life.
      await this.#patiently(id, ticket, async () =>
        fence?.raise(this.#options.knex),
      );
      await this.#patiently(id, ticket, () =>
        work.run({ signal: ticket, enough: enough.signal }),
      );
    } catch (error) {
      if (!(error instanceof OvertakenError)) {
        throw error;
      }
      lost = true;
      this.#options.logger.info(error.message);
    } finally {
      clearInterval(heart);
      clearTimeout(over);
      const { signal } = this.#stopping;
      await this.#patiently(id, signal, () => this.#store.end(id, holder));
      if (signal.aborted && !lost) {
        await this.#handBack(id, holder);
      }
    }
  }

  /** Waits for a database that went away, and begins again. What is stopped meanwhile ends without an error. */
  async #patiently(
    id: string,
    until: AbortSignal,
    work: () => Promise<unknown>,
  ): Promise<void> {
    for (let pauseMs = RETRY_MS; !until.aborted; pauseMs *= 2) {
      try {
        await work();
        return;
      } catch (error) {
        if (until.aborted) {
          return;
        }
        if (!isUnavailable(error)) {
          throw error;
        }
        this.#options.logger.warn(
          `${id} waits for the database: ${reasonOf(error)}`,
        );
        await this.#databaseIsBack(Math.min(pauseMs, LONGEST_RETRY_MS), until);
      }
    }
  }

  async #databaseIsBack(pauseMs: number, until: AbortSignal): Promise<void> {
    for (let back = false; !back && !until.aborted; ) {
      await sleep(pauseMs, undefined, { signal: until }).catch(() => undefined);
      back = await this.#options.knex.raw('SELECT 1').then(
        () => true,
        () => false,
      );
    }
  }

  /** The process may end before the scheduler says that the work is over. */
  async #handBack(task: string, holder: string): Promise<void> {
    try {
      await this.#giveOn(task);
      await this.#store.end(task, holder);
    } catch (error) {
      this.#options.logger.warn(
        `${task} could not be handed back: ${toError(error).message}`,
      );
    }
  }

  /** Frees the ticket of a task and makes it due. */
  async #giveOn(task: string): Promise<void> {
    const { scheduler, logger } = this.#options;
    logger.info(`${task} is put down unfinished and given on`);
    for (const step of ['cancelTask', 'triggerTask'] as const) {
      try {
        await scheduler[step](task);
      } catch (error) {
        // Nobody holds the ticket, or somebody took it already: as it should be.
        if (!/^(Conflict|NotFound)Error$/.test(toError(error).name)) {
          throw error;
        }
      }
    }
  }
}
