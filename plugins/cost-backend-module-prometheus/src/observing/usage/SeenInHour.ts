import { SLOTS_PER_HOUR } from '@headroom/plugin-cost-common';
import { getOrCreate } from '../../reading/collections';
import { keyOf } from '../../reading/labels';

/** When cAdvisor was read in an hour: seconds of each slot of five minutes. */
export class SeenInHour {
  /** In which any container was seen. */
  readonly anywhere = new Float64Array(SLOTS_PER_HOUR);
  readonly #pods = new Map<string, Float64Array>();

  static create(): SeenInHour {
    return new SeenInHour();
  }

  private constructor() {}

  /** @param seconds - of each slot in which a container of a pod was seen */
  add(namespace: string, pod: string, seconds: Float64Array): void {
    const ofPod = getOrCreate(
      this.#pods,
      keyOf(namespace, pod),
      () => new Float64Array(SLOTS_PER_HOUR),
    );
    seconds.forEach((each, slot) => {
      ofPod[slot] = Math.max(ofPod[slot], each);
      this.anywhere[slot] = Math.max(this.anywhere[slot], each);
    });
  }

  /** In which any container of a pod was seen; undefined = never in the window. */
  ofPod(namespace: string, pod: string): Float64Array | undefined {
    return this.#pods.get(keyOf(namespace, pod));
  }
}
