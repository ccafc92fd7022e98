import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ClusterConfig } from '@headroom/plugin-clusters-node';
import {
  AdviceDetail,
  AdviceReport,
  decodeDigest,
  explainAdvice,
  mostCores,
  releasePools,
  renderPatches,
  withPossibleCores,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import {
  AdviceQuery,
  AdviceReportStore,
  AdviceSums,
  StoredAdviceRow,
} from '../../database/AdviceReportStore';
import { AdviceRunRow, AdviceStore } from '../../database/AdviceStore';
import { InventoryStore } from '../../database/InventoryStore';
import { ReportStore } from '../../database/ReportStore';
import { Scope } from '../../database/scope';
import { CostScopes } from '../../core/CostScopes';
import { simulatedClusters } from '../../core/simulatedClusters';
import { AdviceRequest, noSuchAdvice, parseAdviceId } from './AdviceRequest';
import { inCurrency, priceIn, Rate } from './convert';
import { appetiteProblems, inventoryProblems } from './problems';
import { toAdvice, toAdviceRow } from './toRow';
import { distributionOf, historyOf } from './usageShape';

/** @internal */
export interface AdviceReportsOptions {
  knex: Knex;
  /** Says whose advice a caller may see. */
  scopes: CostScopes;
  clusters: ClusterConfig[];
  timezone: string;
  now: () => Date;
}

const NO_SUMS: AdviceSums = {
  listMicros: 0n,
  heldMicros: 0n,
  decidedMicros: 0n,
  containers: { change: 0, keep: 0, withheld: 0 },
  rows: 0,
  changes: [],
  clusters: [],
  appetiteProblems: [],
};

/** Advice for a caller: asks what the caller may see, reads that, and assembles it. */
export class AdviceReports {
  readonly #options: AdviceReportsOptions;
  readonly #store: AdviceReportStore;
  readonly #simulated: Set<string>;

  static create(options: AdviceReportsOptions) {
    return new AdviceReports(options);
  }

  private constructor(options: AdviceReportsOptions) {
    this.#options = options;
    this.#store = AdviceReportStore.create({ knex: options.knex });
    this.#simulated = simulatedClusters(options.clusters);
  }

  /**
   * All advice on a service's workloads.
   *
   * @throws NotAllowedError when the caller may not see the service, NotFoundError
   * when it is not in the catalog as it was last read.
   */
  async service(
    entityRef: string,
    request: AdviceRequest,
    credentials: BackstageCredentials,
  ): Promise<AdviceReport> {
    const { scopes } = this.#options;
    const scope = await scopes.service(entityRef, credentials);
    const report = await this.#report(scope, request, { restricted: false });
    const linked = await this.#store.isLinked(entityRef);
    return {
      ...report,
      entityRef,
      status: linked ? report.status : 'no-workloads',
    };
  }

  /** A page of what the caller may see of all advice. */
  async fleet(
    request: AdviceRequest,
    credentials: BackstageCredentials,
  ): Promise<AdviceReport> {
    const scope = await this.#options.scopes.fleet(credentials);
    const restricted = scope?.kind !== 'everything';
    return this.#report(scope, request, { restricted });
  }

  /** Pages of rows behind a report, for a download; scopes as for the report. */
  async *rows(
    scope: Scope | undefined,
    request: AdviceRequest,
  ): AsyncGenerator<StoredAdviceRow[]> {
    if (scope) {
      const query = await this.#query(scope, request, this.#options.knex);
      yield* this.#store.allRows(query);
    }
  }

  /**
   * The advice on one container.
   *
   * @throws NotFoundError when there is none, or none the caller may see: who may
   * not see it is not told that it is there.
   */
  async detail(
    adviceId: string,
    rate: Rate,
    credentials: BackstageCredentials,
  ): Promise<AdviceDetail> {
    const { now, scopes, timezone } = this.#options;
    const containerId = parseAdviceId(adviceId);
    const scope = await scopes.fleet(credentials);
    return this.#store.inSnapshot(async ({ store, knex }) => {
      const found =
        scope && containerId !== undefined
          ? await store.detail(containerId, scope, now())
          : undefined;
      const run = await AdviceStore.create({ knex }).newestRun();
      if (!found || !run) {
        throw noSuchAdvice(adviceId);
      }
      const { row, advice } = found;
      const { window } = advice.evidence;
      const stored = await store.digests(
        row.containerId,
        window.start,
        window.end,
      );
      // As the advice took them: what no node has was not used.
      const most = mostCores(advice.evidence.node?.cpuCores);
      const digests = stored.map(each =>
        withPossibleCores(decodeDigest(each), most),
      );
      const facts = await InventoryStore.create({ knex }).factsOf(
        row.containerId,
      );
      return {
        row: toAdviceRow(row, rate),
        currency: rate.currency,
        timezone,
        simulated: this.#simulated.has(row.cluster),
        computedAt: run.finishedAt,
        advice: toAdvice(advice, row, rate),
        explanation: explainAdvice(advice),
        history: historyOf(digests, window),
        distribution: distributionOf(digests),
        ...(facts && { facts }),
        appetiteOrigin: row.summary.appetiteOrigin,
        ...(row.status === 'change' && { patches: renderPatches(advice) }),
      };
    });
  }

  async #report(
    scope: Scope | undefined,
    request: AdviceRequest,
    { restricted }: { restricted: boolean },
  ): Promise<AdviceReport> {
    const { timezone, now } = this.#options;
    const { run, sums, rows, states } = await this.#store.inSnapshot(
      async ({ store, knex }) => {
        const query = scope && (await this.#query(scope, request, knex));
        return {
          run: await AdviceStore.create({ knex }).newestRun(),
          sums: query ? await store.sums(query) : NO_SUMS,
          rows: query ? await store.rows(query, request.page) : [],
          states: await InventoryStore.create({ knex }).states(),
        };
      },
    );
    const { rate } = request;
    const money = (micros: bigint) => inCurrency(micros, rate).toString();
    const released = releasePools(run?.pools ?? [], sums.changes);
    return {
      status: run ? 'ok' : 'not-computed',
      ...(run && { window: run.window, computedAt: run.finishedAt }),
      timezone,
      currency: rate.currency,
      simulated: sums.clusters.some(cluster => this.#simulated.has(cluster)),
      restricted,
      totals: {
        listSaving: money(sums.listMicros),
        realisableSaving: money(released.totalMicros),
        withHeld: money(sums.listMicros + sums.heldMicros),
        decidedAgainst: money(sums.decidedMicros),
        containers: sums.containers,
      },
      rows: rows.map(row => toAdviceRow(row, rate)),
      totalRows: sums.rows,
      // Pools are of the whole cluster: for who sees everything.
      pools:
        scope?.kind === 'everything'
          ? released.pools.map(pool => ({
              ...pool,
              nodeHourlyPrice: priceIn(pool.nodeHourlyPrice, rate),
              releasedMicros: money(BigInt(pool.releasedMicros)),
            }))
          : [],
      problems: [
        ...inventoryProblems(sums.clusters, states, {
          now: now(),
          seesEverything: scope?.kind === 'everything',
        }),
        ...appetiteProblems(sums.appetiteProblems),
        ...(scope?.kind === 'everything' ? problemsOf(run) : []),
      ],
    };
  }

  async #query(
    scope: Scope,
    { filter }: AdviceRequest,
    knex: Knex,
  ): Promise<AdviceQuery> {
    const { owner } = filter;
    const below =
      owner === undefined
        ? []
        : await ReportStore.create({ knex }).groupsBelow(owner);
    return {
      scope,
      filter,
      ...(owner !== undefined && { owners: [owner, ...below] }),
      now: this.#options.now(),
    };
  }
}

function problemsOf(run: AdviceRunRow | undefined) {
  return run?.problems ?? [];
}
