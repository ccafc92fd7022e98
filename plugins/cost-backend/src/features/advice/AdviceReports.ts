import { BackstageCredentials } from '@backstage/backend-plugin-api';
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
import { AdviceQuery } from '../../database/adviceQuery';
import { StoredAdviceRow } from '../../database/AdviceReportStore';
import { ScopedStores } from '../../database/ScopedStores';
import { CostScopes } from '../../core/CostScopes';
import { AdviceRequest, noSuchAdvice, parseAdviceId } from './AdviceRequest';
import { inCurrency, priceIn, Rate } from '../../core/rate';
import { appetiteProblems, inventoryProblems } from './problems';
import { toAdvice, toAdviceRow } from './toRow';
import { distributionOf, historyOf } from './usageShape';

/** @internal */
export interface AdviceReportsOptions {
  /** Says whose advice a caller may see. */
  scopes: CostScopes;
  /** Names of the clusters whose costs come from a simulation. */
  simulated: ReadonlySet<string>;
  timezone: string;
  now: () => Date;
}

/** Advice for a caller: reads what the caller may see, at one moment, and assembles it. */
export class AdviceReports {
  readonly #options: AdviceReportsOptions;

  static create(options: AdviceReportsOptions) {
    return new AdviceReports(options);
  }

  private constructor(options: AdviceReportsOptions) {
    this.#options = options;
  }

  /** All advice on a service's workloads. @throws as {@link CostScopes.read} */
  async service(
    entityRef: string,
    request: AdviceRequest,
    credentials: BackstageCredentials,
  ): Promise<AdviceReport> {
    const asked = { service: entityRef };
    return this.#options.scopes.read(asked, credentials, async at => {
      const report = await this.#report(at, request, { restricted: false });
      return {
        ...report,
        entityRef,
        status: (await at.catalog.isLinked()) ? report.status : 'no-workloads',
      };
    });
  }

  /** A page of what the caller may see of all advice. @throws as {@link CostScopes.read} */
  async fleet(
    request: AdviceRequest,
    credentials: BackstageCredentials,
  ): Promise<AdviceReport> {
    return this.#options.scopes.read('fleet', credentials, at =>
      this.#report(at, request, { restricted: !at.scope.seesEverything }),
    );
  }

  /** Pages of rows behind a report, for a download. */
  async *rows(
    at: ScopedStores,
    request: AdviceRequest,
  ): AsyncGenerator<StoredAdviceRow[]> {
    yield* at.advice.allRows(await this.#query(at, request));
  }

  /**
   * The advice on one container.
   *
   * @throws NotAllowedError when the caller may see nothing at all; NotFoundError
   * when there is no such advice, or none the caller may see: who may not see it is
   * not told that it is there.
   */
  async detail(
    adviceId: string,
    rate: Rate,
    credentials: BackstageCredentials,
  ): Promise<AdviceDetail> {
    const { now, scopes, timezone } = this.#options;
    const containerId = parseAdviceId(adviceId);
    return scopes.read('fleet', credentials, async ({ advice: store }) => {
      const found =
        containerId === undefined
          ? undefined
          : await store.detail(containerId, now());
      const run = await store.newestRun();
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
      const facts = await store.factsOf(row.containerId);
      return {
        row: toAdviceRow(row, rate),
        currency: rate.currency,
        timezone,
        simulated: this.#options.simulated.has(row.cluster),
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
    at: ScopedStores,
    request: AdviceRequest,
    { restricted }: { restricted: boolean },
  ): Promise<AdviceReport> {
    const { timezone, now } = this.#options;
    const { isEverything } = at.scope;
    const query = await this.#query(at, request);
    const run = await at.advice.newestRun();
    const sums = await at.advice.sums(query);
    const rows = await at.advice.rows(query, request.page);
    const states = await at.advice.inventoryStates();
    const { rate } = request;
    const money = (micros: bigint) => inCurrency(micros, rate).toString();
    const released = releasePools(run?.pools ?? [], sums.changes);
    return {
      status: run ? 'ok' : 'not-computed',
      ...(run && { window: run.window, computedAt: run.finishedAt }),
      timezone,
      currency: rate.currency,
      simulated: sums.clusters.some(cluster =>
        this.#options.simulated.has(cluster),
      ),
      restricted,
      totals: {
        listSaving: money(sums.listMicros),
        realisableSaving: money(released.totalMicros),
        includingHeld: money(sums.listMicros + sums.heldMicros),
        decidedAgainst: money(sums.decidedMicros),
        containers: sums.containers,
      },
      rows: rows.map(row => toAdviceRow(row, rate)),
      totalRows: sums.rows,
      // Pools are of the whole cluster: for who sees everything.
      pools: isEverything
        ? released.pools.map(pool => ({
            ...pool,
            nodeHourlyPrice: priceIn(pool.nodeHourlyPrice, rate),
            releasedMicros: money(BigInt(pool.releasedMicros)),
          }))
        : [],
      problems: [
        ...inventoryProblems(sums.clusters, states, {
          now: now(),
          seesEverything: isEverything,
        }),
        ...appetiteProblems(sums.appetiteProblems),
        ...(isEverything ? run?.problems ?? [] : []),
      ],
    };
  }

  async #query(
    { catalog }: ScopedStores,
    { filter }: AdviceRequest,
  ): Promise<AdviceQuery> {
    const { owner } = filter;
    return {
      filter,
      ...(owner !== undefined && {
        owners: [owner, ...(await catalog.groupsBelow(owner))],
      }),
      now: this.#options.now(),
    };
  }
}
