import { ErrorInterval, errorInterval } from './uncertainty';
import { DayValue } from './days';

/** What an interval was made of, and what it is. */
interface Known {
  ordinals: Float64Array;
  values: Float64Array;
  daysAhead: number;
  interval: ErrorInterval;
}

/**
 * Remembers how far one forecast may be off: that is most of its work, and the same all
 * day long, as only complete days tell it. Some 2 KB for each hundred days of history.
 *
 * @public
 */
export class ForecastMemory {
  #known: Known | undefined;

  static create() {
    return new ForecastMemory();
  }

  private constructor() {}

  /** The same as `errorInterval`. @internal */
  interval(history: readonly DayValue[], daysAhead: number): ErrorInterval {
    const known = this.#known;
    if (known?.daysAhead === daysAhead && isOf(known, history)) {
      return known.interval;
    }
    const interval = errorInterval(history, daysAhead);
    this.#known = {
      ordinals: Float64Array.from(history, ({ ordinal }) => ordinal),
      values: Float64Array.from(history, ({ value }) => value),
      daysAhead,
      interval,
    };
    return interval;
  }
}

function isOf(
  { ordinals, values }: Known,
  history: readonly DayValue[],
): boolean {
  return (
    history.length === values.length &&
    history.every(
      ({ ordinal, value }, at) =>
        ordinals[at] === ordinal && values[at] === value,
    )
  );
}
