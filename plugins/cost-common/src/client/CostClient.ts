import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import { ClusterCheckEvent, addDays } from '@headroom/common';
import {
  AdviceDecision,
  AdviceDecisionRequest,
  AdviceDetail,
  AdviceReport,
} from '../reports/adviceReports';
import { CostEstimate } from '../estimates/costEstimate';
import {
  AnomalyExpectationRequest,
  AnomalyReport,
  AnomalyRow,
} from '../anomalies/anomalyReport';
import { BillPayers, BillPayersQuery } from '../bill/billPayers';
import { BillQuery, BillReport } from '../bill/billReport';
import { EntityBillQuery, EntityBillReport } from '../bill/entityBill';
import {
  BudgetChange,
  BudgetDrivers,
  BudgetList,
  BudgetQuery,
  BudgetReport,
  SavedBudget,
} from '../budgets/budgetReports';
import { CostRulesReport } from '../alerts/rules/ruleReport';
import { CompletionReport } from '../completion/completion';
import { Review, ReviewList, ReviewQuery } from '../review/review';
import { EstimateRequestInput } from '../estimates/estimateRequest';
import { RunningService } from '../estimates/runningService';
import { GpuReport } from '../reports/gpuReports';
import { LinkedWorkloads } from '../reports/links';
import { WorkloadHours, WorkloadHoursQuery } from '../reports/workloadHours';
import {
  CostSettings,
  FleetCostReport,
  FleetDimension,
  ServiceCostReport,
  SourcesReport,
  TeamCostReport,
} from '../reports/reports';
import { CostScope } from './CostScope';
import { AdviceFilter, FleetAdviceQuery } from './adviceQuery';
import { queryParams } from './queryParams';
import { CostApi, CostRequestOptions } from './CostApi';
import { readLines } from './readLines';

function entityPath(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return [kind, namespace, name]
    .map(part => encodeURIComponent(part.toLocaleLowerCase('en-US')))
    .join('/');
}

/** Where the reports of a Group, a Component or, without either, of everything are. */
function reportPath(entityRef: string | undefined): string {
  if (!entityRef) {
    return '/fleet';
  }
  const of = parseEntityRef(entityRef).kind === 'group' ? 'teams' : 'services';
  return `/${of}/${entityPath(entityRef)}`;
}

function anomaliesPath(of?: { service: string } | { team: string }): string {
  if (!of) {
    return '/fleet/anomalies';
  }
  return 'service' in of
    ? `/services/${entityPath(of.service)}/anomalies`
    : `/teams/${entityPath(of.team)}/anomalies`;
}

function expectationPath(id: number): string {
  return `/anomalies/${id}/expectation`;
}

function decisionPath(id: string): string {
  return `/advice/${encodeURIComponent(id)}/decision`;
}

function budgetPath(id: string): string {
  return `/budgets/${encodeURIComponent(id)}`;
}

function scopeQuery(scope: CostScope): URLSearchParams {
  const query = new URLSearchParams({ window: scope.window, idle: scope.idle });
  if (scope.window === 'custom' && scope.from && scope.to) {
    query.set('from', scope.from);
    // People name the last day, the back end wants the day after it.
    query.set('to', addDays(scope.to, 1));
  }
  if (scope.currency) {
    query.set('currency', scope.currency);
  }
  return query;
}

/**
 * How the back end is found and reached: Backstage's own APIs of a front end,
 * or the discovery service of a back end.
 *
 * @public
 */
export interface CostClientOptions {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  /** Else the platform's own fetch. */
  fetchApi?: { fetch: typeof fetch };
}

/**
 * {@link CostApi} over HTTP, for front ends and for other back ends.
 *
 * @public
 */
export class CostClient implements CostApi {
  readonly #discoveryApi: CostClientOptions['discoveryApi'];
  readonly #fetchApi: { fetch: typeof fetch };

  private constructor(options: Required<CostClientOptions>) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  static create(options: CostClientOptions): CostClient {
    // The platform's own as it is when it asks: some wrap it after start.
    const platform: typeof fetch = (...args) => fetch(...args);
    const { discoveryApi, fetchApi = { fetch: platform } } = options;
    return new CostClient({ discoveryApi, fetchApi });
  }

  getSettings(options?: CostRequestOptions): Promise<CostSettings> {
    return this.#getJson('/settings', undefined, options);
  }

