import { LabelledSeries } from './LabelledSeries';

/** What alerts were worth, over some series. Counts add up. */
export interface Counts {
  /** With and without labels; the rest is of those that have labels. */
  series: number;
  /** Labelled runs. */
  events: number;
  found: number;
  /** Alerts outside of labelled runs. */
  falseAlerts: number;
  /** Points from the beginning of each run that was found to its first alert. */
  delays: number[];
  weeks: number;
}

/** Points of an hourly series, and minutes of others, that alerts belong together within, or to a label. */
const SLACK_POINTS = 3;
const SLACK_MS = 15 * 60_000;
const WEEK_MS = 7 * 24 * 3_600_000;

const NOTHING: Counts = {
  series: 0,
  events: 0,
  found: 0,
  falseAlerts: 0,
  delays: [],
  weeks: 0,
};

/** The half that methods may learn labels from, and the one that they are judged on. */
export type Half = 'first' | 'second';

/**
 * Judges alerts by events. A labelled run is found when there is an alert at one of its
 * points. Alerts at other points are false, those within three points (or a quarter of an
 * hour) of each other count once; those that close to a labelled run count neither way, as
 * nobody labels to the minute. An alert that never ends is false between any two runs, so
 * that it gains nothing. Of a series without labels nothing is right or false: it counts as
 * a series, and nothing else.
 */
export function judge(
  series: LabelledSeries,
  alerts: ArrayLike<boolean | number>,
  half: Half,
): Counts {
  const { labels, at } = series;
  if (labels === undefined) {
    return { ...NOTHING, series: 1 };
  }
  const middle = Math.floor(at.length / 2);
  const [from, to] = half === 'first' ? [0, middle] : [middle, at.length];
  const slack = slackOf(series);
  const near = nearLabels(labels, slack);
  const counts: Counts = {
    ...NOTHING,
    series: 1,
    delays: [],
    weeks: to > from ? (at[to - 1] - at[from]) / WEEK_MS : 0,
  };
  let start = -1;
  let isFound = false;
  let lastFalse = -Infinity;
  for (let i = from; i < to; i++) {
    if (labels[i]) {
      if (start < 0) {
        start = i;
        isFound = false;
        counts.events += 1;
      }
      if (alerts[i] && !isFound) {
        isFound = true;
        counts.found += 1;
        counts.delays.push(i - start);
      }
      lastFalse = -Infinity;
      continue;
    }
    start = -1;
    if (alerts[i] && !near[i]) {
      if (i - lastFalse > slack) {
        counts.falseAlerts += 1;
      }
      lastFalse = i;
    }
  }
  return counts;
}

export function addUp(all: readonly Counts[]): Counts {
  const sum = (pick: (counts: Counts) => number) =>
    all.reduce((total, counts) => total + pick(counts), 0);
  return {
    series: sum(({ series }) => series),
    events: sum(({ events }) => events),
    found: sum(({ found }) => found),
    falseAlerts: sum(({ falseAlerts }) => falseAlerts),
    delays: all.flatMap(({ delays }) => delays),
    weeks: sum(({ weeks }) => weeks),
  };
}

/** What a line of the bench has; null = can't be said, as there were no labels or no alerts. */
export interface Figures {
  precision: number | null;
  recall: number | null;
  f1: number | null;
  /** Points from the beginning of a run to its alert, on the average of those found. */
  delaySteps: number | null;
  falseAlertsPerSeriesWeek: number | null;
}

export function figuresOf(counts: Counts): Figures {
  const { events, found, falseAlerts, delays, weeks } = counts;
  return {
    precision: ratio(found, found + falseAlerts),
    recall: ratio(found, events),
    f1: ratio(2 * found, found + falseAlerts + events),
    delaySteps: ratio(
      delays.reduce((total, delay) => total + delay, 0),
      delays.length,
    ),
    falseAlertsPerSeriesWeek: ratio(falseAlerts, weeks),
  };
}

function ratio(of: number, by: number): number | null {
  return by > 0 ? Number((of / by).toFixed(3)) : null;
}

function slackOf({ at }: LabelledSeries): number {
  const gaps = Array.from(at.subarray(1), (time, i) => time - at[i])
    .filter(gap => gap > 0)
    .sort((a, b) => a - b);
  const interval = gaps[gaps.length >> 1];
  return interval
    ? Math.max(SLACK_POINTS, Math.round(SLACK_MS / interval))
    : SLACK_POINTS;
}

function nearLabels(labels: Uint8Array, slack: number): Uint8Array {
  const near = new Uint8Array(labels.length);
  labels.forEach((label, i) => {
    if (label) {
      near.fill(1, Math.max(0, i - slack), i + slack + 1);
    }
  });
  return near;
}
