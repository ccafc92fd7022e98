import { SeriesDay } from './Series';

/** Days of one series, and how many units of the sums one core is. */
export interface ReplaySeries {
  days: ReadonlyArray<SeriesDay | undefined>;
  scale: number;
}

/** A rule under test; made anew for each series, called for its days in order. */
export interface Replayed {
  rule: string;
  forSeries(): (
    past: readonly SeriesDay[],
    next: SeriesDay,
  ) => number | undefined;
}

/** One line of the bench. */
export interface ReplayResult {
  rule: string;
  /** 100 · (1 − Σ used / Σ requested). */
  slackPct: number;
  /** Mean share of a day's samples above the request. */
  overPct: number;
  /** Core-time above the request over core-time used. */
  unmetPct: number;
  /** Days with any sample above the request. */
  daysExceededPct: number;
  seriesDays: number;
}

/** A day with fewer samples says too little. */
const LEAST_SAMPLES = 50;

/**
 * The day-ahead replay: each day from day `history` on is advised from the
 * `history` days before it, the value is held for that day, and compared.
 *
 * @returns undefined when no day could be judged
 */
export function replay(
  { rule, forSeries }: Replayed,
  all: readonly ReplaySeries[],
  history: number,
): ReplayResult | undefined {
  let seriesDays = 0;
  let exceeded = 0;
  let over = 0;
  let used = 0;
  let unmet = 0;
  let requested = 0;
  for (const { days, scale } of all) {
    const advise = forSeries();
    for (let day = history; day < days.length; day++) {
      const next = days[day];
      const past = days
        .slice(day - history, day)
        .filter(known => known !== undefined);
      if (!next || next.usage.count < LEAST_SAMPLES || past.length === 0) {
        continue;
      }
      const value = advise(past, next);
      if (value === undefined) {
        continue;
      }
      const { count, mean } = next.usage;
      const usedThatDay = scale * mean * count;
      const overShare = next.usage.shareAbove(value);
      seriesDays++;
      exceeded += overShare > 0 ? 1 : 0;
      over += overShare;
      used += usedThatDay;
      unmet += next.usage.unmetAbove(value) * usedThatDay;
      requested += scale * value * count;
    }
  }
  if (seriesDays === 0) {
    return undefined;
  }
  return {
    rule,
    slackPct: requested > 0 ? 100 * (1 - used / requested) : 0,
    overPct: (100 * over) / seriesDays,
    unmetPct: used > 0 ? (100 * unmet) / used : 0,
    daysExceededPct: (100 * exceeded) / seriesDays,
    seriesDays,
  };
}
