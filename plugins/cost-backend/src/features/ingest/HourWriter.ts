import { calendarDay } from '@headroom/common';
import { Knex } from 'knex';
import { ContainerIds, ContainerStore } from '../../database/ContainerStore';
import { CompleteHour, HourStore } from '../../database/HourStore';
import {
  HourKnowledge,
  IngestStore,
  StoredHour,
} from '../../database/IngestStore';
import { KnownMachines, MachineStore } from '../../database/MachineStore';
import { ensurePartitions } from '../../database/partitions';
import { UsageWriter } from './UsageWriter';
import {
  lessOfContainers,
  noteKept,
  Reason,
  reasonToKeep,
  statusOf,
  wasKept,
} from './degraded';
import { HourAnswer } from './HourAnswer';
import { knowledgeOf } from './hourKnowledge';
import { addHours } from '../../core/hours';

/** @internal */
export interface HourWriterOptions {
  knex: Knex;
  store: IngestStore;
  containers: ContainerStore;
  machines: MachineStore;
  hours: HourStore;
  usage: UsageWriter;
  timezone: string;
  /** Of hours before, it is not kept what single pods cost. */
  podsFrom: Date;
  clusterId: number;
  sourceId: string;
  now: () => Date;
  onStep?: (step: string) => void;
}

/**
 * Stores the hours of one window of one cluster. Each hour is one transaction
 * under the cluster's lock: rows, status, watermark and the day to roll up, all
 * or nothing.
 */
export class HourWriter {
  readonly #options: HourWriterOptions;
  readonly #ids: ContainerIds = new Map();
  readonly #labels = new Map<string, string>();
  readonly #machines: KnownMachines = new Map();

  /** Make one a window: it remembers the containers it met. */
  static create(options: HourWriterOptions) {
    return new HourWriter(options);
  }

  private constructor(options: HourWriterOptions) {
    this.#options = options;
  }

  /**
   * @param advance - the hour is new: the watermark moves behind it.
   * @returns whether the hour differs from what was stored.
   */
  async write(
    answer: HourAnswer,
    beside: Pick<CompleteHour, 'units' | 'levels'>,
    advance: boolean,
  ): Promise<boolean> {
    return answer.status === 'complete'
      ? this.#writeComplete(answer, beside, advance)
      : this.#writeMissing(answer, advance);
  }

  async #writeComplete(
    answer: HourAnswer & { status: 'complete' },
    beside: Pick<CompleteHour, 'units' | 'levels'>,
    advance: boolean,
  ): Promise<boolean> {
    const {
      containers,
      machines,
      hours,
      usage,
      store,
      clusterId,
      sourceId,
      now,
    } = this.#options;
    const hour: CompleteHour = {
      ...answer,
      ...beside,
      source: sourceId,
      pods: answer.hour < this.#options.podsFrom ? undefined : answer.pods,
    };
    await ensurePartitions(this.#options.knex, hour.hour);
    const identities = answer.workloads.map(workload => ({
      ...workload,
      bucket: 'workload' as const,
    }));
    await containers.identify(
      clusterId,
      [
        ...identities,
        ...hour.rows,
        ...(hour.devices ?? []).flatMap(({ tenants }) => tenants),
      ],
      this.#ids,
    );
    this.#step('containers-identified');
    await containers.label(
      clusterId,
      hour.hour,
      answer.workloads,
      this.#labels,
    );
    this.#step('containers-labelled');
    hour.machineIds = await machines.identify(
      clusterId,
      answer.machines ?? [],
      this.#machines,
    );
    const devices = await usage.identify(clusterId, hour);
    this.#step('devices-identified');

    const known = knowledgeOf(answer);
    const contentHash = await hours.contentHash(hour, this.#ids);
    return this.#inLock(async tx => {
      const stored = await store.storedHour(tx, clusterId, hour.hour);
      const changed =
        stored?.contentHash !== contentHash || wasKept(stored.problems);
      const kept =
        changed && stored && (await this.#keep(tx, stored, hour, known));
      if (changed && !kept) {
        await hours.replace(tx, clusterId, hour, this.#ids, step =>
          this.#step(step),
        );
        await usage.replace(tx, clusterId, hour, devices, this.#ids);
        this.#step('usage-written');
        await store.markStored(tx, clusterId, {
          ...hour,
          status: statusOf(hour.problems),
          known,
          contentHash,
          at: now(),
        });
        await store.markDirty(tx, clusterId, [this.#dayOf(hour.hour)]);
      }
      await this.#advance(tx, hour.hour, advance);
      this.#step('hour-written');
      return changed && !kept;
    });
  }

  /** @returns whether what is stored stays, because the answer is poorer. */
  async #keep(
    tx: Knex,
    stored: StoredHour,
    answer: CompleteHour,
    known: HourKnowledge,
  ): Promise<boolean> {
    const { store, clusterId } = this.#options;
    const { hour } = answer;
    const reason =
      reasonToKeep(stored, { ...answer, known }) ??
      (await this.#lessOfContainers(tx, stored, answer));
    if (!reason) {
      return false;
    }
    const problems = noteKept(stored.problems, hour, reason);
    if (problems) {
      await store.noteProblems(tx, clusterId, hour, problems);
      await store.markDirty(tx, clusterId, [this.#dayOf(hour)]);
    }
    return true;
  }

  /** Sources tell containers apart each in their own way. */
  async #lessOfContainers(
    tx: Knex,
    stored: StoredHour,
    answer: CompleteHour,
  ): Promise<Reason | undefined> {
    const { hours, clusterId } = this.#options;
    const isPartial =
      stored.status === 'partial' && statusOf(answer.problems) === 'partial';
    return isPartial && stored.source === answer.source
      ? lessOfContainers(
          await hours.containerLoss(tx, clusterId, answer, this.#ids),
        )
      : undefined;
  }

  async #writeMissing(
    { hour, reason, problems }: HourAnswer & { status: 'missing' },
    advance: boolean,
  ): Promise<boolean> {
    const { store, clusterId, sourceId, now } = this.#options;
    return this.#inLock(async tx => {
      await store.markMissing(
        tx,
        clusterId,
        [{ hour, source: sourceId, reason, problems }],
        now(),
      );
      await this.#advance(tx, hour, advance);
      this.#step('gap-written');
      return false;
    });
  }

  async #advance(tx: Knex, hour: Date, advance: boolean) {
    if (advance) {
      const { store, clusterId, sourceId } = this.#options;
      await store.advanceWatermark(tx, clusterId, sourceId, addHours(hour, 1));
    }
  }

  async #inLock<T>(work: (tx: Knex) => Promise<T>): Promise<T> {
    const { knex, store, clusterId } = this.#options;
    const result = await knex.transaction(async tx => {
      await store.lock(tx, clusterId);
      this.#step('locked');
      return work(tx);
    });
    this.#step('hour-committed');
    return result;
  }

  #dayOf(hour: Date): string {
    return calendarDay(hour.toISOString(), this.#options.timezone);
  }

  #step(step: string) {
    this.#options.onStep?.(step);
  }
}
