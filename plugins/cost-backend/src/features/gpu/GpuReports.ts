import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Comparison, GpuReport } from '@headroom/plugin-cost-common';
import { ClusterConfig } from '@headroom/plugin-clusters-node';
import { CostConfig } from '../../core/config/CostConfig';
import { DatedRates } from '../../database/moneySql';
import { ScopedStores } from '../../database/ScopedStores';
import { closedUntil } from '../../core/hours';
import { Calendar } from '../../core/Calendar';
import { CostScopes } from '../../core/CostScopes';
import { problemsOf } from '../../core/report/origin';
import { ReportRequest } from '../../core/report/ReportRequest';
import { buildGpuReport } from './buildGpuReport';
import { gpuComparison } from './gpuComparison';
import { daySpans, GpuReportFold } from './GpuReportFold';

/** @internal */
export interface GpuReportsOptions {
  scopes: CostScopes;
  clusters: ClusterConfig[];
  /** Names of the clusters whose costs come from a simulation. */
  simulated: ReadonlySet<string>;
  config: CostConfig;
  calendar: Calendar;
}

/** Device-days read at a time: about 10 MB. */
const DEVICE_DAYS_AT_A_TIME = 2000;

/** GPU reports for a caller: reads what the caller may see, at one moment, and assembles it. */
export class GpuReports {
  readonly #options: GpuReportsOptions;

  static create(options: GpuReportsOptions) {
    return new GpuReports(options);
  }

  private constructor(options: GpuReportsOptions) {
    this.#options = options;
  }

  /** GPUs that containers of a service held. @throws as {@link CostScopes.read} */
  async service(
    entityRef: string,
    request: ReportRequest,
    credentials: BackstageCredentials,
  ): Promise<GpuReport> {
    const asked = { service: entityRef };
    return this.#options.scopes.read(asked, credentials, async at =>
      this.#report(at, request, {
        entityRef,
        linked: await at.catalog.isLinked(),
      }),
    );
  }

  /** What the caller may see of all GPUs. @throws as {@link CostScopes.read} */
  async fleet(
    request: ReportRequest,
    credentials: BackstageCredentials,
  ): Promise<GpuReport> {
    return this.#options.scopes.read('fleet', credentials, at =>
      this.#report(at, request, { linked: true }),
    );
  }

  async #report(
    at: ScopedStores,
    request: ReportRequest,
    { entityRef, linked }: { entityRef?: string; linked: boolean },
  ): Promise<GpuReport> {
    const { calendar, config } = this.#options;
    const { start, end } = request.window;
    const days = calendar.days(start, end);
    const { fold, hasDays, previous } = await this.#read(at, request, days);
    const today = config.prices.builtInOn(request.today);
    return buildGpuReport({
      entityRef,
      status: statusOf(fold, { linked, hasDays }),
      restricted: !at.scope.seesEverything,
      simulated: this.#options.simulated,
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
    at: ScopedStores,
    request: ReportRequest,
  ): Promise<Comparison | undefined> {
    const { calendar, clusters, config } = this.#options;
    const { start } = request.previous;
    const { end } = request.window;
    const { rates } = request.conversion;
    return gpuComparison({
      request,
      calendar,
      clusters: await at.ask(at.reports.coverage(start, end)),
      configured: new Set(clusters.map(({ name }) => name)),
      closedUntil: closedUntil(request.now, config.ingest.settleMs),
      totals: await at.gpuMoney.totals({ start, end, rates }),
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

  /** A span of days at a time, so that memory doesn't grow with the window. */
  async #read(
    at: ScopedStores,
    request: ReportRequest,
    days: readonly string[],
  ): Promise<{
    fold: GpuReportFold;
    hasDays: boolean;
    previous?: Comparison;
  }> {
    const { window, conversion } = request;
    const { gpuMoney, gpus, scope } = at;
    const hasDays = await gpuMoney.hasDays(window);
    const fold = GpuReportFold.create({
      days,
      zone: this.#options.calendar.zone,
      energyPrice: this.#energyPrice(request),
      ...(!scope.isEverything && { mine: await gpuMoney.holders(window) }),
      ...(!scope.seesEverything && {
        visible: await at.of({ kind: 'fleet' }).gpuMoney.holders(window),
      }),
    });
    if (!hasDays) {
      return { fold, hasDays };
    }
    let devicesADay = DEVICE_DAYS_AT_A_TIME;
    const spans = daySpans(days, () =>
      Math.floor(DEVICE_DAYS_AT_A_TIME / devicesADay),
    );
    for (const { days: span, ...bounds } of spans) {
      const rows = await gpus.readDays(bounds);
      devicesADay = Math.max(1, rows.length / span.length);
      await fold.addDays(
        span,
        rows,
        await gpuMoney.days({ ...bounds, rates: conversion.rates }),
      );
    }
    return { fold, hasDays, previous: await this.#previous(at, request) };
  }
}

/** The rate of a day; the first also holds for the days before it. */
function rateOn(rates: DatedRates, day: string): number {
  const rate = rates.findLast(({ validFrom }) => validFrom <= day) ?? rates[0];
  return Number(rate.rate);
}

function statusOf(
  fold: GpuReportFold,
  { linked, hasDays }: { linked: boolean; hasDays: boolean },
): GpuReport['status'] {
  if (!linked) {
    return 'no-workloads';
  }
  if (!hasDays) {
    return 'no-data';
  }
  if (fold.devices.size > 0) {
    return 'ok';
  }
  return fold.paidHours > 0 ? 'no-readings' : 'no-gpus';
}
