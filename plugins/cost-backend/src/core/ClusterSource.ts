import { ClusterConfig } from '@headroom/plugin-clusters-node';
import { SourceProblem, Worded } from '@headroom/common';
import { PriceBookPart, wordPrices } from '@headroom/plugin-cost-common';
import { PriceSource, SourceQuery } from '@headroom/plugin-cost-node';
import { CostConfig } from './config/CostConfig';
import { CostSources } from './CostSources';
import { DatabaseFailure } from '../features/ingest/DatabaseFailure';
import { WindowAnswer } from '../features/ingest/HourAnswer';
import { KubernetesLabels } from '../features/ingest/KubernetesLabels';
import { readAllocations } from '../features/ingest/readAllocations';
import { readUsage, WindowPrices } from '../features/ingest/readUsage';

/** The one source a cluster is read from. */
export class ClusterSource {
  readonly id: string;
  readonly #read: (query: SourceQuery) => Promise<WindowAnswer>;
  readonly #earliest: (signal: AbortSignal) => Promise<Date | undefined>;

  /**
   * The first source that supports the cluster; undefined when none does.
   *
   * @param labels - completes what a source observes; absent = nothing does
   */
  static find(
    cluster: ClusterConfig,
    sources: CostSources,
    config: CostConfig,
    labels?: KubernetesLabels,
  ): ClusterSource | undefined {
    const allocations = sources.allocation.find(each => each.supports(cluster));
    if (allocations) {
      return new ClusterSource(
        allocations.id,
        query => readAllocations(allocations, query, config.currency),
        async signal => allocations.earliest?.(cluster, signal),
      );
    }
    const usage = sources.usage.find(each => each.supports(cluster));
    if (!usage) {
      return undefined;
    }
    const prices = sources.price.find(each => each.supports(cluster));
    const observe = async (query: SourceQuery) => {
      const observations = await usage.observe(query);
      return labels
        ? labels.complete(observations).catch(error => {
            throw new DatabaseFailure(error);
          })
        : observations;
    };
    return new ClusterSource(
      usage.id,
      async query =>
        readUsage(
          { observe },
          query,
          await windowPrices(config, query, prices),
        ),
      async signal => usage.earliest?.(cluster, signal),
    );
  }

  private constructor(
    id: string,
    read: (query: SourceQuery) => Promise<WindowAnswer>,
    earliest: (signal: AbortSignal) => Promise<Date | undefined>,
  ) {
    this.id = id;
    this.#read = read;
    this.#earliest = earliest;
  }

  /** @throws DatabaseFailure when the database can't, anything else when the source can't answer. */
  async read(query: SourceQuery): Promise<WindowAnswer> {
    return this.#read(query);
  }

  /** First hour the source has; undefined when it can't say. */
  async earliest(signal: AbortSignal): Promise<Date | undefined> {
    return this.#earliest(signal);
  }
}

async function windowPrices(
  config: CostConfig,
  query: SourceQuery,
  source: PriceSource | undefined,
): Promise<WindowPrices> {
  const { prices: priceConfig, timezone } = config;
  const prices = { config: priceConfig, timezone, problems: [], queries: 0 };
  if (!source) {
    return prices;
  }
  const problem = (said: Worded): SourceProblem[] => [
    { code: 'price-source', severity: 'warning', subject: source.id, ...said },
  ];
  let book: PriceBookPart & { currency: string; queries?: number };
  try {
    book = await source.prices(query);
  } catch (error) {
    if (query.signal.aborted) {
      throw error;
    }
    return {
      ...prices,
      queries: 1,
      problems: problem(wordPrices('sourceSilent', { source: source.id })),
    };
  }
  const { queries = 1 } = book;
  return book.currency === config.currency
    ? { ...prices, queries, source: book }
    : {
        ...prices,
        queries,
        problems: problem(
          wordPrices('sourceCurrency', {
            source: source.id,
            answered: book.currency,
            wanted: config.currency,
          }),
        ),
      };
}
