import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import { LedgerEntry, StoredPlan } from '@headroom/common';
import {
  ManifestCheck,
  ManifestCheckRequest,
  ManifestReport,
} from '../manifests';
import { Policy } from '../policies';
import {
  AdviceApplication,
  EntityScaling,
  InForceRow,
  KillSwitchState,
  OverrideView,
  PolicyPreview,
  PolicyView,
  SavingsReport,
  ScalingOverview,
  ScalingPage,
  ScalingSettings,
} from '../reports';
import {
  ApplyAdviceRequest,
  OverrideRequest,
  PlanDecisionRequest,
  PlanFilter,
  ScalingApi,
  ScalingFilter,
  ScalingRequestOptions,
} from './ScalingApi';

/**
 * How the back end is found and reached: Backstage's own APIs of a front end, or the
 * discovery service of a back end.
 *
 * @public
 */
export interface ScalingClientOptions {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  /** Else the platform's own fetch. */
  fetchApi?: { fetch: typeof fetch };
}

/** What is sent. */
interface Outgoing {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  query?: URLSearchParams;
  body?: unknown;
}

/**
 * {@link ScalingApi} over HTTP, for front ends and for other back ends.
 *
 * @public
 */
export class ScalingClient implements ScalingApi {
  readonly #discoveryApi: ScalingClientOptions['discoveryApi'];
  readonly #fetchApi: { fetch: typeof fetch };

  static create(options: ScalingClientOptions): ScalingClient {
    // The platform's own as it is when it asks: some wrap it after start.
    const platform: typeof fetch = (...args) => fetch(...args);
    const { discoveryApi, fetchApi = { fetch: platform } } = options;
    return new ScalingClient({ discoveryApi, fetchApi });
  }

  private constructor(options: Required<ScalingClientOptions>) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  getSettings(options?: ScalingRequestOptions): Promise<ScalingSettings> {
    return this.#json(['settings'], {}, options);
  }

  getOverview(options?: ScalingRequestOptions): Promise<ScalingOverview> {
    return this.#json(['overview'], {}, options);
  }

  getInForce(
    filter: ScalingFilter,
    options?: ScalingRequestOptions,
  ): Promise<ScalingPage<InForceRow>> {
    return this.#json(['workloads'], { query: queryOf(filter) }, options);
  }

  getEntity(
    entityRef: string,
    options?: ScalingRequestOptions,
  ): Promise<EntityScaling> {
    return this.#json(entityPath(entityRef), {}, options);
  }

  getPolicies(
    filter: ScalingFilter,
    options?: ScalingRequestOptions,
  ): Promise<ScalingPage<PolicyView>> {
    return this.#json(['policies'], { query: queryOf(filter) }, options);
  }

