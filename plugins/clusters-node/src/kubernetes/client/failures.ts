import { networkCodeOf, networkFailureOf } from '../../http/networkFailures';
import { KubernetesApiError } from './KubernetesApiError';
import { refusalOf } from './status';

/** What was asked. @internal */
export interface Asked {
  /** e.g. `pods of cluster us-west` */
  what: string;
  /** What for: `list` unless it is said. */
  verb?: Verb;
}

/** @internal */
export type Verb = keyof typeof VERBS;

const VERBS = {
  list: 'listing',
  get: 'reading',
  watch: 'watching',
  apply: 'applying',
  patch: 'changing',
  evict: 'evicting',
  scale: 'scaling',
  resize: 'resizing',
};

/** An answer that is none. @internal */
export interface Refused {
  status: number;
  body: unknown;
  /** Credentials were sent with the question. */
  signedIn: boolean;
  retryAfterMs?: number;
}

/** A page of a list is larger than is read: ask for fewer objects. @internal */
export class PageTooLargeError extends KubernetesApiError {}

const TOKEN_LINE =
  "kubernetes: { url: …, token: '${KUBERNETES_TOKEN}' } # at the cluster under headroom.clusters";

/** Whether a verb changes something. @internal */
export function isWrite(verb: Verb = 'list'): boolean {
  return !['list', 'get', 'watch'].includes(verb);
}

/** @internal */
export function apiStatusError(
  { what, verb = 'list' }: Asked,
  { status, body, signedIn, retryAfterMs }: Refused,
): KubernetesApiError {
  if (status >= 300 && status < 400) {
    return new KubernetesApiError(
      `What answers in the API server's place redirected when asked for ${what}, as a page for signing in does; the configured URL must lead to the API server itself (HTTP ${status})`,
      { failure: 'Failed', status },
    );
  }
  if (!signedIn && (status === 401 || status === 403)) {
    return new KubernetesApiError(
      `The API server wants credentials for ${what}, and none are configured: put a token under headroom.clusters[].kubernetes.token (HTTP ${status})`,
      {
        failure: status === 401 ? 'Unauthorized' : 'Forbidden',
        status,
        line: TOKEN_LINE,
      },
    );
  }
  const refusal = refusalOf(status, body);
  return new KubernetesApiError(
    `${sentenceOf(refusal, what, verb)} (HTTP ${status})`,
    {
      ...refusal,
      status,
      retryAfterMs: retryAfterMs ?? refusal.retryAfterMs,
      uncertain: isWrite(verb) && (status >= 500 || status < 300),
    },
  );
}

function sentenceOf(
  { failure, conflicts, fields, admission }: ReturnType<typeof refusalOf>,
  what: string,
  verb: Verb,
): string {
  if (admission) {
    return `A rule of the cluster (${admission}) doesn't allow ${VERBS[verb]} ${what}`;
  }
  switch (failure) {
    case 'Unauthorized':
      return `The API server refused the configured credentials when asked for ${what}`;
    case 'Forbidden':
      return `The configured credentials don't allow ${VERBS[verb]} ${what}`;
    case 'NotFound':
      return `There is no ${what}`;
    case 'NotServed':
      return `The API server doesn't serve ${what}`;
    case 'TooManyRequests':
      return `The API server is busy and didn't ${verb} ${what}`;
    case 'DisruptionBudget':
      return `A PodDisruptionBudget doesn't allow evicting ${what} now`;
    case 'AlreadyExists':
      return `There is ${what} already`;
    case 'Expired':
      return `The API server no longer knows the version of ${what} that was asked for`;
    case 'Conflict':
      return conflicts.length > 0
        ? `The API server didn't ${verb} ${what}: ${conflicts
            .map(({ manager, field }) => `${manager} owns ${field}`)
            .join(', ')}`
        : `The API server didn't ${verb} ${what}, which is not as it was expected to be`;
    case 'Invalid':
      return `The API server found what was sent for ${what} against its rules${
        fields.length > 0 ? `: ${fields.join(', ')}` : ''
      }`;
    default:
      return `The API server failed to ${verb} ${what}`;
  }
}

/** A failure to connect with one of these codes comes before anything is sent. */
const BEFORE_SENDING =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ERR_INVALID_.*|ERR_TLS_.*|CERT_.*|SELF_SIGNED_.*|DEPTH_ZERO_.*|UNABLE_TO_.*)$/;

/** A connection that failed, in words and with its code, e.g. `ECONNREFUSED`. @internal */
export function connectionError(
  { what, verb }: Asked,
  error: unknown,
): KubernetesApiError {
  const { reason, untrusted } = networkFailureOf(error);
  return new KubernetesApiError(
    `The API server can't be reached for ${what}: ${reason.message}`,
    {
      failure: 'Unreachable',
      line: untrusted
        ? "caData: '${KUBERNETES_CA}' # base64 of the authority's PEM, or caFile, at kubernetes of the cluster"
        : undefined,
      uncertain:
        isWrite(verb) && !BEFORE_SENDING.test(networkCodeOf(error) ?? ''),
    },
  );
}

/** @internal */
export function timeoutError(
  { what, verb }: Asked,
  timeoutMs: number,
): KubernetesApiError {
  return new KubernetesApiError(
    `The API server did not answer for ${what} within ${timeoutMs / 1000} s`,
    { failure: 'Timeout', uncertain: isWrite(verb) },
  );
}
