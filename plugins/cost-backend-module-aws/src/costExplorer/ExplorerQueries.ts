import {
  CostExplorerClient,
  Expression,
  GetCostAndUsageCommand,
  GetDimensionValuesCommand,
  GroupDefinition,
  ResultByTime,
} from '@aws-sdk/client-cost-explorer';
import { toError } from '@backstage/errors';
import { BillFileError } from '@headroom/plugin-cost-common';
import { METRICS } from './chargesOf';
import { RequestMeter } from './RequestMeter';

/** Days that are asked for; the end is exclusive. */
export interface Days {
  start: string;
  end: string;
}

/** A page that has another page after it, for ever, is no answer. */
const MOST_PAGES = 1000;

/** Asks Cost Explorer, a page at a time. Each request, tried again ones too, is counted first. */
export class ExplorerQueries {
  readonly #client: CostExplorerClient;
  /** Why a request was not made. */
  #refused: unknown;

  /** The client is of these queries alone. */
  static create(options: { client: CostExplorerClient; meter: RequestMeter }) {
    return new ExplorerQueries(options);
  }

  private constructor({
    client,
    meter,
  }: Parameters<typeof ExplorerQueries.create>[0]) {
    this.#client = client;
    client.middlewareStack.add(
      next => async args => {
        try {
          await meter.spend();
        } catch (error) {
          this.#refused = error;
          throw error;
        }
        return next(args);
      },
      // Within what tries again.
      {
        step: 'finalizeRequest',
        priority: 'low',
        name: 'headroomRequestMeter',
      },
    );
  }

  /** @throws BillFileError that says why it can't be read. */
  async dimensionValues(
    dimension: 'LINKED_ACCOUNT' | 'RECORD_TYPE',
    days: Days,
    filter: Expression | undefined,
    signal: AbortSignal,
  ): Promise<string[]> {
    const values: string[] = [];
    for await (const { DimensionValues = [] } of this.#pages(
      token =>
        this.#client.send(
          new GetDimensionValuesCommand({
            TimePeriod: { Start: days.start, End: days.end },
            Dimension: dimension,
            Context: 'COST_AND_USAGE',
            ...(filter && { Filter: filter }),
            ...(token !== undefined && { NextPageToken: token }),
          }),
          { abortSignal: signal },
        ),
      signal,
    )) {
      values.push(
        ...DimensionValues.flatMap(({ Value }) => (Value ? [Value] : [])),
      );
    }
    return values;
  }

  /** Costs a day, in two groups at most. @throws BillFileError that says why they can't be read. */
  async *costs(
    days: Days,
    filter: Expression,
    groups: GroupDefinition[],
    signal: AbortSignal,
  ): AsyncGenerator<ResultByTime[]> {
    for await (const { ResultsByTime = [] } of this.#pages(
      token =>
        this.#client.send(
          new GetCostAndUsageCommand({
            TimePeriod: { Start: days.start, End: days.end },
            Granularity: 'DAILY',
            Metrics: Object.values(METRICS),
            Filter: filter,
            GroupBy: groups,
            ...(token !== undefined && { NextPageToken: token }),
          }),
          { abortSignal: signal },
        ),
      signal,
    )) {
      yield ResultsByTime;
    }
  }

  async *#pages<T extends { NextPageToken?: string }>(
    ask: (token: string | undefined) => Promise<T>,
    signal: AbortSignal,
  ): AsyncGenerator<T> {
    let answer = await this.#send(() => ask(undefined), signal);
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      yield answer;
      const { NextPageToken: token } = answer;
      if (!token) {
        return;
      }
      answer = await this.#send(() => ask(token), signal);
    }
    throw new BillFileError(
      `Cost Explorer has more than ${MOST_PAGES} pages for one query; use an export of FOCUS for a bill of this size`,
    );
  }

  async #send<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      signal.throwIfAborted();
      if (this.#refused !== undefined) {
        throw this.#refused;
      }
      throw new BillFileError(sentenceOf(toError(error)));
    }
  }
}

const HINTS: Record<string, string> = {
  AccessDeniedException:
    'its credentials need ce:GetCostAndUsage and ce:GetDimensionValues',
  DataUnavailableException:
    'it has no data yet, which takes a day after it was switched on',
  LimitExceededException: 'it is asked too often; it is tried again later',
};

function sentenceOf({ name, message }: Error): string {
  const hint = HINTS[name];
  return `Cost Explorer can't be read: ${name}: ${message}${
    hint ? ` (${hint})` : ''
  }`;
}
