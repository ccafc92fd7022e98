import { Worded } from '@headroom/common';
import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { wordPrometheusCheck as word } from '@headroom/plugin-cost-common';

/** How far apart samples are, in seconds. */
export interface Pace {
  usual: number;
  shortest: number;
  longest: number;
  /** When the last one was, seconds since 1970. */
  last: number;
}

/** Undefined with fewer than three samples: two may be a stale and a fresh one. */
export function paceOf(series: PrometheusSeries): Pace | undefined {
  const times = series.samples.map(([at]) => at).sort((a, b) => a - b);
  const gaps = times
    .slice(1)
    .map((at, index) => at - times[index])
    .sort((a, b) => a - b);
  const last = times.at(-1);
  return gaps.length < 2 || last === undefined
    ? undefined
    : {
        usual: gaps[Math.floor(gaps.length / 2)],
        shortest: gaps[0],
        longest: gaps[gaps.length - 1],
        last,
      };
}

/** `30 s`, `2.5 min`. */
export function durationText(seconds: number): string {
  return seconds < 100
    ? `${Number(seconds.toPrecision(2))} s`
    : `${Number((seconds / 60).toPrecision(2))} min`;
}

/** `30 s`, or `12 s to 27 s` where samples are uneven. */
export function wordInterval({
  usual,
  shortest,
  longest,
}: Pace): string | Worded {
  const even = longest - shortest <= Math.max(2, 0.2 * usual);
  return even
    ? durationText(usual)
    : word('between', {
        shortest: durationText(shortest),
        longest: durationText(longest),
      });
}