  previewPolicy(
    policy: Policy,
    options?: ScalingRequestOptions,
  ): Promise<PolicyPreview> {
    return this.#json(
      ['policies', 'preview'],
      { method: 'POST', body: policy },
      options,
    );
  }

  createPolicy(
    policy: Policy,
    options?: ScalingRequestOptions,
  ): Promise<PolicyView> {
    return this.#json(['policies'], { method: 'POST', body: policy }, options);
  }

  updatePolicy(
    policy: Policy,
    options?: ScalingRequestOptions,
  ): Promise<PolicyView> {
    return this.#json(
      ['policies', policy.id],
      { method: 'PUT', body: policy },
      options,
    );
  }

  async deletePolicy(
    id: string,
    options?: ScalingRequestOptions,
  ): Promise<void> {
    await this.#send(['policies', id], { method: 'DELETE' }, options);
  }

  pausePolicy(
    id: string,
    until: string | null,
    options?: ScalingRequestOptions,
  ): Promise<PolicyView> {
    return this.#json(
      ['policies', id, 'pause'],
      { method: 'PUT', body: { until } },
      options,
    );
  }

  getPlans(
    { state, mine, ...filter }: PlanFilter,
    options?: ScalingRequestOptions,
  ): Promise<ScalingPage<StoredPlan>> {
    const query = queryOf(filter);
    if (state) {
      query.set('state', state);
    }
    if (mine) {
      query.set('mine', 'true');
    }
    return this.#json(['plans'], { query }, options);
  }

  getPlan(id: string, options?: ScalingRequestOptions): Promise<StoredPlan> {
    return this.#json(['plans', id], {}, options);
  }

  decide(
    id: string,
    decision: PlanDecisionRequest,
    options?: ScalingRequestOptions,
  ): Promise<StoredPlan> {
    return this.#json(
      ['plans', id, 'decision'],
      { method: 'PUT', body: decision },
      options,
    );
  }

  async resolveAction(
    actionId: string,
    happened: { done: boolean; reason: string },
    options?: ScalingRequestOptions,
  ): Promise<void> {
    await this.#send(
      ['actions', actionId, 'resolution'],
      { method: 'PUT', body: happened },
      options,
    );
  }

  async undoAction(
    actionId: string,
    request: { reason: string },
    options?: ScalingRequestOptions,
  ): Promise<void> {
    await this.#send(
      ['actions', actionId, 'undo'],
      { method: 'POST', body: request },
      options,
    );
  }

  override(
    request: OverrideRequest,
    options?: ScalingRequestOptions,
  ): Promise<readonly OverrideView[]> {
    return this.#json(
      ['overrides'],
      { method: 'POST', body: request },
      options,
    );
  }

  async endOverride(
    id: string,
    options?: ScalingRequestOptions,
  ): Promise<void> {
    await this.#send(['overrides', id], { method: 'DELETE' }, options);
  }

  async goOn(
    workloadId: string,
    request: { reason: string },
    options?: ScalingRequestOptions,
  ): Promise<void> {
    await this.#send(
      ['workloads', workloadId, 'go-on'],
      { method: 'POST', body: request },
      options,
    );
  }

  setKillSwitch(
    state: { on: boolean; reason: string },
    options?: ScalingRequestOptions,
  ): Promise<KillSwitchState> {
    return this.#json(['kill-switch'], { method: 'PUT', body: state }, options);
  }

  getLedger(
    filter: ScalingFilter,
    options?: ScalingRequestOptions,
  ): Promise<ScalingPage<LedgerEntry>> {
    return this.#json(['ledger'], { query: queryOf(filter) }, options);
  }

  getSavings(
    filter: ScalingFilter,
    options?: ScalingRequestOptions,
  ): Promise<SavingsReport> {
    return this.#json(['savings'], { query: queryOf(filter) }, options);
  }

  getAdviceApplication(
    adviceId: string,
    options?: ScalingRequestOptions,
  ): Promise<AdviceApplication> {
    return this.#json(['advice', adviceId], {}, options);
  }

  applyAdvice(
    { adviceId, ...request }: ApplyAdviceRequest,
    options?: ScalingRequestOptions,
  ): Promise<StoredPlan> {
    return this.#json(
      ['advice', adviceId, 'plan'],
      { method: 'POST', body: request },
      options,
    );
  }

  getManifests(
    entityRef: string,
    options?: ScalingRequestOptions,
  ): Promise<ManifestReport> {
    return this.#json([...entityPath(entityRef), 'manifests'], {}, options);
  }

  checkManifests(
    request: ManifestCheckRequest,
    options?: ScalingRequestOptions,
  ): Promise<ManifestCheck> {
    return this.#json(
      ['manifests', 'checks'],
      { method: 'POST', body: request },
      options,
    );
  }

  async #json<T>(
    path: readonly string[],
    outgoing: Outgoing,
    options?: ScalingRequestOptions,
  ): Promise<T> {
    const response = await this.#send(path, outgoing, options);
    return response.json();
  }

  async #send(
    path: readonly string[],
    { method = 'GET', query, body }: Outgoing,
    { signal, token }: ScalingRequestOptions = {},
  ): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('scaling');
    const asked = query?.toString() ? `?${query}` : '';
    const response = await this.#fetchApi.fetch(
      `${baseUrl}/v1/${path.map(encodeURIComponent).join('/')}${asked}`,
      {
        method,
        signal,
        headers: {
          ...(token && { Authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

function entityPath(entityRef: string): string[] {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return [
    'entities',
    ...[kind, namespace, name].map(part => part.toLocaleLowerCase('en-US')),
  ];
}

function queryOf({ limit, ...filter }: ScalingFilter): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value) {
      query.set(name, value);
    }
  }
  if (limit !== undefined) {
    query.set('limit', String(limit));
  }
  return query;
}
