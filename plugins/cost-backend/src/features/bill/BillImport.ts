import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { Pacer } from '@headroom/node';
import {
  BillCharge,
  BillFileError,
  BillFold,
  FoldedItem,
} from '@headroom/plugin-cost-common';
import { BillDelivery, BillSource } from '@headroom/plugin-cost-node';
import { BillStore } from '../../database/BillStore';
import { BillVersion } from './BillVersion';
import { DeliveryPlan, planDeliveries } from './planDeliveries';
import { planSwap } from './planSwap';

/** Days of items in memory at a time, some 20 MB. */
const MOST_FOLDED = 10_000;

const INTERRUPTED =
  'it was asked for, which costs money, and reading or storing the answer was interrupted; it is asked for again later';

/** A delivery, and the version it has with what is asked of it. */
interface PlannedDelivery extends BillDelivery {
  delivery: BillDelivery;
}

/** @internal */
export interface BillImportOptions {
  sources: readonly BillSource[];
  store: BillStore;
  /** Keys of tags that charges keep. */
  tags: readonly string[];
  /** Part of the time that reading may take, above 0 up to 1. */
  share: number;
  logger: LoggerService;
  now: () => Date;
}

/**
 * Makes the stored bill that of the sources. What it ends as depends on what the
 * sources have, not on how often, in which order or in how many parts it came.
 */
export class BillImport {
  readonly #options: BillImportOptions;

  static create(options: BillImportOptions) {
    return new BillImport(options);
  }

  private constructor(options: BillImportOptions) {
    this.#options = options;
  }

  /**
   * Reads what is new, of one source after the other; one that can't be read holds
   * up no other.
   *
   * @param enough - aborts when no further delivery should begin
   */
  async run(signal: AbortSignal, enough: AbortSignal): Promise<void> {
    const { sources, store, logger } = this.#options;
    await store.keepOnly(sources.map(({ id }) => id));
    for (const source of detailFirst(sources)) {
      try {
        await this.#readSource(source, signal, enough);
      } catch (error) {
        signal.throwIfAborted();
        logger.warn(
          `The bill ${
            source.id
          } can't be read, and stays as it was read last: ${
            toError(error).message
          }`,
        );
      }
    }
  }

