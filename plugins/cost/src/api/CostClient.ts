import { parseEntityRef } from '@backstage/catalog-model';
import { FetchApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  addDays,
  CostSettings,
  FleetCostReport,
  FleetDimension,
  ServiceCostReport,
  SourcesReport,
  TeamCostReport,
} from '@headroom/plugin-cost-common';
import { CostScope } from '../scope';
import { CostApi, CostRequestOptions } from './CostApi';

const BASE_URL = 'plugin://cost/v1';

function entityPath(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return [kind, namespace, name]
    .map(part => encodeURIComponent(part.toLocaleLowerCase('en-US')))
    .join('/');
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
 * {@link CostApi} over HTTP.
 *
 * @public
 */
export class CostClient implements CostApi {
  readonly #fetchApi: FetchApi;

  private constructor(fetchApi: FetchApi) {
    this.#fetchApi = fetchApi;
  }

  static create(options: { fetchApi: FetchApi }): CostClient {
    return new CostClient(options.fetchApi);
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

  async getCharges(
    scope: CostScope,
    entityRef?: string,
    options?: CostRequestOptions,
  ): Promise<Blob> {
    const path = entityRef
      ? `/services/${entityPath(entityRef)}/charges.csv`
      : '/fleet/charges.csv';
    const response = await this.#get(path, scopeQuery(scope), options);
    return response.blob();
  }

  async #getJson<T>(
    path: string,
    query?: URLSearchParams,
    options?: CostRequestOptions,
  ): Promise<T> {
    const response = await this.#get(path, query, options);
    return response.json();
  }

  async #get(
    path: string,
    query?: URLSearchParams,
    options?: CostRequestOptions,
  ): Promise<Response> {
    const response = await this.#fetchApi.fetch(
      `${BASE_URL}${path}${query ? `?${query}` : ''}`,
      { signal: options?.signal },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}
