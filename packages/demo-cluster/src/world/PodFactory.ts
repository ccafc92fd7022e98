import { NodeLife, PodLife } from './lives';
import { podIdentity } from './podIdentity';
import { hashText, mix } from './random';
import { containersOf, podLabelsOf } from './releases';
import { Needs, needsOf, Running } from './rooms';
import { ContainerSpec } from './types';
import { PodWish, Wishes } from './wishes';

/** A pod of a Job runs at least this long. */
const SHORTEST_RUN_SECONDS = 300;

/** Makes pods of wishes. */
export class PodFactory {
  readonly #wishes: Wishes;
  readonly #seed: number;
  readonly #startHour: number;
  readonly #needs = new WeakMap<ContainerSpec[], Needs>();

  /** `startHour` is the hour the world starts at, counted from 1970. */
  constructor(wishes: Wishes, seed: number, startHour: number) {
    this.#wishes = wishes;
    this.#seed = seed;
    this.#startHour = startHour;
  }

  /** What a pod asks for. */
  needsOf({ spec, revision }: PodWish): Needs {
    const containers = containersOf(spec, revision);
    let needs = this.#needs.get(containers);
    if (!needs) {
      needs = needsOf(containers);
      this.#needs.set(containers, needs);
    }
    return needs;
  }

  /** What a pod that runs asks for. */
  needsNow({ wish, resized }: Running): Needs {
    return resized ?? this.needsOf(wish);
  }

  make(
    wish: PodWish,
    place: {
      node: NodeLife;
      created: number;
      from: number;
      gpuSlots?: readonly number[];
    },
  ): PodLife {
    const { spec, ordinal, revision, runHour, until } = wish;
    const { node, created, from, gpuSlots = [] } = place;
    const id = `${wish.key}@${created}`;
    const hash = mix(this.#seed, hashText(id));
    const { name, labels } = podIdentity(
      this.#wishes,
      wish,
      hash,
      this.#startHour,
    );
    return {
      id,
      name,
      hash,
      spec,
      containers: containersOf(spec, revision),
      labels: { ...podLabelsOf(spec, revision), ...labels },
      ordinal,
      revision,
      runHour,
      node,
      gpuSlots,
      created,
      from,
      // One that begins again after its node was taken away has at least something left to do.
      until:
        until === undefined
          ? Infinity
          : Math.max(until, from + SHORTEST_RUN_SECONDS),
    };
  }
}