  async #readSource(
    source: BillSource,
    signal: AbortSignal,
    enough: AbortSignal,
  ): Promise<void> {
    const { store, logger, now } = this.#options;
    const notes = store.notesOf(source.id);
    const covered = await this.#giveWay(source);
    if (source.costly) {
      await store.failBegun(source.id, INTERRUPTED, now());
    }
    const stored = await store.deliveries(source.id);
    const unread = new Set(
      stored
        .filter(({ failedVersion }) => failedVersion !== undefined)
        .map(({ name }) => name),
    );
    const listed = await source.deliveries(signal, { notes, covered, unread });
    // A source that gave way has nothing left to say.
    const gaveWay = covered.size > 0;
    if (listed.length === 0 && stored.length > 0 && !gaveWay) {
      logger.warn(
        `The bill ${source.id} has no deliveries any more, and stays as it was read last; remove it from the configuration when it has ended`,
      );
      return;
    }
    const versions = BillVersion.create(this.#options);
    const plan = planDeliveries(
      listed.map(delivery => ({
        name: delivery.name,
        version: versions.ofKept(delivery.version),
        delivery,
      })),
      stored,
    );
    await store.forgive(source.id, plan.forgive);
    await store.rename(source.id, plan.rename);
    await store.remove(source.id, plan.drop);
    await store.keepWaiting(source.id, plan.waiting);
    await this.#readPlanned(source, plan, signal, enough);
  }

  /**
   * What may be the same charges under another name waits until all is read, and then
   * takes the place of what is gone, in one transaction: no turn that is cut leaves them
   * twice, or not at all.
   */
  async #readPlanned(
    source: BillSource,
    plan: DeliveryPlan<PlannedDelivery>,
    signal: AbortSignal,
    enough: AbortSignal,
  ): Promise<void> {
    const { store } = this.#options;
    const { gone } = plan;
    const waiting = [...plan.waiting];
    let { changing, hasUnreadable } = plan;
    for (const planned of plan.read) {
      if (enough.aborted) {
        return;
      }
      const others = changing.filter(name => name !== planned.name);
      const end = await this.#readDelivery(
        source,
        planned,
        [...gone, ...others],
        signal,
      );
      if (end === 'waits') {
        waiting.push(planned.name);
      } else {
        changing = others;
        hasUnreadable ||= end === 'unreadable';
      }
    }
    if (!hasUnreadable) {
      await store.swap(source.id, { put: waiting, remove: gone });
    } else if (waiting.length > 0) {
      const swap = planSwap({
        waiting,
        gone,
        months: {
          waiting: await store.monthsWaiting(source.id, waiting),
          stored: await store.monthsOf(source.id, [...waiting, ...gone]),
        },
      });
      await store.swap(source.id, swap);
    }
  }

  /**
   * Before anything is asked, which may fail or take long: until then charges of
   * others count twice.
   *
   * @returns first days of the periods that others have.
   */
  async #giveWay({ id, givesWayFor }: BillSource): Promise<Set<string>> {
    if (!givesWayFor) {
      return new Set();
    }
    const { store } = this.#options;
    const covered = await store.periodsOfOthers(id, givesWayFor);
    if (covered.size > 0) {
      await store.removeCovered(id, givesWayFor, covered);
    }
    return covered;
  }

  async #readDelivery(
    source: BillSource,
    planned: PlannedDelivery,
    changing: readonly string[],
    signal: AbortSignal,
  ): Promise<'counts' | 'waits' | 'unreadable'> {
    const { store, logger, now, tags, share } = this.#options;
    const { name, delivery } = planned;
    if (source.costly) {
      // Before it is asked: it is paid for, whether or not this process lives on.
      await store.begin(source.id, planned);
    }
    const pieces = paced(
      source.charges(delivery, {
        tags,
        signal,
        notes: store.notesOf(source.id),
      }),
      Pacer.create({ share }),
      signal,
    );
    try {
      const charges = await store.replace(
        source.id,
        planned,
        folded(pieces, signal),
        now(),
        changing,
      );
      logger.info(
        charges === undefined
          ? `The bill ${source.id} has charges in ${name} that count when what else is new is read`
          : `The bill ${source.id} has ${charges} charges in ${name}`,
      );
      return charges === undefined ? 'waits' : 'counts';
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof BillFileError)) {
        throw error;
      }
      logger.warn(
        `A delivery of the bill ${source.id} is left out: ${error.message}`,
      );
      await store.fail(source.id, planned, error.message, now());
      return 'unreadable';
    }
  }
}

/** Those that give way come last, when it is known to what. */
function detailFirst(sources: readonly BillSource[]): BillSource[] {
  const givesWay = (source: BillSource) => source.givesWayFor !== undefined;
  return [
    ...sources.filter(source => !givesWay(source)),
    ...sources.filter(givesWay),
  ];
}

/**
 * Charges summed by item and day, in pieces that fit in memory. It ends only when all
 * was read in time: a source that is told to stop may end as if there were no more.
 */
async function* folded(
  charges: AsyncIterable<BillCharge[]>,
  signal: AbortSignal,
): AsyncGenerator<FoldedItem[]> {
  const fold = BillFold.create();
  for await (const piece of charges) {
    signal.throwIfAborted();
    for (const charge of piece) {
      fold.add(charge);
    }
    if (fold.size >= MOST_FOLDED) {
      yield fold.empty();
    }
  }
  signal.throwIfAborted();
  yield fold.empty();
  // Once more when that is written: what was stopped since then is not put in place.
  signal.throwIfAborted();
}

/** Rests after each piece, so that reading takes no more than its share of the time. */
async function* paced(
  charges: AsyncIterable<BillCharge[]>,
  pacer: Pacer,
  signal: AbortSignal,
): AsyncGenerator<BillCharge[]> {
  const iterator = charges[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await pacer.paced(() => iterator.next(), signal);
      if (next.done) {
        return;
      }
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}
