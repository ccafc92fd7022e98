import { CostExplorerClient, Expression } from '@aws-sdk/client-cost-explorer';
import { NotFoundError } from '@backstage/errors';
import { BillCharge } from '@headroom/plugin-cost-common';
import {
  BillDelivery,
  BillReading,
  BillSource,
  BillTurn,
} from '@headroom/plugin-cost-node';
import { chargesOf } from './chargesOf';
import { ExplorerMemory, Remembered } from './ExplorerMemory';
import { Days, ExplorerQueries } from './ExplorerQueries';
import { daysOf, isDue, monthsOf } from './months';
import { CostExplorerConfig } from './readCostExplorer';
import { dollars, REQUEST_CENTS, RequestMeter, times } from './RequestMeter';

/** @internal */
export interface CostExplorerSourceOptions {
  id: string;
  config: CostExplorerConfig;
  /** Makes a client; each reading has its own. */
  client: () => Promise<CostExplorerClient>;
  now?: () => Date;
}

/**
 * The bill as Cost Explorer tells it: a delivery a month, costs a day by account,
 * service and type of charge, or by tag. It knows no resources, so nodes are not
 * matched; where an export of FOCUS has the same account and month, that counts.
 *
 * Requests cost money. A month is asked for when it is due, never because somebody
 * looks: what is stored of it is the cache.
 */
export class CostExplorerSource implements BillSource {
  readonly id: string;
  readonly costly = true;
  readonly givesWayFor: readonly string[];
  readonly #options: CostExplorerSourceOptions;
  readonly #now: () => Date;
  /** First days of the months that others have. */
  #covered: ReadonlySet<string> = new Set();

  static create(options: CostExplorerSourceOptions) {
    return new CostExplorerSource(options);
  }

  private constructor(options: CostExplorerSourceOptions) {
    this.id = options.id;
    this.givesWayFor = [options.config.billingAccount];
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  async deliveries(
    _signal: AbortSignal,
    { notes, covered, unread }: BillTurn,
  ): Promise<BillDelivery[]> {
    this.#covered = covered;
    const memory = await this.#load(notes);
    const { months } = memory.state;
    const { billingAccount, accounts, tag, refreshHours } =
      this.#options.config;
    const of = JSON.stringify({ billingAccount, accounts, tag });
    const now = this.#now();
    for (const month of unread) {
      // All of it may have come, and is not stored.
      delete months[month]?.isRead;
    }
    const isCovered = (month: string) => covered.has(`${month}-01`);
    for (const month of monthsOf(now).filter(each => !isCovered(each))) {
      if (isDue(month, months[month], { now, refreshHours, of })) {
        const at = now.toISOString();
        months[month] = { version: `${month} as of ${at}`, at, of };
      }
    }
    await memory.save();
    // What is too old to be asked for stays as it was read.
    return Object.entries(months)
      .filter(([month]) => !isCovered(month))
      .map(([month, { version }]) => ({ name: month, version }))
      .sort((a, b) => (a.name < b.name ? 1 : -1));
  }

  async *charges(
    { name: month, version }: BillDelivery,
    { tags, signal, notes }: BillReading,
  ): AsyncGenerator<BillCharge[]> {
    const { config, client } = this.#options;
    const memory = await this.#load(notes);
    const asked = memory.state.months[month];
    if (asked?.version !== version) {
      throw new NotFoundError(
        `Cost Explorer is to be asked for ${month} anew; the next turn does`,
      );
    }
    // With the first request, so that a pause begins with it.
    asked.at = this.#now().toISOString();
    const own = await client();
    try {
      const queries = ExplorerQueries.create({
        client: own,
        meter: RequestMeter.create({
          memory,
          limitCents: config.monthlyLimitCents,
          now: this.#now,
        }),
      });
      const days = daysOf(month, this.#now());
      const accounts =
        config.accounts ??
        (await queries.dimensionValues(
          'LINKED_ACCOUNT',
          days,
          undefined,
          signal,
        ));
      let estimated = false;
      for (const account of accounts) {
        for await (const { filter, recordType } of this.#slices(
          queries,
          account,
          days,
          signal,
        )) {
          for await (const results of queries.costs(
            days,
            filter,
            [
              { Type: 'DIMENSION', Key: 'SERVICE' },
              config.tag === undefined
                ? { Type: 'DIMENSION', Key: 'RECORD_TYPE' }
                : { Type: 'TAG', Key: config.tag },
            ],
            signal,
          )) {
            estimated ||= results.some(({ Estimated }) => Estimated === true);
            yield chargesOf(results, {
              period: days.start,
              billingAccount: config.billingAccount,
              account,
              recordType,
              tag: config.tag,
              keepsTag: config.tag !== undefined && tags.includes(config.tag),
            });
          }
        }
      }
      asked.estimated = estimated;
      asked.isRead = true;
      await memory.save();
    } finally {
      own.destroy();
    }
  }

  /** An answer has two groups; what a tag leaves no room for is asked for apart. */
  async *#slices(
    queries: ExplorerQueries,
    account: string,
    days: Days,
    signal: AbortSignal,
  ): AsyncGenerator<{ filter: Expression; recordType?: string }> {
    const ofAccount: Expression = {
      Dimensions: { Key: 'LINKED_ACCOUNT', Values: [account] },
    };
    if (this.#options.config.tag === undefined) {
      yield { filter: ofAccount };
      return;
    }
    for (const recordType of await queries.dimensionValues(
      'RECORD_TYPE',
      days,
      ofAccount,
      signal,
    )) {
      yield {
        recordType,
        filter: {
          And: [
            ofAccount,
            { Dimensions: { Key: 'RECORD_TYPE', Values: [recordType] } },
          ],
        },
      };
    }
  }

  #load(notes: BillTurn['notes']): Promise<ExplorerMemory> {
    return ExplorerMemory.load({
      notes,
      remarks: remembered => this.#remarks(remembered),
    });
  }

  #remarks({ months, requests }: Remembered): string[] {
    const { config } = this.#options;
    const month = this.#now().toISOString().slice(0, 7);
    const count = requests.month === month ? requests.count : 0;
    const covered = [...this.#covered].map(day => day.slice(0, 7)).sort();
    const estimated = Object.keys(months)
      .filter(each => months[each].estimated && !covered.includes(each))
      .sort();
    return [
      `${this.id} has asked Cost Explorer ${times(
        count,
      )} in ${month}, which costs ${dollars(
        count * REQUEST_CENTS,
      )} of the ${dollars(
        config.monthlyLimitCents,
      )} that it may spend a month.`,
      ...(estimated.length > 0
        ? [
            `${this.id} is not final for ${estimated.join(
              ', ',
            )}: AWS says that amounts are estimated.`,
          ]
        : []),
      ...(covered.length > 0
        ? [
            `${this.id} leaves out ${covered.join(
              ', ',
            )}: another bill has the charges of account ${
              config.billingAccount
            }, and nothing is counted twice.`,
          ]
        : []),
    ];
  }
}
