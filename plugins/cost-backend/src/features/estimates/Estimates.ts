import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { calendarDayOf, convertMicros } from '@headroom/common';
import { isSaid } from '@headroom/node';
import {
  CostEstimate,
  estimateMonthly,
  EstimatePrices,
  EstimateRequest,
  MonthlyEstimate,
  withIdle,
} from '@headroom/plugin-cost-common';
import { CostScopes } from '../../core/CostScopes';
import { Currencies } from '../../core/Currencies';
import { ScopedStores } from '../../database/ScopedStores';
import { BudgetLeft } from '../budgets/BudgetLeft';
import { ClusterPrices, ClusterPricesOptions, DAYS } from './ClusterPrices';
import { convertPrices } from './convertPrices';
import { describeSimilar, similarTo } from './similarServices';
import { toChoice, toCostEstimate } from './toCostEstimate';

/** @internal */
export interface EstimatesOptions extends ClusterPricesOptions {
  scopes: CostScopes;
  currencies: Currencies;
  /** Names of the clusters whose costs come from a simulation. */
  simulated: ReadonlySet<string>;
  prices: ClusterPrices;
  budgetLeft: BudgetLeft;
}

/** What pods that are to be created will cost, for a caller. */
export class Estimates {
  readonly #options: EstimatesOptions;
  readonly #prices: ClusterPrices;

  static create(options: EstimatesOptions) {
    return new Estimates(options);
  }

  private constructor(options: EstimatesOptions) {
    this.#options = options;
    this.#prices = options.prices;
  }

  /**
   * @throws NotAllowedError when the caller may see no costs at all; InputError that
   * names a cluster that isn't configured, or a currency without a rate.
   */
  async estimate(
    request: EstimateRequest,
    credentials: BackstageCredentials,
  ): Promise<CostEstimate> {
    const estimate = await this.#estimate(request, credentials);
    const { owner } = request;
    return {
      ...estimate,
      ...(owner !== undefined && {
        // Not in a snapshot: other costs are read, of the days of the budget.
        ownerBudget: await this.#options.budgetLeft.ofGroup(
          owner,
          estimate,
          credentials,
        ),
      }),
    };
  }

  async #estimate(
    request: EstimateRequest,
    credentials: BackstageCredentials,
  ): Promise<CostEstimate> {
    const { clusters, currencies, scopes, simulated } = this.#options;
    const { cluster, pods } = request;
    return scopes.readPrices(credentials, async at => {
      if (!clusters.some(({ name }) => name === cluster)) {
        throw new InputError(
          `cluster ${isSaid(cluster)}; it must be one of ${clusters
            .map(({ name }) => name)
            .join(', ')}`,
        );
      }
      const conversion = currencies.conversionTo(request.currency);
      const prices = convertPrices(
        await this.#prices.read(at, cluster),
        conversion,
        this.#today(),
      );
      const estimate = estimateMonthly({ pods, prices });
      const similar = await this.#similar(at, request, estimate, prices);
      const { seesEverything } = at.scope;
      const idle = seesEverything && prices.idle;
      const shared = idle ? withIdle(estimate, idle) : undefined;
      return {
        cluster,
        currency: prices.currency,
        simulated: simulated.has(cluster),
        ...toCostEstimate(estimate, { seesEverything }),
        ...(shared && {
          withIdle: { min: shared.min.toString(), max: shared.max.toString() },
        }),
        ...(similar && { similar }),
        choices: request.choices.map(choice =>
          toChoice(
            choice.id,
            estimateMonthly({ pods: choice.pods, prices }),
            estimate,
          ),
        ),
      };
    });
  }

  async #similar(
    at: ScopedStores,
    { pods }: EstimateRequest,
    estimate: MonthlyEstimate,
    { exchangeRate }: EstimatePrices,
  ) {
    const { calendar } = this.#options;
    const end = this.#today();
    const days = calendar.days(calendar.add(end, -DAYS), end).map(day => ({
      day,
      hours: calendar.bounds(day).hours,
    }));
    const services = await at.similarServices.find(
      similarTo(pods, estimate, days),
    );
    return describeSimilar(services, estimate, {
      hasGpu: pods.some(({ gpu }) => gpu),
      days: DAYS,
      convert: micros =>
        exchangeRate === undefined
          ? micros
          : convertMicros(micros, exchangeRate),
    });
  }

  #today(): string {
    const { config, now } = this.#options;
    return calendarDayOf(now(), config.timezone);
  }
}
