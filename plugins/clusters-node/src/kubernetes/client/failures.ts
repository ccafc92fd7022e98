import { ServiceUnavailableError } from '@backstage/errors';
import { networkFailureOf } from '../../http/networkFailures';

/**
 * The Kubernetes API gave no usable answer. The message is fit for a page: no
 * body, header or address of the API server is in it.
 *
 * @public
 */
export class KubernetesApiError extends ServiceUnavailableError {
  /** The answer's status; absent when there was none. */
  readonly status?: number;
  /** The line that mends it, where one does. */
  readonly line?: string;

  constructor(message: string, status?: number, line?: string) {
    super(message);
    this.status = status;
    this.line = line;
  }
}

/** A page of a list is larger than is read: ask for fewer objects. @internal */
export class PageTooLargeError extends KubernetesApiError {}

const TOKEN_LINE =
  "kubernetes: { url: …, token: '${KUBERNETES_TOKEN}' } # at the cluster under headroom.clusters";

/**
 * @param what - e.g. `pods of cluster us-west`
 * @param signedIn - credentials were sent
 * @internal
 */
export function apiStatusError(
  what: string,
  status: number,
  signedIn: boolean,
): KubernetesApiError {
  if (status >= 300 && status < 400) {
    return new KubernetesApiError(
      `What answers in the API server's place redirected when asked for ${what}, as a page for signing in does; the configured URL must lead to the API server itself (HTTP ${status})`,
      status,
    );
  }
  if (!signedIn && (status === 401 || status === 403)) {
    return new KubernetesApiError(
      `The API server wants credentials for ${what}, and none are configured: put a token under headroom.clusters[].kubernetes.token (HTTP ${status})`,
      status,
      TOKEN_LINE,
    );
  }
  const sentences: Record<number, string> = {
    401: `The API server refused the configured credentials when asked for ${what}`,
    403: `The configured credentials don't allow listing ${what}`,
    404: `The API server doesn't serve ${what}`,
    429: `The API server is busy and didn't list ${what}`,
  };
  const sentence = sentences[status] ?? `The API server failed to list ${what}`;
  return new KubernetesApiError(`${sentence} (HTTP ${status})`, status);
}

/** A connection that failed, in words and with its code, e.g. `ECONNREFUSED`. @internal */
export function connectionError(
  what: string,
  error: unknown,
): KubernetesApiError {
  const { reason, untrusted } = networkFailureOf(error);
  return new KubernetesApiError(
    `The API server can't be reached for ${what}: ${reason}`,
    undefined,
    untrusted
      ? "caData: '${KUBERNETES_CA}' # base64 of the authority's PEM, or caFile, at kubernetes of the cluster"
      : undefined,
  );
}
