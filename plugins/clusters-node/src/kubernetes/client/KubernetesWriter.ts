import { KubeConfig } from '@kubernetes/client-node';
import { KubernetesAccess } from '../KubernetesAccess';
import { ask } from './ask';
import { Outgoing } from './connection';
import { apiStatusError, Asked, Verb } from './failures';
import { KubernetesApiError } from './KubernetesApiError';
import { KubernetesPatch, patchBody, PATCH_TYPES } from './patches';
import {
  apiVersionOf,
  KubernetesPrecondition,
  KubernetesReference,
  nameOf,
  objectPath,
} from './references';

/** Who changed a field, as objects have it in `managedFields`. */
const FIELD_MANAGER = 'headroom';

/** @public */
export interface KubernetesWriteOptions {
  signal: AbortSignal;
  /** All is checked, admission included, and nothing is changed. Default: false. */
  dryRun?: boolean;
}

/** @public */
export interface KubernetesApplyOptions extends KubernetesWriteOptions {
  /**
   * The object that must be there; without it one is made where there is none.
   */
  precondition?: KubernetesPrecondition;
  /** Takes fields from managers that own them. Default: false, a `Conflict`. */
  force?: boolean;
}

/** @public */
export interface KubernetesEvictOptions extends KubernetesWriteOptions {
  precondition: KubernetesPrecondition;
  /** Seconds that its containers have to stop; default: what the pod says. */
  gracePeriodSeconds?: number;
}

/** @public */
export interface KubernetesPatchOptions extends KubernetesWriteOptions {
  precondition: KubernetesPrecondition;
}

/**
 * Changes objects of a cluster, as the identity that acts, under the field manager
 * `headroom`. Every change is to an object that is known by its uid, or says which
 * fields it owns; none is tried twice. Each request takes no longer than is
 * configured.
 *
 * All methods throw a {@link KubernetesApiError}; where it is `uncertain`, and where
 * the signal aborts, the change may have been made.
 *
 * @public
 */
export class KubernetesWriter {
  readonly #kubeConfig: KubeConfig;
  readonly #timeoutMs: number;

  /** Undefined when no identity that acts is configured: nothing can be written. */
  static of(
    access: KubernetesAccess,
    clusterName: string,
  ): KubernetesWriter | undefined {
    const kubeConfig = access.actingKubeConfigFor(clusterName);
    return (
      kubeConfig &&
      new KubernetesWriter(kubeConfig, access.timeoutMsFor(clusterName))
    );
  }

  private constructor(kubeConfig: KubeConfig, timeoutMs: number) {
    this.#kubeConfig = kubeConfig;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Server-side apply: the object gets these fields, and Headroom owns them. A field
   * that Headroom owned and that is not among them is removed.
   *
   * @param fields - without `apiVersion`, `kind` and the name
   * @returns the object after the write.
   * @throws `Conflict` with `conflicts` where others own fields.
   */
  async apply<T>(
    reference: KubernetesReference,
    fields: { metadata?: object; [field: string]: unknown },
    { precondition, force = false, ...options }: KubernetesApplyOptions,
  ): Promise<T> {
    const { namespace, name, kind } = reference;
    return this.#write<T>('apply', reference, options, {
      method: 'PATCH',
      path: objectPath(reference),
      query: { force: String(force), fieldValidation: 'Strict' },
      contentType: 'application/apply-patch+yaml',
      body: {
        ...fields,
        apiVersion: apiVersionOf(reference),
        kind,
        metadata: { ...fields.metadata, namespace, name, ...precondition },
      },
    });
  }

  /**
   * @returns the object after the write.
   * @throws `Conflict` when it is another one, or not as it was.
   */
  async patch<T>(
    reference: KubernetesReference,
    patch: KubernetesPatch,
    { precondition, ...options }: KubernetesPatchOptions,
  ): Promise<T> {
    return this.#write<T>('patch', reference, options, {
      method: 'PATCH',
      path: objectPath(reference),
      query: { fieldValidation: 'Strict' },
      contentType: PATCH_TYPES[patch.type],
      body: patchBody(patch, precondition),
    });
  }

  /**
   * Sets the replicas of what has a `scale` subresource.
   *
   * @throws `Conflict` when it is another one, or not as it was.
   */
  async scale(
    reference: KubernetesReference,
    replicas: number,
    { precondition, ...options }: KubernetesPatchOptions,
  ): Promise<void> {
    await this.#write('scale', reference, options, {
      method: 'PATCH',
      path: objectPath(reference, 'scale'),
      contentType: PATCH_TYPES.merge,
      body: patchBody(
        { type: 'merge', patch: { spec: { replicas } } },
        precondition,
      ),
    });
  }

  /**
   * Has a pod stop where its PodDisruptionBudgets allow it.
   *
   * @throws `DisruptionBudget` where they don't; `Conflict` when it is another pod.
   */
  async evict(
    pod: { namespace: string; name: string },
    { precondition, gracePeriodSeconds, ...options }: KubernetesEvictOptions,
  ): Promise<void> {
    const reference = {
      ...pod,
      group: '',
      version: 'v1',
      kind: 'Pod',
      resource: 'pods',
    };
    await this.#write('evict', reference, options, {
      method: 'POST',
      path: objectPath(reference, 'eviction'),
      body: {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { namespace: pod.namespace, name: pod.name },
        deleteOptions: { preconditions: precondition, gracePeriodSeconds },
      },
    });
  }

  async #write<T>(
    verb: Verb,
    reference: KubernetesReference,
    { signal, dryRun = false }: KubernetesWriteOptions,
    { query, path, ...outgoing }: Outgoing & { query?: Record<string, string> },
  ): Promise<T> {
    const cluster = this.#kubeConfig.getCurrentCluster()?.name;
    const asked: Asked = {
      what: `${nameOf(reference)} of cluster ${cluster}`,
      verb,
    };
    const parameters = new URLSearchParams({
      fieldManager: FIELD_MANAGER,
      ...query,
      ...(dryRun && { dryRun: 'All' }),
    });
    const answer = await ask(
      this.#kubeConfig,
      { ...outgoing, path: `${path}?${parameters}` },
      { ...asked, signal, timeoutMs: this.#timeoutMs },
    );
    if (answer.status < 200 || answer.status > 299) {
      throw apiStatusError(asked, answer);
    }
    if (typeof answer.body !== 'object' || answer.body === null) {
      throw new KubernetesApiError(
        `What answered for ${asked.what} said neither yes nor no`,
        { failure: 'Unreadable', status: answer.status, uncertain: true },
      );
    }
    return answer.body as T;
  }
}
