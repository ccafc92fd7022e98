/**
 * The newest `size` numbers, in order of time and of size: quantiles of what was
 * lately, in bounded memory.
 *
 * @internal
 */
export class SortedWindow {
  readonly #size: number;
  readonly #inTime: number[] = [];
  readonly #sorted: number[] = [];
  /** The oldest one's place in the ring. */
  #oldest = 0;

  static create(size: number) {
    return new SortedWindow(size);
  }

  private constructor(size: number) {
    this.#size = size;
  }

  get count(): number {
    return this.#sorted.length;
  }

  push(value: number): void {
    if (this.#inTime.length < this.#size) {
      this.#inTime.push(value);
    } else {
      this.#sorted.splice(placeOf(this.#sorted, this.#inTime[this.#oldest]), 1);
      this.#inTime[this.#oldest] = value;
      this.#oldest = (this.#oldest + 1) % this.#size;
    }
    this.#sorted.splice(placeOf(this.#sorted, value), 0, value);
  }

  /**
   * Quantile by linear interpolation between order statistics (type 7 of Hyndman
   * and Fan 1996); undefined of nothing.
   */
  quantile(probability: number): number | undefined {
    const sorted = this.#sorted;
    if (sorted.length === 0) {
      return undefined;
    }
    const position = (sorted.length - 1) * probability;
    const below = Math.floor(position);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
  }
}

/** Where a number is, or would be, among ascending ones. */
function placeOf(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
