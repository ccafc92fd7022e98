import type { Observations, PriceBook } from '@headroom/plugin-cost-common';
import { HOUR_MS } from '@headroom/common';
import { Catalogue } from './catalogue';
import { CreatedObject, ObjectName } from './creations/CreatedObjects';
import { checkIntervention } from './interventions/checkIntervention';
import {
  Intervention,
  ObjectPatch,
  ObjectRef,
} from './interventions/Intervention';
import {
  InterventionLog,
  LogEntry,
  LoggedObject,
} from './interventions/InterventionLog';
import { ObjectSpec, specInForce } from './interventions/specInForce';
import { WorkloadHistory } from './interventions/WorkloadHistory';
import { HourLives, PodLife } from './lives';
import { Loads } from './loads';
import { objectUid, workloadId } from './objectIds';
import { observeHour } from './observeHour';
import { priceBook } from './prices';
import { jitter, mix } from './random';
import { Restarts } from './Restarts';
import { Runs } from './Runs';
import { Scheduler } from './Scheduler';
import { Calendar } from './seasons';
import { latencyOf, pressureOf, WorldLevel } from './serviceLevels';
import { HOUR_SECONDS } from './time';
import { Timeline } from './Timeline';
import { ClusterSpec, OrphanVolume, WorkloadSpec } from './types';
import { Volumes } from './Volumes';
import { Wishes } from './wishes';

/** Units of one service in one hour. @public */
export interface WorldUnits {
  hour: string;
  metric: string;
  quantity: number;
  failed?: number;
  match: { entityRef: string };
}

/** What a cluster holds at one moment. @public */
export interface ClusterState {
  at: Date;
  /** Seconds since the start of the world. */
  seconds: number;
  hour: number;
  workloads: WorkloadSpec[];
  nodes: HourLives['nodes'];
  /** Bound pods, and pods that wait for the node that was ordered for them. */
  pods: PodLife[];
  /** Runs of each CronJob that are still listed, by its {@link workloadId}: the hours they were due, latest first. */
  runs: Map<string, number[]>;
  /** Pods of those runs that are done. */
  finished: PodLife[];
  orphanVolumes: OrphanVolume[];
}

/**
 * One cluster of the world: a pure function of seed, time and what was done to
 * it. What was computed for an hour is kept, which changes nothing but the time
 * it takes: at most three million pods, counted once an hour they lived in.
 *
 * @public
 */
export class WorldCluster {
  readonly spec: ClusterSpec;
  readonly seed: number;
  readonly start: Date;
  readonly wishes: Wishes;
  readonly loads: Loads;
  readonly restarts: Restarts;
  readonly #startMs: number;
  readonly #catalogue: Catalogue;
  readonly #log = new InterventionLog();
  readonly #history: WorkloadHistory;
  readonly #volumes: Volumes;
  readonly #timeline: Timeline;
  readonly #runs: Runs;

  static create(options: {
    spec: ClusterSpec;
    seed: number;
    start: Date;
    scale: number;
  }): WorldCluster {
    return new WorldCluster(
      options.spec,
      options.seed,
      options.start,
      options.scale,
    );
  }

