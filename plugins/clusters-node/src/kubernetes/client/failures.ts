import { ServiceUnavailableError } from '@backstage/errors';

/**
 * The Kubernetes API gave no usable answer. The message is fit for a page: no
 * body, header or address of the API server is in it.
 *
 * @public
 */
export class KubernetesApiError extends ServiceUnavailableError {
  /** The answer's status; absent when there was none. */
  readonly status?: number;

  constructor(message: string, status?: number) {
    super(message);
    this.status = status;
  }
}

/**
 * @param what - e.g. `pods of cluster us-west`
 * @internal
 */
export function statusError(what: string, status: number): KubernetesApiError {
  const sentences: Record<number, string> = {
    401: `The API server refused the configured credentials when asked for ${what}`,
    403: `The configured credentials don't allow listing ${what}`,
    404: `The API server doesn't serve ${what}`,
    429: `The API server is busy and didn't list ${what}`,
  };
  const sentence = sentences[status] ?? `The API server failed to list ${what}`;
  return new KubernetesApiError(`${sentence} (HTTP ${status})`, status);
}

/** The code of a failed connection, e.g. `ECONNREFUSED`. @internal */
export function connectionError(
  what: string,
  error: unknown,
): KubernetesApiError {
  const code = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  const known = typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code);
  return new KubernetesApiError(
    `The API server can't be reached for ${what}${known ? ` (${code})` : ''}`,
  );
}
