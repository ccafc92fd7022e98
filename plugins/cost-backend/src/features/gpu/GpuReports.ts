import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Comparison, GpuReport } from '@headroom/plugin-cost-common';
import { ClusterConfig } from '@headroom/plugin-clusters-node';
import { Knex } from 'knex';
import { CostConfig } from '../../core/config/CostConfig';
import { GpuStore } from '../../database/GpuStore';
import { DatedRates } from '../../database/moneySql';
import { ReportStore } from '../../database/ReportStore';
import { Scope } from '../../database/scope';
import { inSnapshot } from '@headroom/node';
import { closedUntil } from '../../core/hours';
import {
  CostAccess,
  CostAuthorizer,
} from '../../core/permissions/CostAuthorizer';
import { Calendar } from '../../core/Calendar';
import { fleetScope, notAllowed, requireAllowed } from '../../core/CostScopes';
import { simulatedClusters } from '../../core/simulatedClusters';
import { problemsOf } from '../../core/report/origin';
import { ReportRequest } from '../../core/report/ReportRequest';
import { buildGpuReport } from './buildGpuReport';
import { gpuComparison } from './gpuComparison';
import { GpuMoneyStore } from '../../database/GpuMoneyStore';
import { daySpans, GpuReportFold } from './GpuReportFold';

/** @internal */
export interface GpuReportsOptions {
  knex: Knex;
  authorizer: CostAuthorizer;
  clusters: ClusterConfig[];
  config: CostConfig;
  calendar: Calendar;
}

/** Device-days read at a time: about 10 MB. */
const DEVICE_DAYS_AT_A_TIME = 2000;

/** GPU reports for a caller: asks what the caller may see, reads that, and assembles it. */
export class GpuReports {
  readonly #options: GpuReportsOptions;
  readonly #store: ReportStore;
  readonly #simulated: ReadonlySet<string>;

  static create(options: GpuReportsOptions) {
    return new GpuReports(options);
  }

  private constructor(options: GpuReportsOptions) {
    this.#options = options;
    this.#store = ReportStore.create({ knex: options.knex });
    this.#simulated = simulatedClusters(options.clusters);
  }

