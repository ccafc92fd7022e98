import { WorkloadHistory } from './interventions/WorkloadHistory';
import { PodLife } from './lives';
import { workloadId } from './objectIds';
import { HOUR_SECONDS } from './time';
import { WorkloadSpec } from './types';
import { Wishes } from './wishes';

/** Demand a pod meets from a moment on, relative to its mean. */
export interface Load {
  /** Seconds since the start of the world. */
  from: number;
  demand: number;
}

/** What pods live under: the demand each meets, and since when anything was done to it. */
export class Loads {
  readonly #history: WorkloadHistory;
  readonly #wishes: Wishes;

  constructor(history: WorkloadHistory, wishes: Wishes) {
    this.#history = history;
    this.#wishes = wishes;
  }

  /** Demand a pod meets in an hour: one entry, and one more from each moment at which something was done to its workload. */
  of({ spec }: PodLife, hour: number): Load[] {
    const start = hour * HOUR_SECONDS;
    return this.#piecesOf(spec, hour).map(piece => ({
      from: Math.max(start, piece.from),
      demand: this.#wishes.demandPerPod(piece.spec ?? spec, hour),
    }));
  }

  /** Demand a pod meets at a moment. */
  at(life: PodLife, seconds: number): number {
    const loads = this.of(life, Math.floor(seconds / HOUR_SECONDS));
    return loads.filter(({ from }) => from <= seconds).at(-1)!.demand;
  }

  /** Demand for a whole workload in an hour, as far as there was a pod to meet it. */
  met(spec: WorkloadSpec, hour: number): number {
    const end = (hour + 1) * HOUR_SECONDS;
    if (this.#history.touchedSince(spec) >= end) {
      return this.#wishes.demand(spec, hour);
    }
    const pieces = this.#piecesOf(spec, hour);
    return pieces.reduce((sum, piece, index) => {
      const until = pieces[index + 1]?.from ?? end;
      const share = (until - piece.from) / HOUR_SECONDS;
      const meets = piece.spec && this.#meets(piece.spec, hour);
      return meets ? sum + share * this.#wishes.demand(piece.spec!, hour) : sum;
    }, 0);
  }

  /** Parts of an hour in which there was a pod to meet demand: that for the whole workload, and for each pod. */
  partsMet(
    spec: WorkloadSpec,
    hour: number,
  ): Array<{
    share: number;
    spec: WorkloadSpec;
    demand: number;
    perPod: number;
  }> {
    const end = (hour + 1) * HOUR_SECONDS;
    const pieces = this.#piecesOf(spec, hour);
    return pieces.flatMap((piece, index) => {
      const until = pieces[index + 1]?.from ?? end;
      return piece.spec && this.#meets(piece.spec, hour)
        ? [
            {
              share: (until - piece.from) / HOUR_SECONDS,
              spec: piece.spec,
              demand: this.#wishes.demand(piece.spec, hour),
              perPod: this.#wishes.demandPerPod(piece.spec, hour),
            },
          ]
        : [];
    });
  }

  /** Seconds since the start of the world at which something was first done that may concern a pod; Infinity = never. */
  touchedSince({ spec }: PodLife): number {
    return this.#history.touchedSince(spec);
  }

  #meets(spec: WorkloadSpec, hour: number): boolean {
    return (
      spec.schedule.type === 'daemon' ||
      spec.schedule.type === 'runs' ||
      this.#wishes.replicas(spec, hour) > 0
    );
  }

  /** The parts of an hour, and the spec in force in each; without one where it was gone. */
  #piecesOf(
    spec: WorkloadSpec,
    hour: number,
  ): Array<{ from: number; spec?: WorkloadSpec }> {
    const start = hour * HOUR_SECONDS;
    if (this.#history.touchedSince(spec) >= start + HOUR_SECONDS) {
      return [{ from: start, spec }];
    }
    const id = workloadId(spec);
    return [start, ...this.#history.momentsOf(spec, hour)].map(from => ({
      from,
      spec: this.#history.specOf(id, from),
    }));
  }
}
