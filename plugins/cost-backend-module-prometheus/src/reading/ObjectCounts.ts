import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { PART_LABEL } from '../promql/expressions';
import { ScrapeTarget } from './ScrapeTarget';

/** What kube-state-metrics tells of that clocks are read from. */
export type ObjectKind = 'node' | 'pod';

/** Of the objects a target alone tells, the share that is gone when it is silent. */
const GONE_SHARE = 0.5;
/** Nodes that leave take at most so many times as many pods along as a node has on average. */
const CROWDED = 2;

type ByInstant = Map<number, number>;

/**
 * How many nodes and pods each target told at regular instants, how many of them
 * it alone told, and how many all of them did, each object once. So a shard is
 * told from a replica: when a shard falls silent, the number of objects falls
 * with it.
 */
export class ObjectCounts {
  readonly #all = new Map<ObjectKind, ByInstant>();
  readonly #ofTargets: Array<{
    kind: ObjectKind;
    what: string;
    labels: Record<string, string>;
    counts: ByInstant;
  }> = [];
  readonly #stepSeconds: number;

  /**
   * @param series - parts `node-told`, `node-alone`, `node-all`, and the same of pods
   * @param stepSeconds - seconds between two instants
   */
  static read(series: PrometheusSeries[], stepSeconds: number): ObjectCounts {
    return new ObjectCounts(series, stepSeconds);
  }

  private constructor(series: PrometheusSeries[], stepSeconds: number) {
    this.#stepSeconds = stepSeconds;
    for (const { labels, samples } of series) {
      const [kind, what] = (labels[PART_LABEL] ?? '').split('-');
      if (kind !== 'node' && kind !== 'pod') {
        continue;
      }
      if (what === 'all') {
        this.#all.set(kind, new Map(samples));
      } else {
        this.#ofTargets.push({ kind, what, labels, counts: new Map(samples) });
      }
    }
  }

  /**
   * Seconds between two times in which a target was silent and nobody else told
   * its objects: what all tell is then less by most of what it alone told before,
   * or tells after.
   */
  untoldSeconds(
    kind: ObjectKind,
    target: ScrapeTarget,
    start: number,
    end: number,
  ): number {
    const told = this.#of(kind, 'told', target);
    const alone = this.#of(kind, 'alone', target);
    const instants: number[] = [];
    for (
      let at = start + this.#stepSeconds;
      at <= end;
      at += this.#stepSeconds
    ) {
      instants.push(at);
    }
    let known = instants.find(at => told.has(at));
    if (known === undefined) {
      return 0;
    }
    let untold = 0;
    for (const at of instants) {
      if (told.has(at)) {
        known = at;
      } else if (this.#isUntold(kind, alone.get(known) ?? 0, known, at)) {
        untold += this.#stepSeconds;
      }
    }
    return untold;
  }

  /** @param own - objects the target alone told at the instant `known`; it tells none at `at` */
  #isUntold(kind: ObjectKind, own: number, known: number, at: number): boolean {
    const missing = this.#count(kind, known) - this.#count(kind, at);
    if (own === 0 || missing < GONE_SHARE * own) {
      return false;
    }
    if (kind === 'node') {
      return true;
    }
    // A target on each node leaves with it, and so do the pods it tells of.
    const nodes = this.#count('node', known);
    const left = nodes - this.#count('node', at);
    const taken =
      left > 0 ? (CROWDED * left * this.#count('pod', known)) / nodes : 0;
    return own > taken;
  }

  #count(kind: ObjectKind, at: number): number {
    return this.#all.get(kind)?.get(at) ?? 0;
  }

  #of(kind: ObjectKind, what: string, target: ScrapeTarget): ByInstant {
    const sums: ByInstant = new Map();
    const ofTarget = this.#ofTargets.filter(
      each => each.kind === kind && each.what === what,
    );
    for (const { counts } of ofTarget.filter(({ labels }) =>
      target.has(labels),
    )) {
      counts.forEach((count, at) => sums.set(at, (sums.get(at) ?? 0) + count));
    }
    return sums;
  }
}
