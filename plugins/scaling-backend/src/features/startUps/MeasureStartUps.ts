import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  KubernetesAccess,
  KubernetesReader,
} from '@headroom/plugin-clusters-node';
import { readStartUps, StartUp } from '@headroom/plugin-scaling-node';
import { workloadKey } from '../../database/LinkStore';
import { MOST_STARTS, StartUpStore } from '../../database/StartUpStore';

/** @internal */
export interface MeasureStartUpsOptions {
  clusters: readonly string[];
  kubernetes: KubernetesAccess;
  logger: LoggerService;
  now: () => Date;
  startUps: StartUpStore;
}

/** Reads all pods of all clusters, one list a cluster, and keeps how long they took to be ready. */
export class MeasureStartUps {
  readonly #options: MeasureStartUpsOptions;
  /** Uids of pods by cluster that were kept last time. */
  readonly #known = new Map<string, ReadonlySet<string>>();

  static create(options: MeasureStartUpsOptions): MeasureStartUps {
    return new MeasureStartUps(options);
  }

  private constructor(options: MeasureStartUpsOptions) {
    this.#options = options;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clusters, kubernetes, logger, now, startUps } = this.#options;
    for (const cluster of clusters) {
      const reader = KubernetesReader.of(kubernetes, cluster);
      try {
        if (reader) {
          await this.#measure(cluster, reader, signal);
        }
      } catch (error) {
        signal.throwIfAborted();
        logger.info(
          `How long pods of cluster ${cluster} take to start could not be read: ${
            toError(error).message
          }`,
        );
      }
    }
    await startUps.prune(now());
  }

  async #measure(
    cluster: string,
    reader: KubernetesReader,
    signal: AbortSignal,
  ): Promise<void> {
    const newest = new Map<string, StartUp[]>();
    for await (const page of readStartUps(reader, signal)) {
      for (const startUp of page) {
        keep(newest, cluster, startUp);
      }
    }
    const known = this.#known.get(cluster);
    const all = [...newest.values()].flat();
    await this.#options.startUps.add(
      cluster,
      all.filter(({ podUid }) => !known?.has(podUid)),
    );
    this.#known.set(cluster, new Set(all.map(({ podUid }) => podUid)));
  }
}

/** Only the newest of a workload are held. */
function keep(
  newest: Map<string, StartUp[]>,
  cluster: string,
  startUp: StartUp,
): void {
  const key = workloadKey({ cluster, ...startUp.workload });
  const others = newest.get(key) ?? [];
  const at = others.findIndex(({ readyAt }) => readyAt < startUp.readyAt);
  others.splice(at < 0 ? others.length : at, 0, startUp);
  newest.set(key, others.slice(0, MOST_STARTS));
}
