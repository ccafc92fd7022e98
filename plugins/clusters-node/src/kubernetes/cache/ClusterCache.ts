import { ClusterKind, ClusterSnapshot } from './ClusterSnapshot';

/** A write that a cache has to catch up with. @public */
export interface AwaitedWrite {
  uid: string;
  /** Of the object after the write. */
  resourceVersion: string;
}

/**
 * What a controller wants to know of one cluster, followed by one watch for each
 * kind of object, however many policies there are.
 *
 * @public
 */
export interface ClusterCache {
  readonly cluster: string;
  /** What is held now; beginning to follow, where nobody asked before. */
  snapshot(): ClusterSnapshot;
  /**
   * Waits until each kind is known, or it is known why it isn't.
   *
   * @throws the signal's reason when it aborts.
   */
  ready(options: { signal: AbortSignal }): Promise<void>;
  /**
   * Takes what a write answered, so that the next snapshot has it. What is held
   * already and is newer stays.
   *
   * @param object - as the API server answered it, whole
   */
  put(kind: ClusterKind, object: unknown): void;
  /**
   * Notes a write that answered no whole object, as to a subresource: until the
   * watch has come to it, the object is among the `behind` of snapshots.
   */
  expect(kind: ClusterKind, write: AwaitedWrite): void;
  /**
   * Waits until a write is held, or the object is gone.
   *
   * @throws the signal's reason when it aborts.
   */
  caughtUp(
    kind: ClusterKind,
    write: AwaitedWrite,
    options: { signal: AbortSignal },
  ): Promise<void>;
  /**
   * Tells of changes, of objects and of what is known of them; many at once are
   * told once, at most every half a second.
   *
   * @returns stops telling.
   */
  onChange(listener: () => void): () => void;
}

/** The caches of a portal's clusters, shared by its back ends. @public */
export interface ClusterCaches {
  /** Undefined when nothing says how to reach the cluster. */
  of(clusterName: string): ClusterCache | undefined;
}
