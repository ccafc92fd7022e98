import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ClusterConfig } from '@headroom/plugin-clusters-node';
import {
  FleetCostReport,
  FleetDimension,
  ServiceCostReport,
  TeamCostReport,
} from '@headroom/plugin-cost-common';
import { CostConfig } from '../../core/config/CostConfig';
import { MoneyAnswer, MoneyQuery } from '../../database/MoneyStore';
import { ClusterCoverage, ReportStore } from '../../database/ReportStore';
import { UnitDay } from '../../database/CatalogStore';
import { answered, Question, reading, together } from '../../database/Question';
import { ScopedStores } from '../../database/ScopedStores';
import { closedUntil } from '../../core/hours';
import { CostScopes } from '../../core/CostScopes';
import { Calendar } from '../../core/Calendar';
import { Coverage } from '../../core/report/coverage';
import { Currencies } from '../../core/Currencies';
import { buildFleetReport } from './fleetReport';
import {
  comparableDays,
  daysNotCompared,
  ReportFacts,
} from '../../core/report/headline';
import { ReportContext } from './ReportContext';
import { ReportRequest } from '../../core/report/ReportRequest';
import { buildServiceReport } from './serviceReport';
import { buildTeamReport } from './teamReport';

/** @internal */
export interface CostReportsOptions {
  scopes: CostScopes;
  clusters: ClusterConfig[];
  /** Names of the clusters whose costs come from a simulation. */
  simulated: ReadonlySet<string>;
  config: CostConfig;
  calendar: Calendar;
  currencies: Currencies;
}

const NO_MONEY: MoneyAnswer = { days: new Map(), groups: [] };

/** Reports for a caller: reads what the caller may see, at one moment, and assembles it. */
export class CostReports {
  readonly #options: CostReportsOptions;
  readonly #context: ReportContext;
  readonly #configured: ReadonlySet<string>;

  static create(options: CostReportsOptions) {
    return new CostReports(options);
  }

  private constructor(options: CostReportsOptions) {
    this.#options = options;
    this.#configured = new Set(options.clusters.map(({ name }) => name));
    this.#context = {
      config: options.config,
      currencies: options.currencies,
      simulated: options.simulated,
      clusterCount: options.clusters.length,
    };
  }

  /** @throws as {@link CostScopes.read} */
  async service(
    entityRef: string,
    request: ReportRequest,
    credentials: BackstageCredentials,
  ): Promise<ServiceCostReport> {
    const { config, calendar, scopes } = this.#options;
    const { start, end } = request.window;
    const { answer, scope } = await scopes.askOf(
      entityRef,
      credentials,
      ({ catalog, money, reports }) =>
        together([
          money.serviceMoney(toQuery(request, calendar)),
          this.#coverage(reports, request),
          reports.nodePrices(start, end),
          catalog.links(),
          catalog.claims(entityRef),
          config.unitMetrics.length > 0
            ? catalog.units(request.previous.start, end)
            : answered<UnitDay[]>([]),
        ]),
    );
    const [sums, clusters, prices, links, claims, units] = answer;
    return buildServiceReport({
      ...this.#context,
      entityRef,
      linked: links.length > 0,
      seesEverything: scope.seesEverything,
      facts: this.#facts(request, sums, clusters),
      money: sums,
      clusters,
      prices,
      links,
      claims,
      units,
    });
  }

  /** What the caller may see of everything. @throws as {@link CostScopes.read} */
  async fleet(
    request: ReportRequest,
    groupBy: FleetDimension,
    credentials: BackstageCredentials,
  ): Promise<FleetCostReport> {
    const { start, end } = request.window;
    return this.#options.scopes.read('fleet', credentials, async at => {
      const read = await this.#manyServices(at, request, groupBy);
      return buildFleetReport({
        ...this.#context,
        ...read,
        groupBy,
        restricted: !at.scope.seesEverything,
        facts: this.#facts(request, read.money, read.clusters),
        prices: await at.ask(at.reports.nodePrices(start, end)),
      });
    });
  }

  /**
   * A group and all below it, as far as the caller may see their services.
   * @throws as {@link CostScopes.read}
   */
  async team(
    entityRef: string,
    request: ReportRequest,
    credentials: BackstageCredentials,
  ): Promise<TeamCostReport> {
    const { start, end } = request.window;
    const asked = { team: entityRef };
    return this.#options.scopes.read(asked, credentials, async at => {
      const read = await this.#manyServices(at, request, 'service');
      return buildTeamReport({
        ...this.#context,
        ...read,
        entityRef,
        groups: await at.catalog.groupsBelow(entityRef),
        services: await at.catalog.services(),
        seesEverything: at.scope.seesEverything,
        facts: this.#facts(request, read.money, read.clusters),
        prices: await at.ask(at.reports.nodePrices(start, end)),
      });
    });
  }

  /** Coverage comes first: it tells which days rows can be compared on. */
  async #manyServices(
    at: ScopedStores,
    request: ReportRequest,
    groupBy: FleetDimension,
  ): Promise<{ money: MoneyAnswer; clusters: ClusterCoverage[] }> {
    const clusters = await at.ask(this.#coverage(at.reports, request));
    const facts = this.#facts(request, NO_MONEY, clusters);
    const query = {
      ...toQuery(request, this.#options.calendar),
      notCompared: daysNotCompared(facts),
    };
    return { clusters, money: await at.money.fleetMoney(query, groupBy) };
  }

  /** A cluster that is no longer configured has a past, and no problems today. */
  #coverage(
    store: ReportStore,
    { readFrom, readTo }: ReportRequest,
  ): Question<ClusterCoverage[]> {
    return reading(store.coverage(readFrom, readTo), clusters =>
      clusters.map(each =>
        this.#configured.has(each.cluster)
          ? each
          : { ...each, downSince: undefined, problems: [] },
      ),
    );
  }

  #facts(
    request: ReportRequest,
    money: MoneyAnswer,
    clusters: ClusterCoverage[],
  ): ReportFacts {
    const { calendar, config } = this.#options;
    return {
      request,
      calendar,
      days: money.days,
      coverage: Coverage.create({
        clusters,
        configured: this.#configured,
        calendar,
        closedUntil: closedUntil(request.now, config.ingest.settleMs),
        today: request.today,
      }),
    };
  }
}

function toQuery(request: ReportRequest, calendar: Calendar): MoneyQuery {
  return {
    readFrom: request.readFrom,
    readTo: request.readTo,
    current: request.window,
    previous: request.previous,
    compared: comparableDays(request, calendar),
    rates: request.conversion.rates,
    shared: request.idle === 'shared',
  };
}
