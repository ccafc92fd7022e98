import { ClusterConfig } from '@headroom/plugin-clusters-node';
import { Observations, PriceBook } from '@headroom/plugin-cost-common';
import {
  CheckStep,
  PriceSource,
  ServiceLevelObservations,
  ServiceLevelSource,
  SourceQuery,
  UnitMetric,
  UnitMetricSource,
  UnitObservations,
  UsageSource,
} from '@headroom/plugin-cost-node';
import { checkDemo } from './checkDemo';
import { demoSection } from './demoSection';
import {
  infoSchema,
  levelsSchema,
  pricesSchema,
  unitsSchema,
  usageSchema,
} from './schemas';
import { TelemetryClient } from './TelemetryClient';

const ID = demoSection.key;

function supports(cluster: ClusterConfig): boolean {
  return demoSection.of(cluster) !== undefined;
}

/** Usage of the demo cluster; one request a window. */
export class DemoUsageSource implements UsageSource {
  readonly id = ID;
  readonly simulated = true;
  readonly #client: TelemetryClient;

  static create(client: TelemetryClient): DemoUsageSource {
    return new DemoUsageSource(client);
  }

  private constructor(client: TelemetryClient) {
    this.#client = client;
  }

  supports(cluster: ClusterConfig): boolean {
    return supports(cluster);
  }

  async observe({
    cluster,
    start,
    end,
    signal,
  }: SourceQuery): Promise<Observations> {
    return this.#client.get(cluster, 'usage', usageSchema, {
      signal,
      window: { start, end },
    });
  }

  async earliest(cluster: ClusterConfig, signal: AbortSignal): Promise<Date> {
    const { firstHour } = await this.#client.get(cluster, 'info', infoSchema, {
      signal,
    });
    return new Date(firstHour);
  }

  check(cluster: ClusterConfig, signal: AbortSignal): AsyncIterable<CheckStep> {
    return checkDemo(this.#client, cluster, signal, new Date());
  }
}

/** What the demo cluster's provider charges. */
export class DemoPriceSource implements PriceSource {
  readonly id = ID;
  readonly #client: TelemetryClient;

  static create(client: TelemetryClient): DemoPriceSource {
    return new DemoPriceSource(client);
  }

  private constructor(client: TelemetryClient) {
    this.#client = client;
  }

  supports(cluster: ClusterConfig): boolean {
    return supports(cluster);
  }

  async prices({
    cluster,
    start,
    end,
    signal,
  }: SourceQuery): Promise<PriceBook> {
    return this.#client.get(cluster, 'prices', pricesSchema, {
      signal,
      window: { start, end },
    });
  }
}

/** Requests and tokens of the demo's services, of the metrics that are configured. */
export class DemoUnitMetricSource implements UnitMetricSource {
  readonly id = ID;
  readonly #client: TelemetryClient;

  static create(client: TelemetryClient): DemoUnitMetricSource {
    return new DemoUnitMetricSource(client);
  }

  private constructor(client: TelemetryClient) {
    this.#client = client;
  }

  supports(cluster: ClusterConfig): boolean {
    return supports(cluster);
  }

  async units({
    cluster,
    start,
    end,
    signal,
    metrics,
  }: SourceQuery & { metrics: UnitMetric[] }): Promise<UnitObservations> {
    const wanted = new Set(metrics.map(({ id }) => id));
    const { units } = await this.#client.get(cluster, 'units', unitsSchema, {
      signal,
      window: { start, end },
    });
    return {
      units: units.filter(({ metric }) => wanted.has(metric)),
      queries: 1,
    };
  }
}

/** How long requests to the demo's services took, and how many failed. */
export class DemoServiceLevelSource implements ServiceLevelSource {
  readonly id = ID;
  readonly #client: TelemetryClient;

  static create(client: TelemetryClient): DemoServiceLevelSource {
    return new DemoServiceLevelSource(client);
  }

  private constructor(client: TelemetryClient) {
    this.#client = client;
  }

  supports(cluster: ClusterConfig): boolean {
    return supports(cluster);
  }

  async levels({
    cluster,
    start,
    end,
    signal,
  }: SourceQuery): Promise<ServiceLevelObservations> {
    const { levels } = await this.#client.get(cluster, 'levels', levelsSchema, {
      signal,
      window: { start, end },
    });
    return { levels, queries: 1 };
  }
}
