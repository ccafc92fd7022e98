import { KubernetesApiError } from '../client/KubernetesApiError';
import { CachedKind, CacheProblem, CacheState } from './CacheState';

/** What keeps a cache from following. @internal */
export function problemOf(error: unknown): CacheProblem {
  if (error instanceof KubernetesApiError) {
    const { failure, message, line } = error;
    return { failure, message, ...(line !== undefined && { line }) };
  }
  return {
    failure: 'Failed',
    message:
      'Following the objects of the cluster failed, and the log of the back end says why',
  };
}

/** It has missed more than the API server can tell. @internal */
export function relisting({ resource }: CachedKind): CacheProblem {
  return {
    failure: 'Relisting',
    message: `The ${resource} are being read anew, as more happened than the API server remembers`,
  };
}

/** Whether somebody has to allow the account something. @internal */
export function isRefusal({ failure }: CacheProblem): boolean {
  return failure === 'Forbidden' || failure === 'Unauthorized';
}

/** Whether it is known what there is, or why it isn't. @internal */
export function isSettled(state: CacheState): boolean {
  return state.state !== 'loading' || state.problem !== undefined;
}
