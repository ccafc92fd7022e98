import { ServiceUnavailableError } from '@backstage/errors';
import { Said, Worded, Wording } from '@headroom/common';

/**
 * Why an endpoint gave no answer:
 * `unreachable` (no connection), `timeout`, `refused` (401, 403), `rejected`
 * (another 4xx: the question was wrong), `overloaded` (429, 503 after
 * retries), `failed` (other statuses, redirects), `too-large` (more than is
 * read of such an answer: ask for less) or `unreadable` (not JSON, not the
 * expected shape).
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
  | 'too-large'
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
  /** What a page words the message from; a source of another author may give the message alone. */
  readonly wording?: Wording;
  /** The line that mends the failure, where there is one: configuration or an environment variable. */
  readonly line?: string;

  constructor(failure: EndpointFailure, said: string | Said, line?: string) {
    super(typeof said === 'string' ? said : said.message);
    this.failure = failure;
    this.wording = typeof said === 'string' ? undefined : said.wording;
    this.line = line;
  }

  /** The message as a part of another sentence, or instead of one: words of its own where it has them. */
  get said(): string | Worded {
    const { message, wording } = this;
    return wording ? { message, wording } : message;
  }
}
