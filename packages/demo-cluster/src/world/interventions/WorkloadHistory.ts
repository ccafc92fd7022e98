import { Catalogue } from '../catalogue';
import { workloadId } from '../objectIds';
import { HOUR_SECONDS } from '../time';
import { WorkloadSpec } from '../types';
import { Wishes } from '../wishes';
import { applyEntry } from './applyEntry';
import { InterventionLog } from './InterventionLog';

/** A workload whose spec changed at a moment; without a spec it is gone. */
export interface WorkloadChange {
  id: string;
  before: WorkloadSpec;
  spec?: WorkloadSpec;
}

/** Specs of the workloads as they are in force: the catalogue's, and what was done to them by then. */
export class WorkloadHistory {
  readonly #catalogue: Catalogue;
  readonly #wishes: Wishes;
  readonly #log: InterventionLog;
  /** What each spec of the catalogue is after its first, second, … entry; null = gone. */
  readonly #versions = new WeakMap<WorkloadSpec, Array<WorkloadSpec | null>>();

  constructor(catalogue: Catalogue, wishes: Wishes, log: InterventionLog) {
    this.#catalogue = catalogue;
    this.#wishes = wishes;
    this.#log = log;
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
    const spec = this.#catalogue.at(hour).find(each => workloadId(each) === id);
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
    return this.#catalogue.at(hour).flatMap(base => {
      const before = this.#before(base, seconds);
      const spec = this.#before(base, seconds + 1);
      return before && before !== spec
        ? [{ id: workloadId(base), before, spec }]
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
      { from: 0, spec: base },
      ...entries.map(entry => ({
        from: entry.seconds,
        spec: this.#before(base, entry.seconds + 1),
      })),
    ];
  }

  #inForce(hour: number, before: number): WorkloadSpec[] {
    const specs = this.#catalogue.at(hour);
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
    if (count === 0) {
      return base;
    }
    const versions = this.#versions.get(base) ?? [];
    this.#versions.set(base, versions);
    while (versions.length < count) {
      const last = versions.length === 0 ? base : versions.at(-1)!;
      const entry = entries[versions.length];
      versions.push((last && applyEntry(last, entry, this.#wishes)) ?? null);
    }
    return versions[count - 1] ?? undefined;
  }
}