  getServiceReport(
    entityRef: string,
    scope: CostScope,
    options?: CostRequestOptions,
  ): Promise<ServiceCostReport> {
    return this.#getJson(
      `/services/${entityPath(entityRef)}`,
      scopeQuery(scope),
      options,
    );
  }

  getRunning(
    entityRef: string,
    { currency }: { currency?: string },
    options?: CostRequestOptions,
  ): Promise<RunningService> {
    return this.#getJson(
      `/services/${entityPath(entityRef)}/running`,
      new URLSearchParams({ ...(currency && { currency }) }),
      options,
    );
  }

  getTeamReport(
    entityRef: string,
    scope: CostScope,
    options?: CostRequestOptions,
  ): Promise<TeamCostReport> {
    return this.#getJson(
      `/teams/${entityPath(entityRef)}`,
      scopeQuery(scope),
      options,
    );
  }

  getFleetReport(
    scope: CostScope,
    groupBy: FleetDimension,
    options?: CostRequestOptions,
  ): Promise<FleetCostReport> {
    const query = scopeQuery(scope);
    query.set('groupBy', groupBy);
    return this.#getJson('/fleet', query, options);
  }

  getSources(options?: CostRequestOptions): Promise<SourcesReport> {
    return this.#getJson('/sources', undefined, options);
  }

  getLinks(
    { cursor }: { cursor?: string },
    options?: CostRequestOptions,
  ): Promise<LinkedWorkloads> {
    const query = new URLSearchParams({ ...(cursor && { cursor }) });
    return this.#getJson('/links', query, options);
  }

  getWorkloadHours(
    query: WorkloadHoursQuery,
    options?: CostRequestOptions,
  ): Promise<WorkloadHours> {
    return this.#sendJson('POST', '/workload-hours', query, options);
  }

  getBill(query: BillQuery, options?: CostRequestOptions): Promise<BillReport> {
    return this.#getJson('/bill', queryParams(query), options);
  }

  getBillPayers(
    query: BillPayersQuery,
    options?: CostRequestOptions,
  ): Promise<BillPayers> {
    return this.#getJson('/bill/payers', queryParams(query), options);
  }

  getEntityBill(
    entityRef: string,
    { basis }: EntityBillQuery = {},
    options?: CostRequestOptions,
  ): Promise<EntityBillReport> {
    return this.#getJson(
      `/services/${entityPath(entityRef)}/bill`,
      new URLSearchParams(basis && { basis }),
      options,
    );
  }

  async getBillCharges(
    month: string,
    options?: CostRequestOptions,
  ): Promise<Blob> {
    const response = await this.#get(
      '/bill/charges.csv',
      new URLSearchParams({ month }),
      options,
    );
    return response.blob();
  }

  async checkCluster(
    cluster: string,
    {
      onEvent,
      ...options
    }: CostRequestOptions & { onEvent: (event: ClusterCheckEvent) => void },
  ): Promise<void> {
    const response = await this.#fetch(
      `/sources/${encodeURIComponent(cluster)}/check`,
      { method: 'POST' },
      options,
    );
    let ended = false;
    await readLines(response, line => {
      const event: ClusterCheckEvent = JSON.parse(line);
      ended ||= event.type === 'finished' || event.type === 'failed';
      onEvent(event);
    });
    if (!ended) {
      throw new Error('The connection ended before the check did');
    }
  }

  async getCharges(
    scope: CostScope,
    entityRef?: string,
    options?: CostRequestOptions,
  ): Promise<Blob> {
    const response = await this.#get(
      `${reportPath(entityRef)}/charges.csv`,
      scopeQuery(scope),
      options,
    );
    return response.blob();
  }

  getGpuReport(
    scope: CostScope,
    entityRef?: string,
    options?: CostRequestOptions,
  ): Promise<GpuReport> {
    const path = entityRef
      ? `/services/${entityPath(entityRef)}/gpu`
      : '/fleet/gpu';
    return this.#getJson(path, scopeQuery(scope), options);
  }

  getServiceAdvice(
    entityRef: string,
    filter: AdviceFilter,
    options?: CostRequestOptions,
  ): Promise<AdviceReport> {
    return this.#getJson(
      `/services/${entityPath(entityRef)}/advice`,
      queryParams(filter),
      options,
    );
  }

  getFleetAdvice(
    query: FleetAdviceQuery,
    options?: CostRequestOptions,
  ): Promise<AdviceReport> {
    return this.#getJson('/fleet/advice', queryParams(query), options);
  }

  async getAdviceCsv(
    query: FleetAdviceQuery,
    entityRef?: string,
    options?: CostRequestOptions,
  ): Promise<Blob> {
    const path = entityRef
      ? `/services/${entityPath(entityRef)}/advice.csv`
      : '/fleet/advice.csv';
    // Of a service there is all or nothing; the back end refuses what it doesn't know.
    const { currency, decided } = query;
    const asked = entityRef ? { currency, decided } : query;
    const response = await this.#get(path, queryParams(asked), options);
    return response.blob();
  }

  getAdviceDetail(
    id: string,
    filter: Pick<AdviceFilter, 'currency'>,
    options?: CostRequestOptions,
  ): Promise<AdviceDetail> {
    return this.#getJson(
      `/advice/${encodeURIComponent(id)}`,
      queryParams(filter),
      options,
    );
  }

  async decideAdvice(
    id: string,
    decision: AdviceDecisionRequest,
    options?: CostRequestOptions,
  ): Promise<AdviceDecision> {
    return this.#sendJson('PUT', decisionPath(id), decision, options);
  }

  getAnomalies(
    of?: { service: string } | { team: string },
    options?: CostRequestOptions,
  ): Promise<AnomalyReport> {
    return this.#getJson(anomaliesPath(of), undefined, options);
  }

  expectAnomaly(
    id: number,
    expectation: AnomalyExpectationRequest,
    options?: CostRequestOptions,
  ): Promise<AnomalyRow> {
    return this.#sendJson('PUT', expectationPath(id), expectation, options);
  }

  async unexpectAnomaly(
    id: number,
    options?: CostRequestOptions,
  ): Promise<void> {
    await this.#fetch(expectationPath(id), { method: 'DELETE' }, options);
  }

  getCompletion(options?: CostRequestOptions): Promise<CompletionReport> {
    return this.#getJson('/completion', undefined, options);
  }

  getRules(options?: CostRequestOptions): Promise<CostRulesReport> {
    return this.#getJson('/rules', undefined, options);
  }

  getReviews(options?: CostRequestOptions): Promise<ReviewList> {
    return this.#getJson('/reviews', undefined, options);
  }

  getReview(
    { week }: ReviewQuery,
    options?: CostRequestOptions,
  ): Promise<Review> {
    const query = new URLSearchParams({ ...(week && { week }) });
    return this.#getJson('/review', query, options);
  }

  estimate(
    request: EstimateRequestInput,
    options?: CostRequestOptions,
  ): Promise<CostEstimate> {
    return this.#sendJson('POST', '/estimates', request, options);
  }

  async undoAdviceDecision(
    id: string,
    options?: CostRequestOptions,
  ): Promise<void> {
    await this.#fetch(
      decisionPath(id),
      {
        method: 'DELETE',
      },
      options,
    );
  }

  getBudgets(
    query: BudgetQuery,
    options?: CostRequestOptions,
  ): Promise<BudgetList> {
    return this.#getJson('/budgets', queryParams(query), options);
  }

  getBudget(id: string, options?: CostRequestOptions): Promise<BudgetReport> {
    return this.#getJson(budgetPath(id), undefined, options);
  }

  getBudgetDrivers(
    id: string,
    options?: CostRequestOptions,
  ): Promise<BudgetDrivers> {
    return this.#getJson(`${budgetPath(id)}/drivers`, undefined, options);
  }

  putBudget(
    id: string,
    change: BudgetChange,
    options?: CostRequestOptions,
  ): Promise<SavedBudget> {
    return this.#sendJson('PUT', budgetPath(id), change, options);
  }

  async deleteBudget(
    id: string,
    version: number,
    options?: CostRequestOptions,
  ): Promise<void> {
    await this.#fetch(
      `${budgetPath(id)}?version=${version}`,
      { method: 'DELETE' },
      options,
    );
  }

  async #sendJson<T>(
    method: 'POST' | 'PUT',
    path: string,
    body: unknown,
    options?: CostRequestOptions,
  ): Promise<T> {
    const response = await this.#fetch(
      path,
      {
        method,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      },
      options,
    );
    return response.json();
  }

  async #getJson<T>(
    path: string,
    query?: URLSearchParams,
    options?: CostRequestOptions,
  ): Promise<T> {
    const response = await this.#get(path, query, options);
    return response.json();
  }

  #get(
    path: string,
    query?: URLSearchParams,
    options?: CostRequestOptions,
  ): Promise<Response> {
    const search = query?.toString();
    return this.#fetch(`${path}${search ? `?${search}` : ''}`, {}, options);
  }

  async #fetch(
    path: string,
    { headers, ...init }: RequestInit & { headers?: Record<string, string> },
    { signal, token }: CostRequestOptions = {},
  ): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('cost');
    const response = await this.#fetchApi.fetch(`${baseUrl}/v1${path}`, {
      ...init,
      headers: {
        ...headers,
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      },
      signal,
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}
