import { LoggerService } from '@backstage/backend-plugin-api';
import {
  PrometheusAnswer,
  PrometheusClient,
  PrometheusSeries,
  Selector,
} from '@headroom/plugin-clusters-node';
import { SLOT_SECONDS, wordPrometheus } from '@headroom/plugin-cost-common';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { Problems } from '../reading/Problems';
import { reportNotNumbers } from './notNumbers';

/** @internal */
export interface AskerOptions {
  client: PrometheusClient;
  window: HourWindow;
  problems: Problems;
  logger?: LoggerService;
  signal: AbortSignal;
}

/** Asks questions about one window, and notes what is wrong with answers. */
export class Asker {
  readonly #options: AskerOptions;

  static create(options: AskerOptions): Asker {
    return new Asker(options);
  }

  private constructor(options: AskerOptions) {
    this.#options = options;
  }

  /** Asks the same about some hours of the window. */
  about(window: HourWindow): Asker {
    return new Asker({ ...this.#options, window });
  }

  /** PromQL of a selector, with the matchers of the cluster. */
  readonly select = (selector: Selector): string =>
    this.#options.client.select(selector);

  /** The value at the end of each hour. */
  async hourly(query: string): Promise<PrometheusSeries[]> {
    return this.#range(query, HOUR_SECONDS, HOUR_SECONDS);
  }

  /** The value at the start of the window and at the end of each slot. */
  async bySlotFromStart(query: string): Promise<PrometheusSeries[]> {
    return this.#range(query, 0, SLOT_SECONDS);
  }

  /** The value at the end of each slot of five minutes. */
  async bySlot(query: string): Promise<PrometheusSeries[]> {
    return this.#range(query, SLOT_SECONDS, SLOT_SECONDS);
  }

  /** The value every so many seconds, from so many before the window to its end. */
  async every(
    stepSeconds: number,
    query: string,
    secondsBefore: number,
  ): Promise<PrometheusSeries[]> {
    return this.#range(query, -secondsBefore, stepSeconds);
  }

  /** The value at the end of the window. */
  async once(query: string): Promise<PrometheusSeries[]> {
    const { client, window, signal } = this.#options;
    const time = window.at(window.length);
    return this.#check(await client.query(query, { time, signal }));
  }

  async #range(
    query: string,
    firstSeconds: number,
    stepSeconds: number,
  ): Promise<PrometheusSeries[]> {
    const { client, window, signal } = this.#options;
    const answer = await client.queryRange(query, {
      start: new Date(window.at(0).getTime() + firstSeconds * 1000),
      end: window.at(window.length),
      stepSeconds,
      signal,
    });
    return this.#check(answer);
  }

  #check({ series, warnings }: PrometheusAnswer): PrometheusSeries[] {
    const { logger, problems, window } = this.#options;
    if (warnings.length > 0) {
      logger?.warn(`Prometheus warns: ${warnings.join('; ')}`);
      problems.say(
        { code: 'partial-answer', severity: 'warning' },
        'Prometheus',
        () => wordPrometheus('partialAnswer'),
      );
    }
    reportNotNumbers(problems, window, series);
    return series;
  }
}
