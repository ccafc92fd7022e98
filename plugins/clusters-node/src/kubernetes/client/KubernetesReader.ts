import { KubeConfig } from '@kubernetes/client-node';
import { KubernetesAccess } from '../KubernetesAccess';
import { getJson } from './ask';
import { apiStatusError } from './failures';
import { listPages } from './listPages';
import {
  KubernetesReference,
  KubernetesResource,
  listPath,
  nameOf,
  objectPath,
} from './references';
import { watch, WatchEvent } from './watch';

/** Which objects of a kind. @public */
export interface KubernetesSelection {
  /** All namespaces when absent. */
  namespace?: string;
  /** e.g. `app=web,tier!=batch` */
  labelSelector?: string;
  /** e.g. `spec.nodeName=node-1` */
  fieldSelector?: string;
}

/** @public */
export interface KubernetesWatchOptions extends KubernetesSelection {
  signal: AbortSignal;
  /** Objects of a page of the list; default: 500. */
  pageSize?: number;
  /**
   * Called whenever the API server has shown that all up to now was told, be it
   * that nothing happened: with each event and bookmark, and when it ends a
   * connection as it was asked to.
   */
  onHeard?: () => void;
}

/**
 * Reads objects of a cluster, as the identity that reads. Each request takes no
 * longer than is configured, and no more than 16 MiB of an answer are read.
 *
 * @public
 */
export class KubernetesReader {
  readonly #kubeConfig: KubeConfig;
  readonly #timeoutMs: number;

  /** Undefined when nothing says how to reach the cluster. */
  static of(
    access: KubernetesAccess,
    clusterName: string,
  ): KubernetesReader | undefined {
    const kubeConfig = access.kubeConfigFor(clusterName);
    return (
      kubeConfig &&
      new KubernetesReader(kubeConfig, access.timeoutMsFor(clusterName))
    );
  }

  private constructor(kubeConfig: KubeConfig, timeoutMs: number) {
    this.#kubeConfig = kubeConfig;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Objects of a kind, 500 at a time. When the list gets too old to be continued,
   * the rest is read anew: objects that changed meanwhile may be missing or be
   * there twice.
   *
   * @typeParam T - what is read of them; the API server vouches for it
   * @throws {@link KubernetesApiError}; the signal's reason when it aborts.
   */
  async *list<T>(
    resource: KubernetesResource,
    { signal, ...selection }: KubernetesSelection & { signal: AbortSignal },
  ): AsyncGenerator<T[]> {
    const pages = listPages<T>(
      this.#kubeConfig,
      listPath(resource, selection.namespace),
      resource.resource,
      { signal, timeoutMs: this.#timeoutMs, query: queryOf(selection) },
    );
    for await (const { items } of pages) {
      yield items;
    }
  }

  /**
   * One object.
   *
   * @throws {@link KubernetesApiError}, `NotFound` when there is none; the
   * signal's reason when it aborts.
   */
  async get<T>(
    reference: KubernetesReference,
    { signal }: { signal: AbortSignal },
  ): Promise<T> {
    const asked = {
      what: `${nameOf(reference)} of cluster ${
        this.#kubeConfig.getCurrentCluster()?.name
      }`,
      verb: 'get' as const,
    };
    const answer = await getJson(this.#kubeConfig, objectPath(reference), {
      ...asked,
      signal,
      timeoutMs: this.#timeoutMs,
    });
    if (answer.status !== 200 || answer.body === undefined) {
      throw apiStatusError(asked, answer);
    }
    return answer.body as T;
  }

  /**
   * The version of Kubernetes that the API server has, e.g. `v1.36.1`.
   *
   * @throws {@link KubernetesApiError}; the signal's reason when it aborts.
   */
  async version({ signal }: { signal: AbortSignal }): Promise<string> {
    const asked = {
      what: `the version of cluster ${
        this.#kubeConfig.getCurrentCluster()?.name
      }`,
      verb: 'get' as const,
    };
    const answer = await getJson(this.#kubeConfig, '/version', {
      ...asked,
      signal,
      timeoutMs: this.#timeoutMs,
    });
    const { gitVersion } = (answer.body ?? {}) as { gitVersion?: unknown };
    if (answer.status !== 200 || typeof gitVersion !== 'string') {
      throw apiStatusError(asked, answer);
    }
    return gitVersion;
  }

  /**
   * Objects of a kind and what happens to them, until the signal aborts. Goes on
   * after connections that break; lists anew when it has missed too much.
   *
   * @throws {@link KubernetesApiError} when trying again is of no use, as when
   * watching is not allowed; the signal's reason when it aborts.
   */
  watch<T>(
    resource: KubernetesResource,
    { signal, pageSize, onHeard, ...selection }: KubernetesWatchOptions,
  ): AsyncGenerator<WatchEvent<T>> {
    return watch<T>(this.#kubeConfig, {
      path: listPath(resource, selection.namespace),
      resource: resource.resource,
      query: queryOf(selection),
      signal,
      timeoutMs: this.#timeoutMs,
      pageSize,
      onHeard,
    });
  }
}

function queryOf({
  labelSelector,
  fieldSelector,
}: KubernetesSelection): Record<string, string> {
  return {
    ...(labelSelector !== undefined && { labelSelector }),
    ...(fieldSelector !== undefined && { fieldSelector }),
  };
}
