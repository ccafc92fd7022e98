import { ServiceUnavailableError } from '@backstage/errors';

/**
 * Why an endpoint gave no answer:
 * `unreachable` (no connection), `timeout`, `refused` (401, 403), `rejected`
 * (another 4xx: the question was wrong), `overloaded` (429, 503 after
 * retries), `failed` (other statuses, redirects) or `unreadable` (too large,
 * not JSON, not the expected shape).
 *
 * @public
 */
export type EndpointFailure =
  | 'unreachable'
  | 'timeout'
  | 'refused'
  | 'rejected'
  | 'overloaded'
  | 'failed'
  | 'unreadable';

/**
 * An endpoint of a cluster gave no usable answer. Becomes a 503 whatever the
 * upstream status was; the message is fit for a page: no upstream body, no
 * header, no address, and there is no cause.
 *
 * @public
 */
export class EndpointError extends ServiceUnavailableError {
  readonly failure: EndpointFailure;

  constructor(failure: EndpointFailure, message: string) {
    super(message);
    this.failure = failure;
  }
}
