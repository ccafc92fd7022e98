import type {
  IncomingMessage,
  OutgoingHttpHeaders,
  ServerResponse,
} from 'node:http';
import { Transform, pipeline } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { AttemptFailed, attempt } from './attempt.ts';
import {
  clientOf,
  endToEnd,
  forwardedHeaders,
  requestIdOf,
} from './headers.ts';
import type { Metrics } from './metrics.ts';
import { RateLimit } from './RateLimit.ts';
import { RetryBudget } from './RetryBudget.ts';
import { sendJson } from './sendJson.ts';
import type { Settings, Upstream } from './settings.ts';

/** Asking twice is asking once (RFC 9110, 9.2.2), and there is nothing to send again. */
const REPEATABLE = new Set(['GET', 'HEAD', 'OPTIONS']);
const WORTH_RETRYING = new Set([502, 503, 504]);

type Lane = { upstream: Upstream; running: number; budget: RetryBudget };

export class Proxy {
  readonly #lanes: Lane[];
  readonly #rates: RateLimit;
  readonly #settings: Settings;
  readonly #metrics: Metrics;

  constructor(settings: Settings, metrics: Metrics) {
    this.#settings = settings;
    this.#metrics = metrics;
    this.#lanes = settings.upstreams.map(upstream => ({
      upstream,
      running: 0,
      budget: new RetryBudget(),
    }));
    this.#rates = new RateLimit({
      rate: settings.clientRate,
      burst: settings.clientBurst,
    });
  }

  /** The prefix that decides, as the label of metrics; undefined when none does. */
  routeOf(path: string): string | undefined {
    return this.#laneOf(path)?.upstream.prefix;
  }

  #laneOf(path: string): Lane | undefined {
    return this.#lanes.find(({ upstream: { prefix } }) =>
      prefix === '/' ? true : path === prefix || path.startsWith(`${prefix}/`),
    );
  }

  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ) {
    const lane = this.#laneOf(path);
    if (!lane) {
      sendJson(response, 404, { error: `No upstream serves ${path}.` });
      return;
    }
    const { prefix } = lane.upstream;
    const refuse = (
      status: number,
      reason: string,
      error: string,
      wait?: number,
    ) => {
      this.#metrics.refused.inc({ route: prefix, reason });
      if (wait !== undefined)
        response.setHeader('retry-after', Math.ceil(wait));
      // What of the body has not been read is read by nobody.
      response.setHeader('connection', 'close');
      sendJson(response, status, { error });
    };
    const wait = this.#rates.take(
      clientOf(request, this.#settings.trustProxy),
      performance.now(),
    );
    if (wait > 0) {
      refuse(429, 'rate', 'You send more requests than one client may.', wait);
      return;
    }
    const length = Number(request.headers['content-length'] ?? 0);
    if (length > this.#settings.maxBodyBytes) {
      refuse(
        413,
        'body',
        `The body is ${length} bytes; it may be ${
          this.#settings.maxBodyBytes
        }.`,
      );
      return;
    }
    if (lane.running >= lane.upstream.maxConcurrent) {
      refuse(
        503,
        'concurrency',
        `The upstream of ${prefix} has as many requests as it may.`,
        1,
      );
      return;
    }
    lane.running += 1;
    try {
      await this.#forward(lane, request, response);
    } finally {
      lane.running -= 1;
    }
  }

  async #forward(
    lane: Lane,
    request: IncomingMessage,
    response: ServerResponse,
  ) {
    const { upstream } = lane;
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const requestId = requestIdOf(request);
    const headers = {
      ...endToEnd(request.headers),
      ...forwardedHeaders(request, this.#settings.trustProxy),
      host: upstream.url.host,
      'x-request-id': requestId,
    };
    response.setHeader('x-request-id', requestId);

    const hasBody =
      request.headers['content-length'] !== undefined ||
      request.headers['transfer-encoding'] !== undefined;
    const repeatable = REPEATABLE.has(request.method ?? '') && !hasBody;
    const attempts = repeatable ? upstream.retries + 1 : 1;
    lane.budget.request();
    let tooLarge = false;
    for (let nth = 1; ; nth += 1) {
      const again = () =>
        nth < attempts && !gone.signal.aborted && lane.budget.retry();
      try {
        const answer = await attempt(upstream, {
          method: request.method ?? 'GET',
          url: request.url ?? '/',
          headers,
          body: hasBody
            ? this.#limited(request, () => {
                tooLarge = true;
                gone.abort();
              })
            : undefined,
          signal: gone.signal,
        });
        this.#count(upstream, 'answered');
        if (WORTH_RETRYING.has(answer.statusCode ?? 0) && again()) {
          answer.resume();
        } else {
          await this.#pass(answer, response);
          return;
        }
      } catch (error) {
        if (!(error instanceof AttemptFailed)) throw error;
        if (tooLarge) {
          this.#metrics.refused.inc({ route: upstream.prefix, reason: 'body' });
          response.setHeader('connection', 'close');
          sendJson(response, 413, {
            error: `The body may have ${this.#settings.maxBodyBytes} bytes.`,
          });
          return;
        }
        this.#count(upstream, error.outcome);
        if (gone.signal.aborted) return;
        if (!again()) {
          sendJson(response, error.outcome === 'timeout' ? 504 : 502, {
            error: error.message,
          });
          return;
        }
      }
      // Not all at the same moment, and later each time.
      await sleep(25 * 2 ** (nth - 1) * (0.5 + Math.random()));
    }
  }

  /** The body as it comes, cut when it is larger than it may be. */
  #limited(request: IncomingMessage, onTooLarge: () => void): Transform {
    const most = this.#settings.maxBodyBytes;
    let bytes = 0;
    const limited = new Transform({
      transform(chunk: Buffer, _, done) {
        bytes += chunk.length;
        if (bytes > most) done(new Error('too large'));
        else done(null, chunk);
      },
    });
    // No pipeline: it would close the connection on which the refusal is to be told.
    limited.once('error', () => {
      request.unpipe(limited);
      request.resume();
      onTooLarge();
    });
    return request.pipe(limited);
  }

  #pass(answer: IncomingMessage, response: ServerResponse): Promise<void> {
    const headers: OutgoingHttpHeaders = endToEnd(answer.headers);
    response.writeHead(answer.statusCode ?? 502, headers);
    // When either side stops, the other one is cut off: half an answer must not look whole.
    return new Promise(resolve => {
      pipeline(answer, response, () => resolve());
    });
  }

  #count(upstream: Upstream, outcome: string) {
    this.#metrics.attempts.inc({ route: upstream.prefix, outcome });
  }
}
