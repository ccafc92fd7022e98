import { Worded, wordEndpoint } from '@headroom/common';
import { PrometheusEndpointConfig } from '../clusters';
import {
  createEndpointClient,
  EndpointClient,
  EndpointClientOptions,
} from '../http/createEndpointClient';
import { EndpointError } from '../http/errors';
import { parseAnswer, PrometheusAnswer } from './answers';
import { applyMatchers, formatSelector, Selector } from './selectors';

/** Prometheus gives at most this many points of each series in one range query. @public */
export const MAX_POINTS_PER_SERIES = 11_000;

/**
 * A Prometheus-compatible API (Prometheus, Thanos, Mimir) of one cluster.
 * Throws {@link EndpointError} when there is no usable answer.
 *
 * @public
 */
export class PrometheusClient {
  readonly #client: EndpointClient;
  readonly #name: string | Worded;
  readonly #matchers: Record<string, string>;

  static create(
    endpoint: PrometheusEndpointConfig,
    options: EndpointClientOptions = {},
  ): PrometheusClient {
    const name = options.name ?? 'Prometheus';
    return new PrometheusClient(
      createEndpointClient(endpoint, { ...options, name, kind: 'prometheus' }),
      name,
      endpoint.matchers,
    );
  }

  private constructor(
    client: EndpointClient,
    name: string | Worded,
    matchers: Record<string, string>,
  ) {
    this.#client = client;
    this.#name = name;
    this.#matchers = matchers;
  }

  /** PromQL text of a selector with the cluster's own matchers added. */
  select(selector: Selector): string {
    return formatSelector(applyMatchers(selector, this.#matchers));
  }

  /**
   * The value of an expression at one time; a range vector gives its raw samples.
   *
   * @param options - `time`: the server's own now when absent; `maxBytes`: the
   * largest answer, {@link MAX_RESPONSE_BYTES} when absent
   */
  async query(
    query: string,
    options: { time?: Date; signal: AbortSignal; maxBytes?: number },
  ): Promise<PrometheusAnswer> {
    const { time, ...rest } = options;
    return this.#ask(
      '/api/v1/query',
      { query, ...(time && { time: seconds(time) }) },
      rest,
    );
  }

  /** The value of an expression at `start`, `start + step` … `end` (inclusive). */
  async queryRange(
    query: string,
    options: {
      start: Date;
      end: Date;
      stepSeconds: number;
      signal: AbortSignal;
    },
  ): Promise<PrometheusAnswer> {
    const { start, end, stepSeconds, signal } = options;
    const spanSeconds = (end.getTime() - start.getTime()) / 1000;
    if (spanSeconds < 0 || stepSeconds <= 0) {
      throw new Error('A range query needs a start, a later end and a step');
    }
    if (Math.floor(spanSeconds / stepSeconds) + 1 > MAX_POINTS_PER_SERIES) {
      throw new Error(
        `A range query may ask for ${MAX_POINTS_PER_SERIES} points a series at most`,
      );
    }
    return this.#ask(
      '/api/v1/query_range',
      {
        query,
        start: seconds(start),
        end: seconds(end),
        step: String(stepSeconds),
      },
      { signal },
    );
  }

  async #ask(
    path: string,
    params: Record<string, string>,
    options: { signal: AbortSignal; maxBytes?: number },
  ): Promise<PrometheusAnswer> {
    const body = await this.#client.getJson(path, params, {
      ...options,
      formWhenLong: true,
    });
    const answer = parseAnswer(body);
    if (!answer) {
      throw new EndpointError(
        'unreadable',
        wordEndpoint('notPrometheus', { name: this.#name, path }),
      );
    }
    return answer;
  }
}

function seconds(time: Date): string {
  return String(time.getTime() / 1000);
}
