import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { ClusterInventory, ClusterLabels } from '@headroom/plugin-cost-common';
import { InventoryStore } from '../database/InventoryStore';
import { knowledgeOf } from './knowledge';

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
   * @returns whether workloads have other labels than before, so that they are to be linked.
   */
  async run(signal: AbortSignal): Promise<boolean> {
    const relabelled = await Promise.all(
      this.#options.clusters.map(cluster => this.#syncSafely(cluster, signal)),
    );
    return relabelled.some(Boolean);
  }

  /** Reads a cluster that was never tried: what is read of its usage then finds labels. */
  async ensure(cluster: string, signal: AbortSignal): Promise<void> {
    const states = await this.#options.store.states();
    if (!states.some(state => state.cluster === cluster)) {
      await this.#syncSafely(cluster, signal);
    }
  }

  /** @returns whether labels of workloads are others than before. */
  async #syncSafely(cluster: string, signal: AbortSignal): Promise<boolean> {
    const { store, logger, now } = this.#options;
    try {
      return await this.#sync(cluster, signal);
    } catch (error) {
      if (signal.aborted) {
        return false; // stopping is no news about the cluster
      }
      const { message } = toError(error);
      logger.warn(
        `What cluster ${cluster} runs could not be read; what is known of it is kept: ${message}`,
      );
      await store.markStale(cluster, now(), message);
      return false;
    }
  }

  async #sync(cluster: string, signal: AbortSignal): Promise<boolean> {
    const { read, store, timeoutMs } = this.#options;
    const limit = AbortSignal.timeout(timeoutMs);
    const reading = read(cluster, AbortSignal.any([signal, limit]));
    if (!reading) {
      return false;
    }
    const inventory = await within(reading, limit, timeoutMs);
    const found = inventory.workloads.length;
    if (found === 0) {
      throw new Error('no workloads were answered');
    }
    const known = await this.#believedWorkloads(cluster);
    if (found < known * BELIEVED_SHARE) {
      throw new Error(
        `${found} workloads were answered where ${known} were known; less than half is taken for a fault, not for the truth`,
      );
    }
    return (await store.replace(cluster, inventory)) > 0;
  }

  /** Of what has expired nothing is believed, so that a cluster may really shrink. */
  async #believedWorkloads(cluster: string): Promise<number> {
    const { store, now } = this.#options;
    const states = await store.states();
    const state = states.find(each => each.cluster === cluster);
    return knowledgeOf(state, now()).facts ? store.countWorkloads(cluster) : 0;
  }
}

/** A reader that ignores its signal doesn't hold up the others. */
async function within<T>(
  work: Promise<T>,
  limit: AbortSignal,
  timeoutMs: number,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    limit.addEventListener('abort', () =>
      reject(new Error(`there was no answer within ${timeoutMs / 1000} s`)),
    );
    work.then(resolve, reject);
  });
}
