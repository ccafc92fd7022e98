import { addUp, Counts, figuresOf, judge } from './judge';
import { LabelledSeries } from './LabelledSeries';

const HOURS = 24;
/** Values of a slot that its median is taken of. */
const KEPT = 600;
/** Without these a slot has no spread to speak of. */
const NEEDED = 5;
const MAD_TO_SIGMA = 1.4826;
/** Standard deviation of the normal over its mean absolute deviation. */
const MEAN_TO_SIGMA = 1.2533;
const LIMITS = [3, 3.5, 4, 5, 6, 8, 10, 12, 16, 20, 30];
/** Thresholds that are tried, by quantile. */
const CANDIDATES = 300;

/**
 * How many standard deviations a value is from the median of what its hour of the day
 * had before, the deviation from the MAD.
 */
export function seasonalMad({ at, values }: LabelledSeries): Float64Array {
  const slots = Array.from({ length: HOURS }, () => [] as number[]);
  return Float64Array.from(values, (value, i) => {
    if (Number.isNaN(value)) {
      return 0;
    }
    const slot = slots[Math.floor(at[i] / 3_600_000) % HOURS];
    const score = slot.length < NEEDED ? 0 : deviations(value, slot);
    slot.push(value);
    if (slot.length > KEPT) {
      slot.shift();
    }
    return score;
  });
}

function deviations(value: number, slot: readonly number[]): number {
  const centre = middleOf(slot);
  const distances = slot.map(each => Math.abs(each - centre));
  const sigma =
    MAD_TO_SIGMA * middleOf(distances) ||
    (MEAN_TO_SIGMA * distances.reduce((sum, each) => sum + each, 0)) /
      distances.length;
  return sigma > 0 ? Math.abs(value - centre) / sigma : 0;
}

function middleOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The limit, of all series, with the best F1 on the labels of their first halves. */
export function tunedLimit(
  scored: ReadonlyArray<{ series: LabelledSeries; scores: Float64Array }>,
): number {
  return best(LIMITS, limit =>
    addUp(
      scored.map(({ series, scores }) =>
        judge(series, above(scores, limit), 'first'),
      ),
    ),
  );
}

/**
 * Alerts of a threshold of the series' own, above or below which it was best on the
 * labels of its first half; where these have no anomaly, beyond all that was there.
 */
export function staticThreshold(series: LabelledSeries): boolean[] {
  const { values } = series;
  const sorted = values
    .subarray(0, Math.floor(values.length / 2))
    .filter(value => !Number.isNaN(value))
    .sort();
  const candidates = [1, -1].flatMap(side =>
    Array.from({ length: CANDIDATES }, (_, i) => {
      // From the far end of the side, so that of equals the farthest is taken.
      const place = Math.round(((sorted.length - 1) * i) / (CANDIDATES - 1));
      return {
        side,
        threshold: side > 0 ? sorted[sorted.length - 1 - place] : sorted[place],
      };
    }),
  );
  const alertsOf = ({ side, threshold }: (typeof candidates)[number]) =>
    Array.from(values, value => (value - threshold) * side > 0);
  return alertsOf(
    best(candidates, candidate => judge(series, alertsOf(candidate), 'first')),
  );
}

export function above(scores: Float64Array, limit: number): boolean[] {
  return Array.from(scores, score => score > limit);
}

/** The first with the best F1; with nothing to find, the first with the fewest false alerts. */
function best<T>(candidates: readonly T[], judged: (one: T) => Counts): T {
  const worth = candidates.map(candidate => {
    const counts = judged(candidate);
    return counts.events > 0 ? figuresOf(counts).f1 ?? 0 : -counts.falseAlerts;
  });
  return candidates[worth.indexOf(Math.max(...worth))];
}
