import {
  EndpointError,
  PrometheusAnswer,
  PrometheusClient,
  PrometheusSeries,
  Selector,
} from '@headroom/plugin-clusters-node';

/** Answers of a check are some hundred series: what is more is not read. */
const MAX_BYTES = 4 * 2 ** 20;

/** Asks the few questions of a check. */
export class CheckAsker {
  readonly #client: PrometheusClient;
  readonly #signal: AbortSignal;

  static create(client: PrometheusClient, signal: AbortSignal): CheckAsker {
    return new CheckAsker(client, signal);
  }

  private constructor(client: PrometheusClient, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  /** PromQL of a selector, with the matchers of the cluster. */
  readonly select = (selector: Selector): string =>
    this.#client.select(selector);

  /** The value of an expression, now by the server's clock unless `time` is given. */
  async ask(query: string, time?: Date): Promise<PrometheusSeries[]> {
    return (await this.answer(query, time)).series;
  }

  async answer(query: string, time?: Date): Promise<PrometheusAnswer> {
    return this.#client.query(query, {
      time,
      signal: this.#signal,
      maxBytes: MAX_BYTES,
    });
  }

  /**
   * The value, or why there is none: one question that is too much
   * for a server leaves the others.
   *
   * @throws EndpointError when the server is not there at all any more.
   */
  async tryAsk(
    query: string,
    time?: Date,
  ): Promise<PrometheusSeries[] | EndpointError> {
    try {
      return await this.ask(query, time);
    } catch (error) {
      if (!(error instanceof EndpointError) || isGone(error)) {
        throw error;
      }
      return error;
    }
  }
}

function isGone({ failure }: EndpointError): boolean {
  return failure === 'unreachable' || failure === 'refused';
}
