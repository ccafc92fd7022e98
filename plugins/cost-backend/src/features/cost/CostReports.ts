import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { ClusterConfig } from '@headroom/plugin-clusters-node';
import {
  FleetCostReport,
  FleetDimension,
  ServiceCostReport,
  TeamCostReport,
} from '@headroom/plugin-cost-common';
import { CostConfig } from '../../core/config/CostConfig';
import { MoneyAnswer, MoneyQuery, MoneyStore } from '../../database/MoneyStore';
import { ClusterCoverage, ReportStore } from '../../database/ReportStore';
import { Scope } from '../../database/scope';
import { closedUntil } from '../../core/hours';
import {
  CostAccess,
  CostAuthorizer,
} from '../../core/permissions/CostAuthorizer';
import { fleetScope, notAllowed, requireAllowed } from '../../core/CostScopes';
import { simulatedClusters } from '../../core/simulatedClusters';
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
  store: ReportStore;
  money: MoneyStore;
  authorizer: CostAuthorizer;
  clusters: ClusterConfig[];
  config: CostConfig;
  calendar: Calendar;
  currencies: Currencies;
}

const NO_MONEY: MoneyAnswer = { days: new Map(), groups: [] };
const NOTHING = { sql: 'false', bindings: [] };

/** Reports for a caller: asks what the caller may see, reads that, and assembles it. */
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
      simulated: simulatedClusters(options.clusters),
      clusterCount: options.clusters.length,
    };
  }

  /**
   * @throws NotAllowedError when the caller may not see the service, NotFoundError
   * when it is not in the catalog as it was last read.
   */
  async service(
    entityRef: string,
    request: ReportRequest,
    credentials: BackstageCredentials,
  ): Promise<ServiceCostReport> {
    const access = await this.#options.authorizer.accessOf(credentials);
    if (access.kind === 'nothing') {
      throw notAllowed(entityRef);
    }
    const { store, config } = this.#options;
    const scope: Scope = { kind: 'service', entityRef, where: access.where };
    const { start, end } = request.window;
    // All at once; nothing is answered before the entity says it may be.
    const [entity, money, clusters, prices, links, claims, units] =
      await Promise.all([
        store.findEntity(entityRef, access.where),
        this.#options.money.serviceMoney(
          scope,
          toQuery(request, this.#options.calendar),
        ),
        this.#coverage(store, scope, request),
        store.nodePrices(scope, start, end, access.kind === 'everything'),
        store.links(entityRef),
        store.claims(entityRef, access.where),
        config.unitMetrics.length > 0
          ? store.units(entityRef, request.previous.start, end)
          : [],
      ]);
    requireAllowed(entityRef, entity);
    return buildServiceReport({
      ...this.#context,
      entityRef,
      linked: Boolean(entity?.linked),
      seesEverything: access.kind === 'everything',
      facts: this.#facts(request, money, clusters),
      money,
      clusters,
      prices,
      links,
      claims,
      units,
    });
  }

  /** What the caller may see of everything; empty and `restricted` when that is nothing. */
  async fleet(
    request: ReportRequest,
    groupBy: FleetDimension,
    credentials: BackstageCredentials,
  ): Promise<FleetCostReport> {
    const access = await this.#options.authorizer.accessOf(credentials);
    const { store } = this.#options;
    const scope = fleetScope(access);
    const { start, end } = request.window;
    const seesEverything = access.kind === 'everything';
    const { money, clusters, prices } = scope
      ? await store.inSnapshot(async at => ({
          ...(await this.#manyServices(at, scope, request, groupBy)),
          prices: await at.store.nodePrices(scope, start, end, seesEverything),
        }))
      : { money: NO_MONEY, clusters: [], prices: [] };
    return buildFleetReport({
      ...this.#context,
      groupBy,
      restricted: !seesEverything,
      facts: this.#facts(request, money, clusters),
      money,
      clusters,
      prices,
    });
  }

  /**
   * A group and all below it, as far as the caller may see their services.
   * @throws NotFoundError when the catalog has no such group.
   */
  async team(
    entityRef: string,
    request: ReportRequest,
    credentials: BackstageCredentials,
  ): Promise<TeamCostReport> {
    const access = await this.#options.authorizer.accessOf(credentials);
    const { store } = this.#options;
    const groups = await store.groupsBelow(entityRef);
    if (groups.length === 0) {
      throw new NotFoundError(
        `${entityRef} is not in the catalog as Headroom last read it; a group that is new appears within minutes`,
      );
    }
    const where = whereOf(access);
    const scope: Scope = { kind: 'owners', groups, where };
    const { start, end } = request.window;
    const seesEverything = access.kind === 'everything';
    const read = await store.inSnapshot(async at => ({
      services: await at.store.ownedServices(groups, where),
      ...(await this.#manyServices(at, scope, request, 'service')),
      prices: await at.store.nodePrices(scope, start, end, seesEverything),
    }));
    return buildTeamReport({
      ...this.#context,
      entityRef,
      groups,
      ...read,
      seesEverything,
      facts: this.#facts(request, read.money, read.clusters),
    });
  }

  /** Coverage comes first: it tells which days rows can be compared on. */
  async #manyServices(
    at: { store: ReportStore; money: MoneyStore },
    scope: Scope,
    request: ReportRequest,
    groupBy: FleetDimension,
  ): Promise<{ money: MoneyAnswer; clusters: ClusterCoverage[] }> {
    const clusters = await this.#coverage(at.store, scope, request);
    const facts = this.#facts(request, NO_MONEY, clusters);
    const query = {
      ...toQuery(request, this.#options.calendar),
      notCompared: daysNotCompared(facts),
    };
    return {
      clusters,
      money: await at.money.fleetMoney(scope, query, groupBy),
    };
  }

  /** A cluster that is no longer configured has a past, and no problems today. */
  async #coverage(
    store: ReportStore,
    scope: Scope,
    { readFrom, readTo }: ReportRequest,
  ): Promise<ClusterCoverage[]> {
    const clusters = await store.coverage(scope, readFrom, readTo);
    return clusters.map(each =>
      this.#configured.has(each.cluster)
        ? each
        : { ...each, downSince: undefined, problems: [] },
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

function whereOf(access: CostAccess) {
  return access.kind === 'nothing' ? NOTHING : access.where;
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