  private constructor(
    spec: ClusterSpec,
    seed: number,
    start: Date,
    scale: number,
  ) {
    this.spec = spec;
    this.seed = seed;
    this.start = start;
    this.#startMs = start.getTime();
    this.wishes = new Wishes(new Calendar(start, spec.utcOffsetHours), seed);
    this.#catalogue = new Catalogue(spec, seed, scale);
    this.#history = new WorkloadHistory({
      cluster: spec,
      start,
      catalogue: this.#catalogue,
      wishes: this.wishes,
      log: this.#log,
    });
    this.loads = new Loads(this.#history, this.wishes);
    this.restarts = new Restarts(this.loads);
    this.#volumes = new Volumes(
      this.#catalogue.orphanVolumes,
      this.#history,
      this.#log,
    );
    this.#timeline = Timeline.create({
      begin: () =>
        Scheduler.create({
          cluster: spec,
          wishes: this.wishes,
          history: this.#history,
          log: this.#log,
          seed,
          startHour: Math.floor(this.#startMs / HOUR_MS),
        }),
    });
    this.#runs = new Runs(this.#history, this.wishes, this);
  }

  get name(): string {
    return this.spec.name;
  }

  get region(): string {
    return this.spec.region;
  }

  /** How often something was done to it. */
  get interventions(): number {
    return this.#log.size;
  }

  /** How often something was done to it before an hour. */
  doneBefore(hour: number): number {
    return this.#log.countBefore(hour * HOUR_SECONDS);
  }

  /** When something was done to it last, in seconds since the start of the world. */
  get lastDone(): number {
    return this.#log.last;
  }

  /**
   * Something is done to an object from `entry.at` on; before it everything
   * stays as it was. It can't lie before what was done last. The world is
   * changed in memory only. Throws {@link InterventionError} when there is no
   * such object then, or it can't be changed so.
   */
  intervene(entry: Intervention): void {
    this.#append(this.#checked(entry));
  }

  /** Checks what {@link WorldCluster.intervene} would do, and does nothing. */
  check(entry: Intervention): void {
    this.#checked(entry);
  }

  /** What is in force of an object at an instant; undefined when it isn't there, or has no spec that can be changed. */
  specAt(object: Omit<ObjectRef, 'cluster'>, at: Date): ObjectSpec | undefined {
    const seconds = Math.floor((at.getTime() - this.#startMs) / 1000);
    return specInForce({
      object,
      uid: this.uidOf(object, seconds),
      workloads: this.#history.at(seconds),
      hour: Math.floor(seconds / HOUR_SECONDS),
      metadataOf: ref => this.#log.metadataOf(ref, seconds),
      wishes: this.wishes,
    });
  }

  /** Labels and annotations that were set on an object from outside by a moment, in seconds since the start of the world. */
  metadataOf(
    object: { kind: string; namespace?: string; name: string; uid: string },
    seconds: number,
  ): Required<Pick<ObjectPatch, 'labels' | 'annotations'>> | undefined {
    return this.#log.metadataOf(object, seconds);
  }

  /** What was done to an object by a moment, oldest first. */
  doneTo(object: LoggedObject, seconds: number): LogEntry[] {
    return this.#log.doneTo(object, seconds);
  }

  /** What somebody made of that name, as it is at a moment, in seconds since the start of the world. */
  createdAt(object: ObjectName, seconds: number): CreatedObject | undefined {
    return this.#log.created.size === 0
      ? undefined
      : this.#log.created.find(object, seconds);
  }

  /** Everything that somebody made, and that is there at a moment. */
  allCreated(seconds: number): CreatedObject[] {
    return this.#log.created.size === 0 ? [] : this.#log.created.all(seconds);
  }

  /** The uid of an object that is no pod and no node, as of a moment. */
  uidOf(object: ObjectName, seconds: number): string {
    const { kind, namespace = '', name } = object;
    return this.createdAt(object, seconds)
      ? this.#madeUidOf(object, seconds)
      : objectUid(this, kind, namespace, name);
  }

  #madeUidOf(object: ObjectName, seconds: number): string {
    const { kind, namespace = '', name } = object;
    const part = this.#log.created.uidPart(object, seconds);
    return objectUid(this, kind, namespace, name, part);
  }

  #checked(entry: Intervention): LogEntry {
    const seconds = Math.floor((Date.parse(entry.at) - this.#startMs) / 1000);
    return checkIntervention({
      cluster: this,
      seconds,
      last: this.#log.last,
      object: entry.object,
      patch: entry.patch,
      by: entry.by,
      stateAt: () => this.stateAt(new Date(this.#startMs + seconds * 1000)),
      everLasting: this.#catalogue.lasting,
      made: this.createdAt(entry.object, seconds),
      madeUid: this.#madeUidOf(entry.object, seconds),
      after: checked => this.#history.afterNow(checked),
    });
  }

  #append(entry: LogEntry): void {
    this.#log.append(entry);
    this.#timeline.forgetFrom(entry.seconds);
    this.restarts.forget();
  }

  /**
   * What was used in the whole hours of `[start, end)`. Hours before the world
   * began are named in `missingHours`. It is for the caller to ask for closed
   * hours only: the world has no clock.
   */
  observe(start: Date, end: Date): Observations {
    const observations: Observations & Required<Pick<Observations, 'devices'>> =
      {
        nodes: [],
        containers: [],
        volumes: [],
        network: [],
        devices: [],
        missingHours: [],
        problems: [],
        queries: 1,
      };
    for (let ms = start.getTime(); ms < end.getTime(); ms += HOUR_MS) {
      const hour = (ms - this.#startMs) / HOUR_MS;
      if (hour < 0) {
        observations.missingHours.push(new Date(ms).toISOString());
      } else {
        observeHour(
          {
            iso: new Date(ms).toISOString(),
            hour,
            startMs: this.#startMs,
            region: this.region,
            lives: this.livesOf(hour),
            leftVolumes: this.#volumes.in(hour),
            loads: this.loads,
            restarts: this.restarts,
          },
          observations,
        );
      }
    }
    return observations;
  }

  /** Prices valid in a window. */
  prices(start: Date, end: Date): PriceBook {
    return priceBook(this.spec, this.seed, start, end);
  }

  /** Requests and tokens of the services in the whole hours of `[start, end)`. */
  units(start: Date, end: Date): WorldUnits[] {
    const units: WorldUnits[] = [];
    for (let ms = start.getTime(); ms < end.getTime(); ms += HOUR_MS) {
      const hour = (ms - this.#startMs) / HOUR_MS;
      if (hour < 0) {
        continue;
      }
      for (const spec of this.#catalogue.at(hour)) {
        const demand = spec.serves ? this.loads.met(spec, hour) : 0;
        for (const serves of spec.entityRef ? spec.serves ?? [] : []) {
          const all = serves.perHour * demand;
          const key = mix(this.wishes.keyOf(spec).hash, 5);
          const failed =
            all * (serves.failedShare ?? 0) * jitter(key, hour, 0.5);
          units.push({
            hour: new Date(ms).toISOString(),
            metric: serves.metric,
            quantity: Math.round(all - failed),
            ...(serves.failedShare !== undefined && {
              failed: Math.round(failed),
            }),
            match: { entityRef: spec.entityRef! },
          });
        }
      }
    }
    return units;
  }

  /** Requests to services in the whole hours of `[start, end)`, how long they took and how many failed. */
  levels(start: Date, end: Date): WorldLevel[] {
    const levels: WorldLevel[] = [];
    for (let ms = start.getTime(); ms < end.getTime(); ms += HOUR_MS) {
      const hour = (ms - this.#startMs) / HOUR_MS;
      const specs = hour < 0 ? [] : this.#catalogue.at(hour);
      for (const spec of specs) {
        const level = this.#levelOf(spec, hour);
        if (level) {
          levels.push({ hour: new Date(ms).toISOString(), ...level });
        }
      }
    }
    return levels;
  }

  #levelOf(
    spec: WorkloadSpec,
    hour: number,
  ): Omit<WorldLevel, 'hour'> | undefined {
    const serves = spec.serves?.find(({ metric }) => metric === 'requests');
    if (!serves || !spec.entityRef) {
      return undefined;
    }
    const parts = this.loads.partsMet(spec, hour).map(part => ({
      requests: serves.perHour * part.demand * part.share,
      pressure: pressureOf(
        part.spec,
        this.wishes.revision(part.spec, hour),
        part.perPod,
      ),
    }));
    // Where no pod runs there is nothing to ask, and no series.
    if (parts.length === 0) {
      return undefined;
    }
    const { hash } = this.wishes.keyOf(spec);
    const all = parts.reduce((sum, { requests }) => sum + requests, 0);
    const failed =
      all * (serves.failedShare ?? 0) * jitter(mix(hash, 5), hour, 0.5);
    return {
      requests: Math.round(all),
      ...(serves.failedShare !== undefined && { errors: Math.round(failed) }),
      latency: latencyOf(parts, spec, hash, hour),
      match: { entityRef: spec.entityRef },
    };
  }

  /** Everything that exists at a moment; nothing of what is to come. */
  stateAt(at: Date): ClusterState {
    const seconds = Math.floor((at.getTime() - this.#startMs) / 1000);
    if (seconds < 0) {
      throw new RangeError(
        `The world starts at ${this.start.toISOString()}, there is nothing at ${at.toISOString()}`,
      );
    }
    const hour = Math.floor(seconds / HOUR_SECONDS);
    const { nodes, pods } = this.livesOf(hour);
    const alive = pods.filter(
      pod => pod.created <= seconds && seconds < pod.until,
    );
    // A workload of the catalogue that was deleted within the hour is there as long as its pods are.
    const byId = new Map(
      this.#history.at(seconds).map(spec => [workloadId(spec), spec]),
    );
    for (const { spec } of alive) {
      const id = workloadId(spec);
      if (!byId.has(id) && !spec.edit?.podSpec) {
        byId.set(id, spec);
      }
    }
    const workloads = [...byId.values()];
    const runs = new Map(
      workloads
        .filter(spec => spec.kind === 'CronJob')
        .map(spec => [workloadId(spec), this.#runs.listed(spec, seconds)]),
    );
    return {
      at,
      seconds,
      hour,
      workloads,
      nodes: nodes.filter(node => node.from <= seconds && seconds < node.until),
      pods: alive,
      runs,
      finished: [...runs].flatMap(([id, listed]) =>
        this.#runs.finishedPods(id, listed, seconds),
      ),
      orphanVolumes: this.#volumes.at(seconds),
    };
  }

  /** Pods and nodes that lived in an hour, counted from the start of the world. */
  livesOf(hour: number): HourLives {
    return this.#timeline.livesOf(hour);
  }
}
