/** One series of a small cluster, as Prometheus would have stored it. */
export interface Series {
  metric: string;
  labels: Record<string, string>;
  /** Seconds since {@link START} and values, oldest first. */
  samples: Array<[seconds: number, value: number]>;
}

/** First instant that is asked for, on the hour. */
export const START = Date.UTC(2026, 2, 2, 10) / 1000;
export const HOURS = 3;
/** Data begin an hour before and end a quarter of an hour after what is asked for. */
export const FROM = -3600;
export const TO = HOURS * 3600 + 900;

export const GIB = 2 ** 30;

/** How a target is scraped: seconds between two scrapes, and where in them. */
export interface Pace {
  every: number;
  phase?: number;
  from?: number;
  to?: number;
}

/** Samples of a value at a pace; `undefined` = the target doesn't have the series then. */
export function sampled(
  { every, phase = 0, from = FROM, to = TO }: Pace,
  value: number | ((seconds: number) => number | undefined),
): Series['samples'] {
  const samples: Series['samples'] = [];
  const first = Math.ceil((from - phase) / every) * every + phase;
  for (let at = first; at < to; at += every) {
    const now = typeof value === 'number' ? value : value(at);
    if (now !== undefined) {
      samples.push([at, now]);
    }
  }
  return samples;
}

/** A value while an object is there: after `from`, until `to`. */
export function during(
  from: number,
  to: number,
  value: number | ((seconds: number) => number) = 1,
): (seconds: number) => number | undefined {
  return at => {
    if (at <= from || at > to) {
      return undefined;
    }
    return typeof value === 'number' ? value : value(at);
  };
}

export function series(
  metric: string,
  labels: Record<string, string | undefined>,
  samples: Series['samples'],
): Series {
  const present = Object.entries(labels).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { metric, labels: Object.fromEntries(present), samples };
}
