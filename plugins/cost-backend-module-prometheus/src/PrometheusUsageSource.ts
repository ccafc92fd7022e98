import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ClusterConfig,
  PrometheusClient,
  Selector,
} from '@headroom/plugin-clusters-node';
import { GpuDeviceHour, Observations } from '@headroom/plugin-cost-common';
import { SourceQuery, UsageSource } from '@headroom/plugin-cost-node';
import { createClient } from './createClient';
import { Asker } from './observing/Asker';
import { Assembly } from './observing/assemble';
import { find } from './observing/findings';
import { nodeCountQuery } from './promql/queries';
import { HOUR_SECONDS, HourWindow } from './reading/HourWindow';
import { Problems } from './reading/Problems';

/** Hours asked for at once: bounds the size of an answer. */
const HOURS_AT_ONCE = 24;
const MS_PER_HOUR = 3_600_000;
/** How far back `earliest` looks: at hourly steps within 11,000 points. */
const LOOK_BACK_HOURS = 400 * 24;

/**
 * Usage from a Prometheus-compatible API: cAdvisor, kube-state-metrics and, for
 * GPUs, DCGM.
 *
 * Hours are `(start, end]`, as Prometheus evaluates a range of an hour at its
 * end. Each sample stands for the scrape interval before it.
 *
 * @public
 */
export class PrometheusUsageSource implements UsageSource {
  readonly id = 'prometheus';
  readonly #logger: LoggerService | undefined;
  readonly #now: () => Date;

  /** @param options - `now`: the clock; the system's unless given */
  static create(options: { logger?: LoggerService; now?: () => Date } = {}) {
    return new PrometheusUsageSource(options.logger, options.now);
  }

  private constructor(logger?: LoggerService, now = () => new Date()) {
    this.#logger = logger;
    this.#now = now;
  }

  supports(cluster: ClusterConfig): boolean {
    return cluster.prometheus !== undefined;
  }

  async observe(query: SourceQuery): Promise<Observations> {
    const { cluster, signal } = query;
    const end = query.end.getTime();
    const result: Observations = {
      nodes: [],
      containers: [],
      volumes: [],
      network: [],
      missingHours: [],
      problems: [],
      queries: 0,
    };
    const client = this.#client(cluster, () => (result.queries += 1));
    const devices: GpuDeviceHour[] = [];
    const problems = Problems.create();
    for (
      let start = query.start.getTime();
      start < end;
      start += HOURS_AT_ONCE * MS_PER_HOUR
    ) {
      const window = HourWindow.create(
        new Date(start),
        new Date(Math.min(end, start + HOURS_AT_ONCE * MS_PER_HOUR)),
      );
      const found = await find(
        Asker.create({
          client,
          window,
          problems,
          logger: this.#logger,
          signal,
        }),
        window,
        problems,
        cluster.prometheus?.scrapeIntervalSeconds,
      );
      const part = await Assembly.assemble(
        window,
        found,
        problems,
        cluster.region,
      );
      append(result.nodes, part.nodes);
      append(result.containers, part.containers);
      append(result.volumes, part.volumes);
      append(devices, part.devices);
      append(result.missingHours, part.missingHours);
    }
    result.problems = problems.list();
    return { ...result, devices };
  }

  /**
   * The first full hour with nodes in the last 400 days; undefined when there
   * is none.
   */
  async earliest(
    cluster: ClusterConfig,
    signal: AbortSignal,
  ): Promise<Date | undefined> {
    const client = this.#client(cluster);
    const end = Math.floor(this.#now().getTime() / MS_PER_HOUR) * MS_PER_HOUR;
    const { series } = await client.queryRange(
      nodeCountQuery((selector: Selector) => client.select(selector)),
      {
        start: new Date(end - LOOK_BACK_HOURS * MS_PER_HOUR),
        end: new Date(end),
        stepSeconds: HOUR_SECONDS,
        signal,
      },
    );
    const first = series[0]?.samples[0]?.[0];
    return first === undefined ? undefined : new Date(first * 1000);
  }

  #client(cluster: ClusterConfig, onRequest?: () => void): PrometheusClient {
    return createClient(cluster, this.#logger, onRequest);
  }
}

/** `push(...items)` overflows the stack on large windows. */
function append<T>(target: T[], items: T[]): void {
  for (const item of items) {
    target.push(item);
  }
}
