import type { Observations, PriceBook } from '@headroom/plugin-cost-common';
import { Catalogue } from './catalogue';
import { HourLives, PodLife } from './lives';
import { observeHour } from './observeHour';
import { priceBook } from './prices';
import { jitter, mix } from './random';
import { Scheduler } from './Scheduler';
import { Calendar } from './seasons';
import { HOUR_MS, HOUR_SECONDS } from './time';
import { ClusterSpec, OrphanVolume, WorkloadSpec } from './types';
import { runStart, Wishes } from './wishes';

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
  /** Runs of each CronJob that are still listed, by the hour they were due, latest first. */
  runs: Map<WorkloadSpec, number[]>;
  /** Pods of those runs that are done. */
  finished: PodLife[];
  orphanVolumes: OrphanVolume[];
}

/** How many runs of a CronJob are kept. */
export const JOBS_HISTORY = 3;

/**
 * One cluster of the world: a pure function of seed and time. What was
 * computed for an hour is kept, which changes nothing but the time it takes.
 *
 * @public
 */
export class WorldCluster {
  readonly spec: ClusterSpec;
  readonly seed: number;
  readonly start: Date;
  readonly wishes: Wishes;
  readonly #startMs: number;
  readonly #catalogue: Catalogue;
  readonly #scheduler: Scheduler;
  readonly #hours: HourLives[] = [];

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
    this.#scheduler = new Scheduler(
      spec,
      this.wishes,
      seed,
      Math.floor(this.#startMs / HOUR_MS),
    );
  }

  get name(): string {
    return this.spec.name;
  }

  get region(): string {
    return this.spec.region;
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
            orphanVolumes: this.#catalogue.orphanVolumes,
            wishes: this.wishes,
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
        const demand = spec.serves ? this.wishes.demand(spec, hour) : 0;
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
    // A workload that was deleted within the hour is there as long as its pods are.
    const workloads = [
      ...new Set([...this.#catalogue.at(hour), ...alive.map(pod => pod.spec)]),
    ];
    const runs = new Map(
      workloads
        .filter(spec => spec.kind === 'CronJob')
        .map(spec => [spec, this.#listedRuns(spec, hour, seconds)]),
    );
    return {
      at,
      seconds,
      hour,
      workloads,
      nodes: nodes.filter(node => node.from <= seconds && seconds < node.until),
      pods: alive,
      runs,
      finished: [...runs].flatMap(([spec, listed]) =>
        this.#finishedPods(spec, listed, seconds),
      ),
      orphanVolumes: this.#catalogue.orphanVolumes,
    };
  }

  /** Pods and nodes that lived in an hour, counted from the start of the world. */
  livesOf(hour: number): HourLives {
    for (let next = this.#hours.length; next <= hour; next++) {
      this.#hours.push(this.#scheduler.next(next, this.#catalogue.at(next)));
    }
    return this.#hours[hour];
  }

  #listedRuns(spec: WorkloadSpec, hour: number, seconds: number): number[] {
    return this.wishes
      .lastRunHours(spec, hour, JOBS_HISTORY + 1)
      .filter(run => runStart(spec, run) <= seconds)
      .slice(0, JOBS_HISTORY);
  }

  #finishedPods(
    spec: WorkloadSpec,
    runs: number[],
    seconds: number,
  ): PodLife[] {
    const found = new Set<PodLife>();
    const hour = Math.floor(seconds / HOUR_SECONDS);
    for (const run of runs) {
      // A run is over within ten hours.
      for (let h = run; h <= Math.min(hour, run + 10); h++) {
        for (const pod of this.livesOf(h).pods) {
          if (
            pod.spec === spec &&
            pod.runHour === run &&
            pod.until <= seconds &&
            !pod.evicted
          ) {
            found.add(pod);
          }
        }
      }
    }
    return [...found];
  }
}
