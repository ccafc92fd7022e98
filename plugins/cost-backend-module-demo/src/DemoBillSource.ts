import { NotFoundError } from '@backstage/errors';
import { addDays } from '@headroom/common';
import { ClusterConfig } from '@headroom/plugin-clusters-node';
import {
  BillCharge,
  FocusReader,
  FocusRow,
} from '@headroom/plugin-cost-common';
import {
  BillDelivery,
  BillReading,
  BillSource,
  BillTable,
} from '@headroom/plugin-cost-node';
import { demoSection } from './demoSection';
import { billSchema, billsSchema } from './schemas';
import { TelemetryClient } from './TelemetryClient';

interface DemoBillSourceOptions {
  client: TelemetryClient;
  clusters: () => ClusterConfig[];
}

/** A month of a cluster's bill. */
interface DemoDelivery extends BillDelivery {
  cluster: ClusterConfig;
  start: string;
  end: string;
}

/** What the provider of the demo's clusters bills: a delivery a cluster and month, asked for by the day. */
export class DemoBillSource implements BillSource {
  readonly id = demoSection.key;
  readonly simulated = true;
  readonly #options: DemoBillSourceOptions;
  #listed: DemoDelivery[] = [];

  static create(options: DemoBillSourceOptions): DemoBillSource {
    return new DemoBillSource(options);
  }

  private constructor(options: DemoBillSourceOptions) {
    this.#options = options;
  }

  async deliveries(signal: AbortSignal): Promise<DemoDelivery[]> {
    this.#listed = await this.#list(signal);
    return this.#listed;
  }

  async open(
    { name, version }: BillDelivery,
    signal: AbortSignal,
  ): Promise<BillTable | undefined> {
    const listed = await this.#list(signal);
    const found = listed.find(
      each => each.name === name && each.version === version,
    );
    if (!found) {
      return undefined;
    }
    const { header } = await this.#dayOf(found, found.start, signal);
    return {
      columns: header,
      rows: during => this.#rowsOf(found, during),
      close: async () => {},
    };
  }

  async *#rowsOf(
    delivery: DemoDelivery,
    signal: AbortSignal,
  ): AsyncGenerator<FocusRow[]> {
    const { start, end } = delivery;
    for (let day = start; day < end; day = addDays(day, 1)) {
      const { rows } = await this.#dayOf(delivery, day, signal);
      yield rows;
    }
  }

  #dayOf({ cluster }: DemoDelivery, day: string, signal: AbortSignal) {
    return this.#options.client.get(cluster, 'bill', billSchema, {
      signal,
      day,
    });
  }

  async #list(signal: AbortSignal): Promise<DemoDelivery[]> {
    const { client, clusters } = this.#options;
    const listed: DemoDelivery[] = [];
    for (const cluster of clusters().filter(each => demoSection.of(each))) {
      const { months } = await client.get(cluster, 'bills', billsSchema, {
        signal,
      });
      for (const { month, version, start, end } of months) {
        const name = `${cluster.name}/${month}`;
        listed.push({
          name,
          version: `${name}/${version}`,
          cluster,
          start,
          end,
        });
      }
    }
    return listed;
  }

  async *charges(
    { name, version }: BillDelivery,
    { tags, signal }: Omit<BillReading, 'notes'>,
  ): AsyncGenerator<BillCharge[]> {
    const found = this.#listed.find(
      each => each.name === name && each.version === version,
    );
    if (!found) {
      throw new NotFoundError(`The demo has no bill ${name} as it was listed`);
    }
    const { start, end } = found;
    for (let day = start; day < end; day = addDays(day, 1)) {
      const { header, rows } = await this.#dayOf(found, day, signal);
      const focus = FocusReader.create({
        file: `${name}/${day}`,
        header,
        tags,
      });
      yield rows.map(row => focus.read(row));
    }
  }
}
