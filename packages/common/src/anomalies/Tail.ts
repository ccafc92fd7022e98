import { Season } from './Season';
import { SortedWindow } from './SortedWindow';

/** Chosen with the limits of the scorer. */
const REACH = 0.94;

/** How far a series strays to one side: the farthest of each slot of time. @internal */
export class Tail {
  readonly #slotMs: number;
  readonly #farthest: SortedWindow;
  #slot: number | undefined;
  #ofSlot = 0;

  static create({ slotMs, tailSlots }: Season) {
    return new Tail(slotMs, SortedWindow.create(tailSlots));
  }

  private constructor(slotMs: number, farthest: SortedWindow) {
    this.#slotMs = slotMs;
    this.#farthest = farthest;
  }

  push(at: number, distance: number): void {
    const slot = Math.floor(at / this.#slotMs);
    if (slot !== this.#slot) {
      if (this.#slot !== undefined) {
        this.#farthest.push(this.#ofSlot);
      }
      this.#slot = slot;
      this.#ofSlot = 0;
    }
    this.#ofSlot = Math.max(this.#ofSlot, distance);
  }

  /** What all but 6 % of the slots had at most. */
  reach(): number {
    return this.#farthest.quantile(REACH) ?? 0;
  }
}
