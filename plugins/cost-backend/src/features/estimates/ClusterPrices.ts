import { ClusterConfig } from '@headroom/plugin-clusters-node';
import { EstimatePrices, ObservedPool } from '@headroom/plugin-cost-common';
import { calendarDayOf } from '@headroom/common';
import { CostConfig } from '../../core/config/CostConfig';
import { Calendar } from '../../core/Calendar';
import { PoolDay } from '../../database/CapacityPriceStore';
import { ScopedStores } from '../../database/ScopedStores';

/** Days that are looked at for nodes of a kind. */
export const DAYS = 7;

/** Prices of a day change when an hour is read anew; nobody waits longer for that. */
const KEPT_MS = 10 * 60_000;

/** What capacity of a cluster costs, in the stored currency. */
export type CapacityPrices = Omit<EstimatePrices, 'exchangeRate'>;

/** @internal */
export interface ClusterPricesOptions {
  clusters: readonly ClusterConfig[];
  config: CostConfig;
  calendar: Calendar;
  now: () => Date;
}

/**
 * What capacity costs by cluster, remembered for minutes. It is the same for all
 * who may know it: ask after the caller was asked.
 */
export class ClusterPrices {
  readonly #options: ClusterPricesOptions;
  /** At most one a cluster that is configured. */
  readonly #kept = new Map<string, { until: number; prices: CapacityPrices }>();

  static create(options: ClusterPricesOptions) {
    return new ClusterPrices(options);
  }

  private constructor(options: ClusterPricesOptions) {
    this.#options = options;
  }

  /** Of a cluster that is configured. */
  async read(at: ScopedStores, cluster: string): Promise<CapacityPrices> {
    const now = this.#options.now();
    const kept = this.#kept.get(cluster);
    if (kept && now.getTime() < kept.until) {
      return kept.prices;
    }
    const prices = await this.#readNew(at, cluster, now);
    // What failed is not remembered.
    this.#kept.set(cluster, { until: now.getTime() + KEPT_MS, prices });
    return prices;
  }

  async #readNew(
    { capacityPrices }: ScopedStores,
    cluster: string,
    now: Date,
  ): Promise<CapacityPrices> {
    const { calendar, config } = this.#options;
    const today = calendarDayOf(now, config.timezone);
    const start = calendar.bounds(calendar.add(today, -DAYS)).start;
    const days = await capacityPrices.pools(cluster, {
      start: start.toISOString(),
      end: now.toISOString(),
      zone: calendar.zone,
    });
    const isComplete = ({ day, hoursComplete }: PoolDay) =>
      day < today && hoursComplete >= calendar.bounds(day).hours;
    const gpus = await capacityPrices.gpus(cluster, start.toISOString());
    const newest = latestDay(days, isComplete);
    const day = newest && (await capacityPrices.day(cluster, newest));
    return {
      cluster,
      currency: config.currency,
      days: DAYS,
      ...(days.length > 0 && days[0].region && { region: days[0].region }),
      pools: newestOfEach(days, isComplete).map(
        ({ region, hoursComplete, ...pool }): ObservedPool => ({
          ...pool,
          gpus: gpus.get(pool.nodePool) ?? [],
        }),
      ),
      ...(newest && day && { storage: { ...day.storage, day: newest } }),
      ...(day && { idle: day.idle }),
      books: {
        config: config.prices.config,
        builtIn: config.prices.builtInOn(today),
      },
    };
  }
}

/** The newest complete day, else the newest. */
function latestDay(
  days: readonly PoolDay[],
  isComplete: (of: PoolDay) => boolean,
): string | undefined {
  const complete = days.filter(isComplete);
  const among = complete.length > 0 ? complete : days;
  return among
    .map(({ day }) => day)
    .sort()
    .at(-1);
}

/** Of each kind of node its newest complete day, else its newest. */
function newestOfEach(
  days: readonly PoolDay[],
  isComplete: (of: PoolDay) => boolean,
): PoolDay[] {
  const newest = new Map<string, PoolDay>();
  for (const pool of days) {
    const key = JSON.stringify([
      pool.nodePool,
      pool.instanceType,
      pool.capacityType,
    ]);
    const before = newest.get(key);
    // Days come oldest first.
    if (!before || isComplete(pool) || !isComplete(before)) {
      newest.set(key, pool);
    }
  }
  return [...newest.values()];
}
