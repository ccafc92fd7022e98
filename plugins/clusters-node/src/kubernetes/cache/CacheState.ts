import { KubernetesFailure } from '../client/KubernetesApiError';
import { KubernetesResource } from '../client/references';

/** Why a cache does not have, or no longer follows, what the API server has. @public */
export interface CacheProblem {
  /** `Relisting` = what it had missed is being read anew. */
  failure: KubernetesFailure | 'Relisting';
  /** A sentence fit for a page. */
  message: string;
  /** The line that mends it, where one does. */
  line?: string;
}

/** What an account has to be allowed. @public */
export interface MissingPermission {
  /** Empty = the core group. */
  group: string;
  /** e.g. `deployments` */
  resource: string;
  verbs: readonly ['list', 'watch'];
}

/**
 * What is known of one kind of object in one cluster:
 *
 * - `loading`: no list was ever read to its end; with the problem, where reading failed.
 * - `current`: the API server tells what changes.
 * - `interrupted`: it was current, and what happened since is not known.
 * - `refused`: the account may not list and watch it. It is asked again now and then.
 * - `notServed`: its definition is not installed, so there is none: that is known.
 *
 * `since` is ISO 8601 UTC.
 *
 * @public
 */
export type CacheState =
  | { state: 'loading'; since: string; problem?: CacheProblem }
  | { state: 'current'; since: string }
  | { state: 'interrupted'; since: string; problem: CacheProblem }
  | {
      state: 'refused';
      since: string;
      problem: CacheProblem;
      permission: MissingPermission;
    }
  | { state: 'notServed'; since: string };

/** What is kept of an object. @public */
export interface CachedObject<T> {
  uid: string;
  resourceVersion: string;
  /** Empty where the kind has none. */
  namespace: string;
  name: string;
  /** What the cache's owner keeps of it. */
  value: T;
}

/** A kind of object as caches have it. @public */
export interface CachedKind extends KubernetesResource {
  /**
   * Its definition may not be installed; there is none then. Otherwise an API
   * server that doesn't serve it is a problem. Default: false.
   */
  optional?: boolean;
}

/** An object of which it can't be said what it says. @public */
export interface UnreadableObject {
  uid: string;
  namespace: string;
  name: string;
}
