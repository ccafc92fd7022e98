import { HOUR_MS } from '@headroom/common';

/** A span of time, milliseconds since the epoch, `end` exclusive. @internal */
export interface Span {
  start: number;
  end: number;
}

/** Milliseconds two spans have in common. @internal */
export function overlapMs(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
}

/** The whole hours of a window. @internal */
export function hoursOf(window: Span): Span[] {
  const hours: Span[] = [];
  for (let start = window.start; start < window.end; start += HOUR_MS) {
    hours.push({ start, end: start + HOUR_MS });
  }
  return hours;
}

/** ISO 8601 UTC. @internal */
export function isoOf(millis: number): string {
  return new Date(millis).toISOString();
}

/** RFC 3339 without milliseconds, the form every version parses. @internal */
export function rfc3339Of(millis: number): string {
  return isoOf(millis).replace('.000Z', 'Z');
}

/** A length of time for a message: `1 h`, `24 h`, `30 min`. @internal */
export function durationText(millis: number): string {
  return millis % HOUR_MS === 0
    ? `${millis / HOUR_MS} h`
    : `${Math.round(millis / 600) / 100} min`;
}
