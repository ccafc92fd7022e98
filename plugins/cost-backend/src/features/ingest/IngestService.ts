import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { calendarDayOf } from '@headroom/common';
import { ClusterConfig } from '@headroom/plugin-clusters-node';
import { Knex } from 'knex';
import { CostConfig } from '../../core/config/CostConfig';
import { ContainerStore } from '../../database/ContainerStore';
import { DigestStore } from '../../database/DigestStore';
import { createEntityMirror } from '../../database/entityMirror';
import { GpuHourStore } from '../../database/GpuHourStore';
import { HourStore } from '../../database/HourStore';
import { IngestStore } from '../../database/IngestStore';
import { Fence, isUnavailable, OvertakenError, Turn } from '@headroom/node';
import { MachineStore } from '../../database/MachineStore';
import { LabelStore } from '../../database/LabelStore';
import { dropPartitionsBefore } from '../../database/partitions';
import { RolloutStore } from '../../database/RolloutStore';
import { hoursKeptFrom } from '../../core/hours';
import { machinesKeptFrom } from '../../core/machinesKept';
import { podsKeptFrom } from './podsKept';
import { forgetMachines } from '../../database/rollup/rollMachines';
import { MonthRollup } from '../../database/rollup/MonthRollup';
import { Rollup } from '../../database/rollup/Rollup';
import { UsageRollup } from '../../database/rollup/UsageRollup';
import { Linking } from './links/Linking';
import { ClusterIngest } from './ClusterIngest';
import { ClusterSource } from '../../core/ClusterSource';
import { CostSources } from '../../core/CostSources';
import { KubernetesLabels } from './KubernetesLabels';
import { UsageWriter } from './UsageWriter';

export interface IngestServiceOptions {
  knex: Knex;
  clusters: ClusterConfig[];
  sources: CostSources;
  config: CostConfig;
  logger: LoggerService;
  /** Of the turns it is run in, so that it writes in none that is another's. */
  fence?: Fence;
  /** Called before a cluster is read for the first time. */
  beforeFirst?: (cluster: string, signal: AbortSignal) => Promise<void>;
  /** The clock; the system's unless given. */
  now?: () => Date;
  /** Told of every step; a test that throws here is a process that dies here. */
  onStep?: (step: string) => void;
}

/**
 * Brings the database up to date with the sources. May be killed anywhere and
 * run again, also by two replicas at once: the result is as if it had run once.
 */
export class IngestService {
  readonly #options: IngestServiceOptions & { now: () => Date };
  readonly #store: IngestStore;
  readonly #rollup: Rollup;
  readonly #usageRollup: UsageRollup;
  readonly #months: MonthRollup;
  readonly #digests: DigestStore;
  readonly #gpus: GpuHourStore;
  readonly #linking: Linking;
  /** Kept between runs: each knows how much an hour of its cluster is. */
  readonly #ingests = new Map<string, ClusterIngest>();
  /** Those first whose history has waited longest. */
  #order: ClusterConfig[];

  static create(options: IngestServiceOptions) {
    return new IngestService(options);
  }

