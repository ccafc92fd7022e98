import { Catalogue } from '../catalogue';
import { applyManifest } from '../creations/applyManifest';
import { workloadId } from '../objectIds';
import { HOUR_SECONDS } from '../time';
import { ClusterSpec, WorkloadSpec } from '../types';
import { Wishes } from '../wishes';
import { applyEntry } from './applyEntry';
import { InterventionLog, LogEntry } from './InterventionLog';

/** A workload whose spec changed at a moment; without a spec it is gone. What was made then has one as if it had been so before. */
export interface WorkloadChange {
  id: string;
  before: WorkloadSpec;
  spec?: WorkloadSpec;
}

/** Specs of the workloads as they are in force: the catalogue's and those that were made, and what was done to them by then. */
export class WorkloadHistory {
  readonly #cluster: ClusterSpec;
  readonly #startMs: number;
  readonly #catalogue: Catalogue;
  readonly #wishes: Wishes;
  readonly #log: InterventionLog;
  /** What each spec of the catalogue is after its first, second, … entry; null = gone. */
  readonly #versions = new WeakMap<WorkloadSpec, Array<WorkloadSpec | null>>();

  constructor(options: {
    cluster: ClusterSpec;
    start: Date;
    catalogue: Catalogue;
    wishes: Wishes;
    log: InterventionLog;
  }) {
    this.#cluster = options.cluster;
    this.#startMs = options.start.getTime();
    this.#catalogue = options.catalogue;
    this.#wishes = options.wishes;
    this.#log = options.log;
  }

  /** Workloads that the catalogue has in an hour, and all that were ever made, as they are called. */
  basesAt(hour: number): WorkloadSpec[] {
    const known = this.#catalogue.at(hour);
    const { workloads } = this.#log.created;
    if (workloads.length === 0) {
      return known;
    }
    const ids = new Set(known.map(workloadId));
    return [...known, ...workloads.filter(each => !ids.has(workloadId(each)))];
  }

  /** Specs in force at a moment, in seconds since the start of the world. */
  at(seconds: number): WorkloadSpec[] {
    return this.#inForce(Math.floor(seconds / HOUR_SECONDS), seconds + 1);
  }

  /** Specs an hour begins with, before anything is done in it. */
  atStartOf(hour: number): WorkloadSpec[] {
    // Whatever was done at the very start of the world was always so.
    return this.#inForce(hour, hour === 0 ? 1 : hour * HOUR_SECONDS);
  }

  /** The spec of a workload in force at a moment. */
  specOf(id: string, seconds: number): WorkloadSpec | undefined {
    const hour = Math.floor(seconds / HOUR_SECONDS);
    const spec = this.basesAt(hour).find(each => workloadId(each) === id);
    return spec && this.#before(spec, seconds + 1);
  }

  /** What is in force of a workload at a moment; `spec` is any of its versions. */
  inForce(spec: WorkloadSpec, seconds: number): WorkloadSpec | undefined {
    return this.touchedSince(spec) === Infinity
      ? spec
      : this.specOf(workloadId(spec), seconds);
  }

  /** Seconds within an hour at which something was done; what an hour begins with is not among them. */
  momentsIn(hour: number): number[] {
    const start = hour * HOUR_SECONDS;
    const entries = this.#log.between(
      hour === 0 ? 1 : start,
      start + HOUR_SECONDS,
    );
    return [...new Set(entries.map(({ seconds }) => seconds))];
  }

  /** Seconds within an hour, after its start, at which something was done that may concern a workload. */
  momentsOf(spec: WorkloadSpec, hour: number): number[] {
    const start = hour * HOUR_SECONDS;
    const seconds = this.#log.concerning(spec).map(entry => entry.seconds);
    return [...new Set(seconds)].filter(
      at => at > start && at < start + HOUR_SECONDS,
    );
  }

  /** Workloads whose spec changed at a moment. */
  changesAt(seconds: number): WorkloadChange[] {
    const hour = Math.floor(seconds / HOUR_SECONDS);
    return this.basesAt(hour).flatMap(base => {
      const spec = this.#before(base, seconds + 1);
      const before = this.#before(base, seconds);
      return before !== spec
        ? [{ id: workloadId(base), before: before ?? spec!, spec }]
        : [];
    });
  }

  /** When something was first done that may concern a workload; Infinity = never. */
  touchedSince(spec: WorkloadSpec): number {
    return this.#log.concerning(spec)[0]?.seconds ?? Infinity;
  }

  /** Every spec a workload of the catalogue had by a moment, with when it began, oldest first. */
  versionsOf(
    base: WorkloadSpec,
    seconds: number,
  ): Array<{ from: number; spec?: WorkloadSpec }> {
    const entries = this.#log
      .concerning(base)
      .filter(entry => entry.seconds <= seconds);
    return [
      { from: 0, spec: this.#isMade(base) ? undefined : base },
      ...entries.map(entry => ({
        from: entry.seconds,
        spec: this.#before(base, entry.seconds + 1),
      })),
    ];
  }

  #inForce(hour: number, before: number): WorkloadSpec[] {
    const specs = this.basesAt(hour);
    return this.#log.size === 0
      ? specs
      : specs.flatMap(spec => this.#before(spec, before) ?? []);
  }

  /** A spec with what was done before a moment. */
  #before(base: WorkloadSpec, seconds: number): WorkloadSpec | undefined {
    const entries = this.#log.concerning(base);
    let count = entries.length;
    while (count > 0 && entries[count - 1].seconds >= seconds) {
      count -= 1;
    }
    const first = this.#isMade(base) ? null : base;
    if (count === 0) {
      return first ?? undefined;
    }
    const versions = this.#versions.get(base) ?? [];
    this.#versions.set(base, versions);
    while (versions.length < count) {
      const last = versions.length === 0 ? first : versions.at(-1)!;
      versions.push(this.after(base, last, entries[versions.length]) ?? null);
    }
    return versions[count - 1] ?? undefined;
  }

  /** The spec of a workload after an entry that concerns it. */
  after(
    base: WorkloadSpec,
    last: WorkloadSpec | null,
    entry: LogEntry,
  ): WorkloadSpec | undefined {
    const { kind, namespace, name } = base;
    const { patch, object } = entry;
    const isScaler = last?.scaledBy?.kind === object.kind;
    const followed =
      patch.manifest || isScaler
        ? last
        : last && applyEntry(last, entry, this.#wishes);
    return this.#log.created.size === 0
      ? followed ?? undefined
      : applyManifest({ kind, namespace, name }, followed ?? undefined, entry, {
          cluster: this.#cluster,
          wishes: this.#wishes,
          created: this.#log.created,
          timeOf: this.#timeOf,
        });
  }

  /** The spec that a workload would have after an entry that brings its manifest, and that is later than all others. */
  afterNow(entry: LogEntry): WorkloadSpec[] {
    const { kind, namespace = '', name } = entry.object;
    if (kind !== 'Deployment' && kind !== 'StatefulSet' && kind !== 'CronJob') {
      return [];
    }
    const last = this.specOf(
      workloadId({ kind, namespace, name }),
      entry.seconds,
    );
    const after = applyManifest({ kind, namespace, name }, last, entry, {
      cluster: this.#cluster,
      wishes: this.#wishes,
      created: this.#log.created,
      timeOf: this.#timeOf,
    });
    return after ? [after] : [];
  }

  readonly #timeOf = (seconds: number) =>
    new Date(this.#startMs + seconds * 1000);

  #isMade(base: WorkloadSpec): boolean {
    return this.#log.created.workloads.includes(base);
  }
}
