import { KubernetesReader } from '../client/KubernetesReader';
import { Changes } from './Changes';
import { AwaitedWrite, ClusterCache } from './ClusterCache';
import {
  ClusterKind,
  ClusterObjects,
  ClusterSnapshot,
  InventoryCounts,
  KindKnowledge,
} from './ClusterSnapshot';
import { CLUSTER_KIND_NAMES, CLUSTER_KINDS } from './clusterKinds';
import {
  INVENTORY_LIMITS,
  InventoryLimits,
  judgeInventory,
} from './judgeInventory';
import { ObjectCache } from './ObjectCache';
import { CountMemory, mostOf, rememberCounts } from './rememberCounts';
import { Turns } from './Turns';

/** @internal */
export interface FollowedClusterOptions {
  cluster: string;
  reader: KubernetesReader;
  /** Ends all watches. */
  signal: AbortSignal;
  log?: (sentence: string) => void;
  limits?: InventoryLimits;
  now?: () => number;
  elapsed?: () => number;
}

type Caches = {
  readonly [kind in ClusterKind]: ObjectCache<ClusterObjects[kind]>;
};

const QUIET_MS = 500;

/** The caches of one cluster. @internal */
export class FollowedCluster implements ClusterCache {
  readonly #options: FollowedClusterOptions;
  readonly #caches: Caches;
  readonly #changes = Changes.create({ quietMs: QUIET_MS });
  #memory: CountMemory = [];
  #started = false;

  static create(options: FollowedClusterOptions): FollowedCluster {
    return new FollowedCluster(options);
  }

  private constructor(options: FollowedClusterOptions) {
    this.#options = options;
    const turns = Turns.create();
    const { reader, cluster, log, now, elapsed } = options;
    const entries = CLUSTER_KIND_NAMES.map(name => {
      const { project, ...kind } = CLUSTER_KINDS[name];
      const cache = ObjectCache.create<ClusterObjects[ClusterKind]>({
        reader,
        kind,
        project,
        turns,
        now,
        elapsed,
        log: sentence => log?.(`Cluster ${cluster}: ${sentence}`),
      });
      return [name, cache];
    });
    // By construction each kind has the cache of its own objects.
    this.#caches = Object.fromEntries(entries) as unknown as Caches;
    for (const cache of this.#all()) {
      cache.onChange(() => {
        this.#remember();
        this.#changes.tell();
      });
    }
  }

  get cluster(): string {
    return this.#options.cluster;
  }

  snapshot(): ClusterSnapshot {
    this.#start();
    this.#remember();
    const { cluster, limits, now = Date.now } = this.#options;
    const knowledge = CLUSTER_KIND_NAMES.map(kind => this.#knowledgeOf(kind));
    const previous = mostOf(this.#memory);
    return {
      cluster,
      at: new Date(now()).toISOString(),
      objects: byKind(
        kind => this.#caches[kind].objects,
      ) as ClusterSnapshot['objects'],
      unreadable: CLUSTER_KIND_NAMES.flatMap(kind =>
        this.#caches[kind].unreadable.map(object => ({ kind, ...object })),
      ),
      knowledge: Object.fromEntries(
        knowledge.map(each => [each.kind, each]),
      ) as ClusterSnapshot['knowledge'],
      counts: this.#counts(),
      previous,
      behind: new Set(this.#all().flatMap(cache => [...cache.behind])),
      trust: judgeInventory({
        cluster,
        knowledge,
        previous,
        limits,
      }),
    };
  }

  async ready({ signal }: { signal: AbortSignal }): Promise<void> {
    this.#start();
    await Promise.all(this.#all().map(cache => cache.ready({ signal })));
  }

  put(kind: ClusterKind, object: unknown): void {
    this.#caches[kind].put(object);
  }

  expect(kind: ClusterKind, write: AwaitedWrite): void {
    this.#caches[kind].expect(write);
  }

  async caughtUp(
    kind: ClusterKind,
    write: AwaitedWrite,
    options: { signal: AbortSignal },
  ): Promise<void> {
    await this.#caches[kind].caughtUp(write, options);
  }

  onChange(listener: () => void): () => void {
    return this.#changes.listen(listener);
  }

  #start(): void {
    if (!this.#started) {
      this.#started = true;
      this.#all().forEach(cache => cache.start(this.#options.signal));
    }
  }

  #all(): Array<ObjectCache<ClusterObjects[ClusterKind]>> {
    return Object.values(this.#caches);
  }

  #knowledgeOf(kind: ClusterKind): KindKnowledge {
    const cache = this.#caches[kind];
    const { ageMs } = cache;
    return {
      kind,
      resource: cache.kind.resource,
      state: cache.state,
      count: cache.size,
      ...(ageMs !== undefined && { ageMs }),
    };
  }

  /** Of the kinds that were read to their end. */
  #counts(): InventoryCounts {
    return Object.fromEntries(
      CLUSTER_KIND_NAMES.flatMap(kind => {
        const { size, ageMs } = this.#caches[kind];
        return ageMs === undefined ? [] : [[kind, size]];
      }),
    );
  }

  #remember(): void {
    const { elapsed = () => performance.now(), limits = INVENTORY_LIMITS } =
      this.#options;
    this.#memory = rememberCounts(
      this.#memory,
      this.#counts(),
      elapsed(),
      limits.rememberMs,
    );
  }
}

function byKind<T>(of: (kind: ClusterKind) => T): Record<ClusterKind, T> {
  return Object.fromEntries(
    CLUSTER_KIND_NAMES.map(kind => [kind, of(kind)]),
  ) as Record<ClusterKind, T>;
}
