import { KubeConfig } from '@kubernetes/client-node';
import { z } from 'zod';
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

const POD = { group: '', version: 'v1', kind: 'Pod', resource: 'pods' };

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

/** What a subresource says of the object after a write. @public */
export interface KubernetesScale {
  replicas: number;
  /** Of the object itself. */
  resourceVersion: string;
}

/** Requests and limits of a container as they are to be; null = none. @public */
export interface ContainerResize {
  name: string;
  requests?: Readonly<Record<string, string | null>>;
  limits?: Readonly<Record<string, string | null>>;
}

/**
 * The annotation by which a new leader moves the version of an object on, so that
 * what a former one is about to write is refused. Its value says nothing else.
 *
 * @public
 */
export const FENCE_ANNOTATION = 'headroom.io/fence';

const scaleSchema = z.object({
  metadata: z.object({ resourceVersion: z.string().min(1) }),
  // What is 0 is left out.
  spec: z.object({ replicas: z.number().int().default(0) }).optional(),
});

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
   * Sets the replicas of what has a `scale` subresource. A custom resource then
   * doesn't note who did (kubernetes/kubernetes#131892): patch it instead where its
   * kind is known.
   *
   * @throws `Conflict` when it is another one, or not as it was.
   */
  async scale(
    reference: KubernetesReference,
    replicas: number,
    { precondition, ...options }: KubernetesPatchOptions,
  ): Promise<KubernetesScale> {
    const answer = await this.#write<unknown>('scale', reference, options, {
      method: 'PATCH',
      path: objectPath(reference, 'scale'),
      contentType: PATCH_TYPES.merge,
      body: patchBody(
        { type: 'merge', patch: { spec: { replicas } } },
        precondition,
      ),
    });
    const scale = scaleSchema.safeParse(answer).data;
    if (!scale) {
      throw new KubernetesApiError(
        `What answered for the scale of ${nameOf(reference)} is no scale`,
        { failure: 'Unreadable', uncertain: true },
      );
    }
    return {
      replicas: scale.spec?.replicas ?? 0,
      resourceVersion: scale.metadata.resourceVersion,
    };
  }

  /**
   * Changes what the containers of a running pod ask for, in place: the `resize`
   * subresource, stable since Kubernetes 1.35. What it doesn't name stays. Whether the
   * node can give it, the pod's condition `PodResizePending` says afterwards.
   *
   * @returns the pod after the write.
   * @throws `NotServed` by an API server before 1.33; `Conflict` when it is another
   * pod; `Invalid` for what can't be changed in place, as the class of service.
   */
  async resize<T>(
    pod: { namespace: string; name: string },
    containers: readonly ContainerResize[],
    { precondition, ...options }: KubernetesPatchOptions,
  ): Promise<T> {
    const reference = { ...POD, ...pod };
    return this.#write<T>('resize', reference, options, {
      method: 'PATCH',
      path: objectPath(reference, 'resize'),
      query: { fieldValidation: 'Strict' },
      contentType: PATCH_TYPES.strategic,
      body: patchBody(
        {
          type: 'strategic',
          patch: {
            spec: {
              containers: containers.map(({ name, requests, limits }) => ({
                name,
                resources: { requests, limits },
              })),
            },
          },
        },
        precondition,
      ),
    });
  }

  /**
   * Moves the version of an object on and changes nothing that anybody goes by, so
   * that a write that was planned on the version before is refused from now on.
   *
   * @param token - of the lease under which it is done
   * @returns the object after the write.
   * @throws `Conflict` when it is another one, or has moved on by itself.
   */
  async fence<T>(
    reference: KubernetesReference,
    token: number | string,
    options: KubernetesPatchOptions,
  ): Promise<T> {
    return this.patch<T>(
      reference,
      {
        type: 'merge',
        patch: {
          metadata: { annotations: { [FENCE_ANNOTATION]: String(token) } },
        },
      },
      options,
    );
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
    const reference = { ...POD, ...pod };
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
