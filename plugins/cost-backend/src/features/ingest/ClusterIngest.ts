import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { HOUR_MS } from '@headroom/common';
import { IngestState } from '../../database/IngestStore';
import { UnfinishedHourStore } from '../../database/UnfinishedHourStore';
import { Linking } from './links/Linking';
import { Rollup } from '../../database/rollup/Rollup';
import { UsageRollup } from '../../database/rollup/UsageRollup';
import { Pacer, Turn } from '@headroom/node';
import { nextSteps, PlanOptions, Step } from './plan';
import { addHours, closedUntil, horizon, hoursBetween } from '../../core/hours';
import { loadProgress } from './progress';
import { DatabaseFailure } from './DatabaseFailure';
import { sentenceOf } from './sentenceOf';
import {
  WindowIngest,
  WindowIngestOptions,
  WindowOutcome,
} from './WindowIngest';

/** Container-hours one request may bring, so that memory stays bounded. */
const CONTAINER_HOURS_PER_CHUNK = 10_000;
const MAX_CHUNK_HOURS = 24;

/** @internal */
export type ClusterIngestOptions = WindowIngestOptions & {
  rollup: Rollup;
  usageRollup: UsageRollup;
  linking: Linking;
  logger: LoggerService;
};

/** How far back an unfinished back-fill has come: the day it is in waits. */
function unfinishedTo(state: IngestState | undefined): Date | undefined {
  const { backfillFrom: from, backfillCursor: cursor } = state ?? {};
  return from && cursor && from < cursor ? cursor : undefined;
}

/** Brings one cluster up to date: new hours, late data, what is unfinished, then the back-fill. */
export class ClusterIngest {
  readonly #options: ClusterIngestOptions;
  readonly #window: WindowIngest;
  readonly #pacer: Pacer;
  readonly #again: UnfinishedHourStore;
  /** One until it is known how much an hour of this cluster is. */
  #chunkHours = 1;

  static create(options: ClusterIngestOptions) {
    return new ClusterIngest(options);
  }

  private constructor(options: ClusterIngestOptions) {
    this.#options = options;
    this.#window = WindowIngest.create(options);
    this.#pacer = Pacer.create(options.config.ingest);
    this.#again = UnfinishedHourStore.create(options);
  }

  /**
   * Reads new hours and late data; then, unless `liveOnly`, one piece of what is
   * unfinished or of the back-fill. What was read is summed when there is no more.
   *
   * @returns whether there is more to read.
   */
  async advance(
    turn: Turn,
    { liveOnly }: { liveOnly: boolean },
  ): Promise<boolean> {
    const { store, clusterId, source, usageRollup, now } = this.#options;
    if (liveOnly) {
      // What a killed run left behind.
      await this.#rollUp(turn, unfinishedTo(await store.readState(clusterId)));
    }
    const { more, backfilledTo } = await this.#read(turn, liveOnly);
    if (!more) {
      await this.#rollUp(turn, backfilledTo);
    }
    // Once a turn rather than once a request: a day's digests are made from all of its hours.
    await usageRollup.rollDirtyDays(clusterId, turn.enough, backfilledTo);
    await store.changeState(clusterId, source.id, { lastRunAt: now() });
    return more;
  }

