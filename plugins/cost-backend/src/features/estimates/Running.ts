import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { calendarDayOf, sumMicros } from '@headroom/common';
import {
  EstimatePrices,
  estimateRunning,
  HOURS_PER_MONTH,
  RunningService,
  wordRunning,
} from '@headroom/plugin-cost-common';
import { knowledgeOf } from '../../core/inventoryKnowledge';
import { RunningRow } from '../../database/RunningStore';
import { ScopedStores } from '../../database/ScopedStores';
import { toPrices } from './toCostEstimate';
import { ClusterPrices } from './ClusterPrices';
import { convertPrices } from './convertPrices';
import { EstimatesOptions } from './Estimates';
import { measuredFrom } from './measuredFrom';

/** A workload that its cluster has now. */
type Known = Required<RunningRow>;

type RunningOptions = Omit<EstimatesOptions, 'budgetLeft'>;

/** What runs of a service now, and what it costs as it is, for a caller. */
export class Running {
  readonly #options: RunningOptions;
  readonly #prices: ClusterPrices;

  static create(options: RunningOptions) {
    return new Running(options);
  }

  private constructor(options: RunningOptions) {
    this.#options = options;
    this.#prices = options.prices;
  }

  /**
   * The number of queries is constant in what runs: prices are read once a cluster.
   * @throws as {@link CostScopes.read}; InputError that names a currency without a rate.
   */
  async service(
    entityRef: string,
    query: { currency?: string },
    credentials: BackstageCredentials,
  ): Promise<RunningService> {
    const { config, currencies, now: clock, scopes, simulated } = this.#options;
    const conversion = currencies.conversionTo(query.currency);
    const now = clock();
    return scopes.read({ service: entityRef }, credentials, async at => {
      const rows = await this.#rows(at);
      const running = rows.filter(
        (row): row is Known => isRead(row, now) && row.facts !== undefined,
      );
      const notRead = [
        ...new Set(
          rows.filter(row => !isRead(row, now)).map(({ cluster }) => cluster),
        ),
      ];
      const prices = new Map<string, EstimatePrices>();
      for (const cluster of new Set(running.map(row => row.cluster))) {
        const read = await this.#prices.read(at, cluster);
        const today = calendarDayOf(now, config.timezone);
        prices.set(cluster, convertPrices(read, conversion, today));
      }
      const costs = running.map(row => ({
        row,
        ...estimateRunning(row, prices.get(row.cluster)!, config.nodeLabels),
      }));
      const unknown = [
        ...notRead.map(cluster => ({
          said: wordRunning('clusterNotRead', { cluster }),
        })),
        ...costs.flatMap(each => each.unknown),
      ];
      const priced = costs.filter(({ hourly }) => hourly !== undefined);
      const sum = (amounts: Array<string | undefined>) =>
        sumMicros(amounts.map(amount => BigInt(amount ?? 0))).toString();
      const isRunning = costs.length > 0;
      return {
        entityRef,
        currency: conversion.currency,
        simulated: running.some(({ cluster }) => simulated.has(cluster)),
        status: isRunning || unknown.length > 0 ? 'ok' : 'no-workloads',
        complete: unknown.length === 0,
        ...(priced.length > 0 && {
          hourly: sum(priced.map(({ hourly }) => hourly)),
          monthly: sum(priced.map(({ monthly }) => monthly)),
        }),
        hoursPerMonth: HOURS_PER_MONTH,
        replicas: costs.reduce((all, { replicas = 0 }) => all + replicas, 0),
        workloads: costs.map(
          ({ row, unknown: _unknown, remarks: _remarks, ...cost }) => ({
            cluster: row.cluster,
            namespace: row.facts.namespace,
            kind: row.facts.kind,
            name: row.facts.name,
            readAt: row.readAt,
            ...cost,
            prices: toPrices(cost.prices, at.scope),
          }),
        ),
        unknown,
        remarks: [
          ...costs.flatMap(({ remarks }) => remarks),
          ...(priced.length > 0 ? [wordRunning('leavesOut')] : []),
        ],
        ...(isRunning && {
          measuredFrom: measuredFrom(
            new Date(running.map(({ linkedAt }) => linkedAt).sort()[0]),
            now,
            config.ingest.settleMs,
          ).toISOString(),
        }),
        timezone: config.timezone,
      };
    });
  }

  /** Of clusters that are still configured: of others there is nothing now. */
  async #rows(at: ScopedStores): Promise<RunningRow[]> {
    const configured = new Set(this.#options.clusters.map(({ name }) => name));
    const rows = await at.ask(at.running.workloads());
    return rows.filter(({ cluster }) => configured.has(cluster));
  }
}

/** A cluster that was never read is, as one that was not for long, not known. */
function isRead({ cluster, readAt }: RunningRow, now: Date): boolean {
  const state = { cluster, readAt, checkedAt: '', unreadable: [] };
  return knowledgeOf(state, now).facts;
}