  /**
   * GPUs that containers of a service held.
   * @throws NotAllowedError when the caller may not see the service, NotFoundError
   * when it is not in the catalog as it was last read.
   */
  async service(
    entityRef: string,
    request: ReportRequest,
    credentials: BackstageCredentials,
  ): Promise<GpuReport> {
    const access = await this.#options.authorizer.accessOf(credentials);
    if (access.kind === 'nothing') {
      throw notAllowed(entityRef);
    }
    const entity = await this.#store.findEntity(entityRef, access.where);
    requireAllowed(entityRef, entity);
    const scope: Scope = { kind: 'service', entityRef, where: access.where };
    return this.#report({
      entityRef,
      scope,
      access,
      request,
      linked: Boolean(entity?.linked),
    });
  }

  /** What the caller may see of all GPUs; empty and `restricted` when that is nothing. */
  async fleet(
    request: ReportRequest,
    credentials: BackstageCredentials,
  ): Promise<GpuReport> {
    const access = await this.#options.authorizer.accessOf(credentials);
    return this.#report({
      scope: fleetScope(access),
      access,
      request,
      linked: true,
    });
  }

  async #report(asked: {
    entityRef?: string;
    scope: Scope | undefined;
    access: CostAccess;
    request: ReportRequest;
    linked: boolean;
  }): Promise<GpuReport> {
    const { calendar, config } = this.#options;
    const { scope, request, access } = asked;
    const { start, end } = request.window;
    const days = calendar.days(start, end);
    const { fold, hasDays, previous } = await this.#read(
      scope,
      access,
      request,
      days,
    );
    const today = config.prices.builtInOn(request.today);
    return buildGpuReport({
      entityRef: asked.entityRef,
      status: statusOf(fold, { ...asked, hasDays }),
      restricted: access.kind !== 'everything',
      simulated: this.#simulated,
      request,
      days,
      fold,
      previous,
      ...(config.energy && {
        energyPrice: {
          perKilowattHour: config.energy.kilowattHourPrice,
          currency: config.currency,
        },
      }),
      prices: [...(config.prices.config.gpus ?? []), ...today.gpus],
      problems: problemsOf([], false, { request }),
    });
  }

  async #previous(
    tx: Knex,
    scope: Scope,
    request: ReportRequest,
  ): Promise<Comparison | undefined> {
    const { calendar, clusters, config } = this.#options;
    const { start } = request.previous;
    const { end } = request.window;
    const { rates } = request.conversion;
    return gpuComparison({
      request,
      calendar,
      clusters: await ReportStore.create({ knex: tx }).coverage(
        scope,
        start,
        end,
      ),
      configured: new Set(clusters.map(({ name }) => name)),
      closedUntil: closedUntil(request.now, config.ingest.settleMs),
      totals: await GpuMoneyStore.create({ knex: tx }).totals(scope, {
        start,
        end,
        rates,
      }),
    });
  }

  /** Micros a kilowatt-hour in the currency of the report. */
  #energyPrice({
    conversion: { rates },
  }: ReportRequest): ((day: string) => number) | undefined {
    const { energy } = this.#options.config;
    if (!energy) {
      return undefined;
    }
    const micros = Number(energy.kilowattHourPrice) * 1e6;
    return day => micros * (rates ? rateOn(rates, day) : 1);
  }

  /** All at one moment; a span of days at a time, so that memory doesn't grow with the window. */
  async #read(
    scope: Scope | undefined,
    access: CostAccess,
    request: ReportRequest,
    days: readonly string[],
  ): Promise<{
    fold: GpuReportFold;
    hasDays: boolean;
    previous?: Comparison;
  }> {
    const { knex, calendar } = this.#options;
    const { window, conversion } = request;
    return inSnapshot(knex, async tx => {
      const money = GpuMoneyStore.create({ knex: tx });
      const devices = GpuStore.create({ knex: tx });
      const hasDays = Boolean(scope && (await money.hasDays(scope, window)));
      const fold = GpuReportFold.create({
        days,
        zone: calendar.zone,
        energyPrice: this.#energyPrice(request),
        ...(scope?.kind !== 'everything' && {
          mine: scope ? await money.holders(scope, window) : new Set(),
        }),
        ...(access.kind === 'some' && {
          visible: await money.holders(
            { kind: 'services', where: access.where },
            window,
          ),
        }),
      });
      if (!scope || !hasDays) {
        return { fold, hasDays };
      }
      let devicesADay = DEVICE_DAYS_AT_A_TIME;
      const spans = daySpans(days, () =>
        Math.floor(DEVICE_DAYS_AT_A_TIME / devicesADay),
      );
      for (const { days: span, ...bounds } of spans) {
        const rows = await devices.readDays({ ...bounds, scope });
        devicesADay = Math.max(1, rows.length / span.length);
        await fold.addDays(
          span,
          rows,
          await money.days(scope, { ...bounds, rates: conversion.rates }),
        );
      }
      const previous = await this.#previous(tx, scope, request);
      return { fold, hasDays, previous };
    });
  }
}

/** The rate of a day; the first also holds for the days before it. */
function rateOn(rates: DatedRates, day: string): number {
  const rate = rates.findLast(({ validFrom }) => validFrom <= day) ?? rates[0];
  return Number(rate.rate);
}

function statusOf(
  fold: GpuReportFold,
  {
    linked,
    hasDays,
    access,
  }: { linked: boolean; hasDays: boolean; access: CostAccess },
): GpuReport['status'] {
  if (!linked) {
    return 'no-workloads';
  }
  if (!hasDays) {
    // Nothing the caller may see ran anywhere: that is no lack of data.
    return access.kind === 'nothing' ? 'no-gpus' : 'no-data';
  }
  if (fold.devices.size > 0) {
    return 'ok';
  }
  return fold.paidHours > 0 ? 'no-readings' : 'no-gpus';
}
