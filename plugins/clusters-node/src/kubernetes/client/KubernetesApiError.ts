/**
 * Why the Kubernetes API did not do what it was asked, by `Status.reason` where it
 * says one:
 *
 * - `Unauthorized` (401): who asks is not known.
 * - `Forbidden` (403): known, and not allowed to.
 * - `NotFound` (404): there is no such object.
 * - `NotServed` (404): there is no such kind of object, as a definition is not installed.
 * - `AlreadyExists` (409): there is one already.
 * - `Conflict` (409): the object is not the one, or not as, it was expected to
 *   be, or another manager owns the fields: see `conflicts`.
 * - `DisruptionBudget` (429): a PodDisruptionBudget forbids the eviction now.
 * - `TooManyRequests` (429): the API server is busy: see `retryAfterMs`.
 * - `Invalid` (422): what was sent is against the rules: see `fields`.
 * - `Expired` (410): the version or the place in a list is too old.
 * - `Rejected`: an admission rule of the cluster, which the message names, doesn't
 *   allow it, or another status from 400 to 499.
 * - `Failed`: a status from 500, or a redirect.
 * - `Timeout`, `Unreachable`: no answer in time, no connection.
 * - `TooLarge`, `Unreadable`: more than is read of an answer; an answer of another form.
 *
 * @public
 */
export type KubernetesFailure =
  | 'Unauthorized'
  | 'Forbidden'
  | 'NotFound'
  | 'NotServed'
  | 'AlreadyExists'
  | 'Conflict'
  | 'DisruptionBudget'
  | 'TooManyRequests'
  | 'Invalid'
  | 'Expired'
  | 'Rejected'
  | 'Failed'
  | 'Timeout'
  | 'Unreachable'
  | 'TooLarge'
  | 'Unreadable';

/** A field that another manager owns. @public */
export interface FieldConflict {
  /** Its name of the other manager, e.g. `argocd-controller`. */
  manager: string;
  /** e.g. `.spec.replicas` */
  field: string;
}

/** @public */
export interface KubernetesErrorDetails {
  failure: KubernetesFailure;
  /** The answer's status; absent when there was none. */
  status?: number;
  /** The line that mends it, where one does. */
  line?: string;
  /** Milliseconds after which the API server wants to be asked again. */
  retryAfterMs?: number;
  /** Who owns what was to be applied. */
  conflicts?: readonly FieldConflict[];
  /** Paths of what is against the rules, e.g. `spec.replicas`. */
  fields?: readonly string[];
  /** A write that may have been done all the same: only looking tells. */
  uncertain?: boolean;
}

/** What Backstage answers when nobody handles it; what is wrong with our own access is a 503. */
const HTTP_NAMES: Partial<Record<KubernetesFailure, string>> = {
  NotFound: 'NotFoundError',
  AlreadyExists: 'ConflictError',
  Conflict: 'ConflictError',
  DisruptionBudget: 'ConflictError',
  Invalid: 'InputError',
};

/**
 * The Kubernetes API did not do what it was asked. The message is fit for a page: no
 * body, header or address of the API server is in it; `conflicts` and `fields` are
 * names that it gave.
 *
 * @public
 */
export class KubernetesApiError extends Error {
  readonly failure: KubernetesFailure;
  readonly status?: number;
  readonly line?: string;
  readonly retryAfterMs?: number;
  readonly conflicts: readonly FieldConflict[];
  readonly fields: readonly string[];
  readonly uncertain: boolean;

  constructor(message: string, details: KubernetesErrorDetails) {
    super(message);
    this.name = HTTP_NAMES[details.failure] ?? 'ServiceUnavailableError';
    this.failure = details.failure;
    this.status = details.status;
    this.line = details.line;
    this.retryAfterMs = details.retryAfterMs;
    this.conflicts = details.conflicts ?? [];
    this.fields = details.fields ?? [];
    this.uncertain = details.uncertain ?? false;
  }
}