  private constructor(options: IngestServiceOptions) {
    const { knex, config, logger, fence, onStep } = options;
    this.#options = { ...options, now: options.now ?? (() => new Date()) };
    this.#order = options.clusters;
    this.#store = IngestStore.create({ knex, fence });
    this.#rollup = Rollup.create({
      knex,
      store: this.#store,
      timezone: config.timezone,
      sharing: config.sharing,
      machines: options.sources.bill.length > 0,
      onStep,
    });
    this.#months = MonthRollup.create({ knex, store: this.#store });
    this.#digests = DigestStore.create({ knex });
    this.#gpus = GpuHourStore.create({ knex });
    this.#usageRollup = UsageRollup.create({
      knex,
      store: this.#store,
      digests: this.#digests,
      timezone: config.timezone,
      onStep,
    });
    this.#linking = Linking.create({
      knex,
      entities: createEntityMirror({ knex }),
      logger,
      rules: config.links,
      ownerLabels: config.ownerLabels,
      claims: config.claims,
    });
  }

  /**
   * Reads every cluster until it is up to date, nothing more should begin, or
   * `signal` aborts. A cluster that fails does not hold up the others; the first
   * unexpected error is thrown at the end.
   */
  async runOnce(
    signal: AbortSignal,
    enough: AbortSignal = signal,
  ): Promise<void> {
    const { config, logger } = this.#options;
    if (await this.#rollup.noticeChangedRules()) {
      logger.info(
        'The zone or the sharing of costs changed; days are summed again',
      );
    }
    await this.#linking.noticeChangedRules();

    // Every cluster's new hours come before any history; then history in turns,
    // from run to run.
    const waiting = this.#order.map(cluster => ({ cluster, liveOnly: true }));
    const failures: Error[] = [];
    let overtaken: OvertakenError | undefined;
    const worker = async () => {
      for (
        let next = waiting.shift();
        next && !enough.aborted && !overtaken;
        next = waiting.shift()
      ) {
        const { cluster, liveOnly } = next;
        if (!liveOnly) {
          this.#order = [
            ...this.#order.filter(each => each !== cluster),
            cluster,
          ];
        }
        try {
          if (await this.#advance(next, { signal, enough })) {
            waiting.push({ cluster, liveOnly: false });
          }
        } catch (error) {
          failures.push(toError(error));
          if (error instanceof OvertakenError) {
            overtaken = error; // what is left is another's, too
          } else if (!isUnavailable(error)) {
            logger.error(
              `Ingest of cluster ${cluster.name} failed`,
              toError(error),
            );
          }
        }
      }
    };
    await Promise.all(
      Array.from({ length: config.ingest.concurrency }, worker),
    );
    if (overtaken) {
      throw overtaken;
    }
    await this.#retire();
    try {
      const today = calendarDayOf(this.#options.now(), config.timezone);
      await this.#months.keep(today, enough);
    } catch (error) {
      failures.push(toError(error));
    }
    if (failures.length > 0) {
      throw failures[0];
    }
  }

  /** Links what is new, without reading any source. */
  async link(signal: AbortSignal): Promise<number> {
    return this.#linking.linkStale(signal);
  }

  /** @returns whether the cluster wants another turn. */
  async #advance(
    { cluster, liveOnly }: { cluster: ClusterConfig; liveOnly: boolean },
    turn: Turn,
  ): Promise<boolean> {
    const ingest =
      this.#ingests.get(cluster.name) ??
      (await this.#ingestOf(cluster, turn.signal));
    if (!ingest) {
      this.#options.logger.warn(
        `No installed source can read cluster ${cluster.name}; its configuration under headroom.clusters names none, or the module is not installed`,
      );
      return false;
    }
    this.#ingests.set(cluster.name, ingest);
    return ingest.advance(turn, { liveOnly });
  }

  async #ingestOf(
    cluster: ClusterConfig,
    signal: AbortSignal,
  ): Promise<ClusterIngest | undefined> {
    const { sources, config, logger, knex, now, onStep } = this.#options;
    if (!ClusterSource.find(cluster, sources, config)) {
      return undefined;
    }
    await this.#options.beforeFirst?.(cluster.name, signal);
    const clusterId = await this.#store.clusterId(cluster.name);
    const labels = KubernetesLabels.create({
      store: LabelStore.create({ knex }),
      clusterId,
      region: cluster.region,
      rules: config.nodeLabels,
    });
    const source = ClusterSource.find(cluster, sources, config, labels);
    return (
      source &&
      ClusterIngest.create({
        knex,
        cluster,
        clusterId,
        source,
        unitSources: sources.unit,
        levelSources: sources.level,
        config,
        store: this.#store,
        containers: ContainerStore.create({ knex }),
        machines: MachineStore.create({ knex }),
        hours: HourStore.create(),
        usage: UsageWriter.create({ knex }),
        rollup: this.#rollup,
        usageRollup: this.#usageRollup,
        linking: this.#linking,
        logger,
        now,
        onStep,
      })
    );
  }

  async #retire() {
    const { knex, config, logger, now } = this.#options;
    const before = hoursKeptFrom(config, now());
    const podsFrom = podsKeptFrom(config, now());
    await forgetMachines(knex, machinesKeptFrom(calendarDayOf(now(), 'UTC')));
    const dropped = [
      ...(await dropPartitionsBefore(knex, before)),
      ...(await dropPartitionsBefore(knex, podsFrom, ['cost_pod_hours'])),
    ];
    const day = before.toISOString().slice(0, 10);
    await this.#digests.deleteBefore(day);
    await this.#gpus.deleteBefore(day);
    if (dropped.length > 0) {
      await RolloutStore.create().forgetBefore(knex, podsFrom);
      logger.info(`Dropped hours past their retention: ${dropped.join(', ')}`);
    }
  }
}
