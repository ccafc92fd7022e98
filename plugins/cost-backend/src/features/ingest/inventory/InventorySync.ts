import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { ClusterInventory, ClusterLabels } from '@headroom/common';
import { InventoryStore } from '../../../database/InventoryStore';
import { knowledgeOf } from '../../../core/inventoryKnowledge';

/** Reads a cluster; undefined when nothing says how to reach it. */
export type ReadClusterInventory = (
  cluster: string,
  signal: AbortSignal,
) => Promise<ClusterInventory & { labels?: ClusterLabels }> | undefined;

/** @internal */
export interface InventorySyncOptions {
  clusters: string[];
  read: ReadClusterInventory;
  store: InventoryStore;
  logger: LoggerService;
  /** The clock; the system's unless given. */
  now?: () => Date;
  /** Milliseconds one cluster may take. */
  timeoutMs?: number;
}

/** A reading with less than this share of the workloads known before is not believed. */
const BELIEVED_SHARE = 0.5;
const TIMEOUT_MS = 3 * 60_000;

/**
 * Copies what clusters run and what steers it. A cluster that fails, is slow,
 * or answers with little of what it had, keeps what is known of it, marked as
 * stale; the others go on.
 */
export class InventorySync {
  readonly #options: InventorySyncOptions & {
    now: () => Date;
    timeoutMs: number;
  };

  static create(options: InventorySyncOptions) {
    return new InventorySync(options);
  }

  private constructor(options: InventorySyncOptions) {
    this.#options = {
      ...options,
      now: options.now ?? (() => new Date()),
      timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    };
  }

  /**
   * Reads every cluster that can be reached, side by side.
   *
   * @returns whether workloads are new or have other labels than before, so that they are to be linked.
   */
  async run(signal: AbortSignal): Promise<boolean> {
    const changed = await Promise.all(
      this.#options.clusters.map(cluster => this.#sync(cluster, signal)),
    );
    return changed.some(Boolean);
  }

  /** Reads a cluster that was never tried: what is read of its usage then finds labels. */
  async ensure(cluster: string, signal: AbortSignal): Promise<void> {
    const states = await this.#options.store.states();
    if (!states.some(state => state.cluster === cluster)) {
      await this.#sync(cluster, signal);
    }
  }

  /** @returns whether there are workloads that are new or have other labels than before. */
  async #sync(cluster: string, signal: AbortSignal): Promise<boolean> {
    const { store, logger, now } = this.#options;
    const { inventory, failure } = await this.#read(cluster, signal);
    if (signal.aborted || !(inventory || failure)) {
      return false; // stopping is no news about the cluster
    }
    const message =
      failure ??
      (inventory && (await this.#whyNotBelieved(cluster, inventory)));
    if (message === undefined) {
      const relabelled = await store.replace(cluster, inventory!);
      const met = await store.meetNewWorkloads(cluster);
      return relabelled + met > 0;
    }
    logger.warn(
      `What cluster ${cluster} runs could not be read; what is known of it is kept: ${message}`,
    );
    await store.markStale(cluster, now(), message);
    return false;
  }

  /** @returns neither when nothing says how to reach the cluster. */
  async #read(
    cluster: string,
    signal: AbortSignal,
  ): Promise<{ inventory?: ClusterInventory; failure?: string }> {
    const { read, timeoutMs } = this.#options;
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      signal.throwIfAborted();
      const reading = read(cluster, AbortSignal.any([signal, limit]));
      return {
        inventory:
          reading && (await within(reading, { signal, limit, timeoutMs })),
      };
    } catch (error) {
      return { failure: toError(error).message };
    }
  }

  async #whyNotBelieved(
    cluster: string,
    { workloads }: ClusterInventory,
  ): Promise<string | undefined> {
    const found = workloads.length;
    if (found === 0) {
      return 'no workloads were answered';
    }
    const known = await this.#believedWorkloads(cluster);
    return found < known * BELIEVED_SHARE
      ? `${found} workloads were answered where ${known} were known; less than half is taken for a fault, not for the truth`
      : undefined;
  }

  /** Of what has expired nothing is believed, so that a cluster may really shrink. */
  async #believedWorkloads(cluster: string): Promise<number> {
    const { store, now } = this.#options;
    const states = await store.states();
    const state = states.find(each => each.cluster === cluster);
    return knowledgeOf(state, now()).facts ? store.countWorkloads(cluster) : 0;
  }
}

/** A reader that ignores its signals holds up neither the others nor a stop. */
async function within<T>(
  work: Promise<T>,
  {
    signal,
    limit,
    timeoutMs,
  }: { signal: AbortSignal; limit: AbortSignal; timeoutMs: number },
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    limit.addEventListener('abort', () =>
      reject(new Error(`there was no answer within ${timeoutMs / 1000} s`)),
    );
    signal.addEventListener('abort', () => reject(new Error('it was stopped')));
    work.then(resolve, reject);
  });
}