  /**
   * @returns no `more` when there is nothing to do, the source is down, or time
   * is up; and how far back history has come while it is not finished.
   */
  async #read(
    turn: Turn,
    liveOnly: boolean,
  ): Promise<{ more: boolean; backfilledTo?: Date }> {
    const { store, clusterId, source, now } = this.#options;
    const { signal, enough } = turn;
    let readFrom: Date | undefined;
    let backfilledTo: Date | undefined;
    while (!enough.aborted) {
      const state = await loadProgress(
        store,
        clusterId,
        source,
        this.#plan(),
        signal,
      );
      readFrom ??= state.watermark;
      const doneTo = unfinishedTo(state);
      backfilledTo = doneTo;
      const unfinished = await this.#unfinished(state);
      const steps = nextSteps(state, { ...this.#plan(), readFrom, unfinished });
      if (!steps) {
        return { more: false };
      }
      const [{ kind, start, end }] = steps;
      const history = kind !== 'live';
      if (history && liveOnly) {
        return { more: true, backfilledTo };
      }
      const doneToThen = kind === 'backfill' ? start : doneTo;
      const up = await this.#pacer.paced(async () => {
        const taken = await this.#takeAll(
          steps,
          state.watermark ?? start,
          signal,
        );
        if (kind === 'again' && taken && !signal.aborted) {
          await this.#again.tried(clusterId, { start, end, at: now() });
        }
        await this.#rollUp(turn, doneToThen);
        return taken;
      }, signal);
      if (!up) {
        return { more: false, backfilledTo };
      }
      if (history) {
        return { more: !enough.aborted, backfilledTo: doneToThen };
      }
    }
    return { more: false, backfilledTo };
  }

  async #unfinished({ watermark }: IngestState): Promise<Date[]> {
    const plan = this.#plan();
    return watermark
      ? this.#again.due(this.#options.clusterId, {
          from: horizon(plan),
          until: watermark,
          now: plan.now,
          limit: plan.chunkHours,
        })
      : [];
  }

  /** A back-fill leaves the day it is in for when all of it is read. */
  async #rollUp({ enough }: Turn, backfilledTo?: Date): Promise<void> {
    const { rollup, linking, clusterId } = this.#options;
    await rollup.rollDirtyDays(clusterId, enough, backfilledTo);
    await linking.linkStale(enough);
  }

  #plan(): PlanOptions {
    const { config, now } = this.#options;
    return { ...config.ingest, now: now(), chunkHours: this.#chunkHours };
  }

  /** @returns false when the source is down. */
  async #takeAll(
    steps: Step[],
    watermark: Date,
    signal: AbortSignal,
  ): Promise<boolean> {
    for (const step of steps) {
      const up = await this.#take(step, watermark, signal);
      if (!up || signal.aborted) {
        return up;
      }
    }
    return true;
  }

  async #take(
    step: Step,
    watermark: Date,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { store, clusterId, source, onStep } = this.#options;
    const { start, end } = step;
    const outcome = await this.#window.run(start, end, watermark, signal);
    if (outcome.failure && !signal.aborted) {
      const down = await this.#whyDown(step, outcome.failure, signal);
      if (down && !signal.aborted) {
        await this.#noteDown(down, watermark);
        return false;
      }
      await this.#takeHourByHour(step, watermark, signal);
    }
    if (signal.aborted) {
      // Too much at once, perhaps.
      this.#chunkHours = Math.max(1, Math.floor(this.#chunkHours / 2));
      return true;
    }
    await store.changeState(clusterId, source.id, {
      downSince: null,
      lastError: null,
      ...this.#measure(outcome, step),
      ...(step.kind === 'backfill' && { backfillCursor: start }),
    });
    onStep?.('window-done');
    return true;
  }

  /** Sizes the next request by what this one brought. */
  #measure(outcome: WindowOutcome, { start, end }: Step) {
    if (outcome.failure) {
      return {};
    }
    const fitting = CONTAINER_HOURS_PER_CHUNK / Math.max(1, outcome.containers);
    this.#chunkHours = Math.min(
      MAX_CHUNK_HOURS,
      Math.max(1, Math.floor(fitting)),
    );
    const hours = (end.getTime() - start.getTime()) / HOUR_MS;
    return { queriesPerHour: outcome.queries / hours };
  }

  /**
   * A source that fails for a window but answers for the newest hour is not
   * down; some hours of the window are at fault.
   */
  async #whyDown(
    step: Step,
    failure: Error,
    signal: AbortSignal,
  ): Promise<Error | undefined> {
    const { config, now, source, cluster, logger } = this.#options;
    const span = `${step.start.toISOString()} to ${step.end.toISOString()}`;
    logger.warn(
      `Reading ${cluster.name} from ${span} failed: ${failure.message}`,
    );
    const end = closedUntil(now(), config.ingest.settleMs);
    const start = addHours(end, -1);
    if (step.start >= start) {
      return failure;
    }
    try {
      await source.read({ cluster, start, end, signal });
      return undefined;
    } catch (error) {
      DatabaseFailure.rethrow(error);
      return toError(error);
    }
  }

  async #takeHourByHour(step: Step, watermark: Date, signal: AbortSignal) {
    for (const hour of hoursBetween(step.start, step.end)) {
      const outcome = await this.#window.run(
        hour,
        addHours(hour, 1),
        watermark,
        signal,
      );
      if (signal.aborted) {
        return;
      }
      if (outcome.failure) {
        await this.#window.giveUp(hour, watermark);
      }
    }
  }

  /** Gaps stay gaps until the source is back: the watermark does not move. */
  async #noteDown(failure: Error, watermark: Date): Promise<void> {
    const { knex, store, clusterId, source, config, now, logger, cluster } =
      this.#options;
    const closed = closedUntil(now(), config.ingest.settleMs);
    const gaps = hoursBetween(watermark, closed).map(hour => ({
      hour,
      source: source.id,
      reason: 'source-down',
    }));
    const state = await store.readState(clusterId);
    await knex.transaction(async tx => {
      await store.lock(tx, clusterId);
      await store.markMissing(tx, clusterId, gaps, now());
      await store.writeState(tx, clusterId, source.id, {
        downSince: state?.downSince ?? now(),
        lastError: sentenceOf(failure),
      });
    });
    logger.warn(`The source of cluster ${cluster.name} can't be reached`);
  }
}
