import { quantile } from '../../digests';
import { AdvisedResource } from '../types';
import { ContainerDay } from './containerDay';

/** How far a level must move to be another one. */
const SHIFT = 1.25;
/** Days it takes to tell a new level from a bad day. */
const SHIFT_DAYS = 3;
const RECENT_DAYS = 7;
const PARTS = 4;
/** Rise or fall from part to part of the window that makes a trend. */
const TREND = 1.03;
/** How far a load must have fallen over the window for its last days to stand for it. */
const FALL = 1.2;

/** Levels of the days of an advice, which several rules look at. */
const known = new WeakMap<
  readonly ContainerDay[],
  Partial<Record<AdvisedResource, readonly number[]>>
>();

/** What stands for a day: the p95 of CPU, the peak of memory; days without are left out. */
export function dailyLevels(
  days: readonly ContainerDay[],
  resource: AdvisedResource,
): readonly number[] {
  const all = known.get(days) ?? {};
  known.set(days, all);
  return (all[resource] ??= levelsOf(days, resource));
}

function levelsOf(
  days: readonly ContainerDay[],
  resource: AdvisedResource,
): number[] {
  const levels: number[] = [];
  for (const day of days) {
    const series = day[resource];
    if (series) {
      levels.push(
        resource === 'cpu'
          ? quantile(series.histogram, 0.95) ?? 0
          : series.peak,
      );
    }
  }
  return levels;
}

/** Whether every day of `after`, at least three, lies beyond every day of `before`, up or down. */
export function differs(
  resource: AdvisedResource,
  before: readonly ContainerDay[],
  after: readonly ContainerDay[],
): boolean {
  const old = dailyLevels(before, resource);
  const now = dailyLevels(after, resource);
  return (
    old.length > 0 &&
    now.length >= SHIFT_DAYS &&
    (isAbove(now, old) || isAbove(old, now))
  );
}

/**
 * Whether usage is on its way up, so that the past says too little of what
 * comes: the last three days lie above all others, or each quarter of the window
 * above the one before it.
 */
export function isRising(levels: readonly number[]): boolean {
  if (levels.length <= 2 * SHIFT_DAYS) {
    return false;
  }
  return (
    isAbove(levels.slice(-SHIFT_DAYS), levels.slice(0, -SHIFT_DAYS)) ||
    isTrend(levels)
  );
}

/**
 * Whether usage falls steadily over two weeks or more: each quarter of the
 * window lies below the one before it, the last well below the first. One that
 * fell once and stays is a new level, not a trend.
 */
export function isFalling(levels: readonly number[]): boolean {
  if (levels.length < 2 * RECENT_DAYS) {
    return false;
  }
  // Most loads don't: the ends tell.
  return (
    partLevel(levels, 0) >= FALL * partLevel(levels, PARTS - 1) &&
    isTrend([...levels].reverse())
  );
}

/** |ln(level of the last week / level before it)|; 0 while there are less than ten days. */
export function driftOf(levels: readonly number[]): number {
  if (levels.length < RECENT_DAYS + SHIFT_DAYS) {
    return 0;
  }
  const recent = median(levels.slice(-RECENT_DAYS));
  const earlier = median(levels.slice(0, -RECENT_DAYS));
  if (recent === earlier) {
    return 0;
  }
  return recent > 0 && earlier > 0
    ? Math.abs(Math.log(recent / earlier))
    : Infinity;
}

function isAbove(high: readonly number[], low: readonly number[]): boolean {
  return Math.min(...high) > SHIFT * Math.max(...low);
}

/** Whether the medians of the quarters of a window rise from each to the next. */
function isTrend(levels: readonly number[]): boolean {
  let last = 0;
  for (let part = 0; part < PARTS; part++) {
    const level = partLevel(levels, part);
    if (part > 0 && level <= TREND * last) {
      return false;
    }
    last = level;
  }
  return true;
}

function partLevel(levels: readonly number[], part: number): number {
  const from = Math.floor((part * levels.length) / PARTS);
  const to = Math.floor(((part + 1) * levels.length) / PARTS);
  return median(levels.slice(from, to));
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1];
}
