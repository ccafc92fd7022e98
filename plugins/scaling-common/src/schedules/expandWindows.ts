import { HOUR_MS } from '@headroom/common';
import { sameWish } from '../policies/Wish';
import {
  Calendars,
  Scheduled,
  compareSources,
  occurrencesOf,
} from './occurrencesOf';
import { Expansion, Occurrence, Segment, WindowSource } from './types';

/**
 * The windows of a policy as half-open UTC intervals (S2).
 *
 * @param scheduled - a policy, or its `schedules` and `outside`
 * @param options - `leadSeconds`: how much earlier what gives capacity is wanted
 * @public
 */
export function expandWindows(
  scheduled: Scheduled,
  fromMs: number,
  toMs: number,
  options: { calendars?: Calendars; leadSeconds?: number } = {},
): Expansion {
  const leadMs = Math.min(
    Math.ceil(options.leadSeconds ?? 0) * 1000,
    24 * HOUR_MS,
  );
  const { occurrences, dropped } = occurrencesOf(
    scheduled,
    { fromMs, toMs, leadMs },
    options.calendars,
  );
  const touching = occurrences.filter(
    ({ startMs, leadMs: lead }) => startMs - lead < toMs,
  );
  const windows = touching.filter(({ source }) => source.list === 'windows');
  return {
    occurrences: touching,
    dropped,
    segments: segmentsOf(windows)
      .map(segment => ({
        ...segment,
        startMs: Math.max(segment.startMs, fromMs),
        endMs: Math.min(segment.endMs, toMs),
      }))
      .filter(({ startMs, endMs }) => startMs < endMs)
      .sort(compareSegments),
  };
}

/** By wish, since only what wants the same can be one. */
function segmentsOf(occurrences: readonly Occurrence[]): Segment[] {
  const groups: Occurrence[][] = [];
  for (const occurrence of occurrences) {
    const group = groups.find(([{ wish }]) =>
      sameWish(wish!, occurrence.wish!),
    );
    if (group) {
      group.push(occurrence);
    } else {
      groups.push([occurrence]);
    }
  }
  return groups.flatMap(group => [...windowsOf(group), ...leadsOf(group)]);
}

function compareSegments(a: Segment, b: Segment): number {
  return (
    a.startMs - b.startMs ||
    a.endMs - b.endMs ||
    compareSources(a.sources[0], b.sources[0])
  );
}

function windowsOf(group: readonly Occurrence[]): Segment[] {
  return merged(
    group.map(({ startMs, endMs, source, wish }) => ({
      startMs,
      endMs,
      kind: 'window' as const,
      wish: wish!,
      sources: [source],
    })),
  );
}

/** What of a lead isn't in a window that wants the same already. */
function leadsOf(group: readonly Occurrence[]): Segment[] {
  const windows = windowsOf(group);
  return merged(
    windows.flatMap(window => {
      const first = group.find(({ startMs }) => startMs === window.startMs)!;
      const previous = windows.findLast(({ endMs }) => endMs < window.startMs);
      const startMs = Math.max(
        window.startMs - first.leadMs,
        previous?.endMs ?? -Infinity,
      );
      return startMs < window.startMs
        ? [
            {
              startMs,
              endMs: window.startMs,
              kind: 'lead' as const,
              wish: window.wish,
              sources: [first.source],
            },
          ]
        : [];
    }),
  );
}

/** Neighbours are one (S7): there is no dip where one window hands over to another. */
function merged(segments: readonly Segment[]): Segment[] {
  const result: Segment[] = [];
  for (const segment of [...segments].sort((a, b) => a.startMs - b.startMs)) {
    const last = result[result.length - 1];
    if (last && segment.startMs <= last.endMs) {
      result[result.length - 1] = {
        ...last,
        endMs: Math.max(last.endMs, segment.endMs),
        sources: joined(last.sources, segment.sources),
      };
    } else {
      result.push(segment);
    }
  }
  return result;
}

function joined(
  a: readonly WindowSource[],
  b: readonly WindowSource[],
): WindowSource[] {
  return [
    ...a,
    ...b.filter(each => !a.some(other => compareSources(other, each) === 0)),
  ].sort(compareSources);
}
