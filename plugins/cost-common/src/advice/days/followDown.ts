import {
  chooseRequest,
  RequestChoice,
  RequestOptions,
  RequestReplay,
  CpuDay,
} from '../request';
import { MEMORIES, MEMORY_MARGINS, MOST_OVER } from '../appetites';
import { Memory } from '../request/memory';
import { HELD_MARGIN, heldLevel, heldPastOf } from '../request/heldPast';
import { Appetite } from '../types';
import { cpuDaysOf, ContainerDay } from './containerDay';
import { dailyLevels, isFalling } from './drift';
import { isThrottledDay } from './throttled';

/** Days that stand for a load that falls: a whole week, so that each weekday is in them. */
export const FOLLOWED_DAYS = 7;

/** The last days, where advice follows a load that falls. */
export interface Followed {
  days: ContainerDay[];
  /** Start of the first, ISO 8601 UTC. */
  from: string;
}

/** What follows from a CPU load that falls. */
export interface FollowedCpu extends Followed {
  choice: RequestChoice;
  /** Each earlier day advised from the week before it. */
  replay: RequestReplay;
}

/**
 * The last week of a CPU load that falls steadily, when following it would have
 * gone well all along: each day is held against what the week before it would
 * have advised. A rare peak among the earlier days fails that, and keeps the
 * whole look-back.
 */
export function followCpuDown(
  days: readonly ContainerDay[],
  options: Pick<RequestOptions, 'appetite' | 'previous'>,
): FollowedCpu | undefined {
  if (
    !isFalling(dailyLevels(days, 'cpu')) ||
    days.some(({ digest }) => isThrottledDay(digest))
  ) {
    return undefined;
  }
  const known = days.filter(({ cpu }) => cpu);
  const all = cpuDaysOf(known).flatMap(day => day ?? []);
  const choice = chooseRequest(all.slice(-FOLLOWED_DAYS), {
    ...options,
    before: all.slice(0, -FOLLOWED_DAYS),
  });
  const replay =
    choice && replayByWeek(all, choice.rule, MEMORIES[options.appetite]);
  return replay && replay.overShare <= MOST_OVER[options.appetite]
    ? { ...lastWeek(known), choice, replay }
    : undefined;
}

/**
 * The last week of a memory load that falls steadily, when no day went above
 * the peak of the week before it and the margin. Memory can't be taken back, so
 * none may.
 */
export function followMemoryDown(
  days: readonly ContainerDay[],
  appetite: Appetite,
): Followed | undefined {
  const peaks = dailyLevels(days, 'memory');
  const killed = days.some(({ digest }) => (digest.oomKills ?? 0) > 0);
  if (!isFalling(peaks) || killed) {
    return undefined;
  }
  const covered = peaks.every(
    (peak, day) =>
      day < FOLLOWED_DAYS ||
      peak <=
        MEMORY_MARGINS[appetite] *
          Math.max(...peaks.slice(day - FOLLOWED_DAYS, day)),
  );
  return covered ? lastWeek(days.filter(({ memory }) => memory)) : undefined;
}

function lastWeek(days: readonly ContainerDay[]): Followed {
  const last = days.slice(-FOLLOWED_DAYS);
  return { days: last, from: last[0].digest.start };
}

function replayByWeek(
  days: readonly CpuDay[],
  { quantile, margin }: { quantile: number; margin: number },
  memory: Memory,
): RequestReplay {
  let over = 0;
  let used = 0;
  let requested = 0;
  for (let day = FOLLOWED_DAYS; day < days.length; day++) {
    const week = days.slice(day - FOLLOWED_DAYS, day);
    const largest = Math.max(
      ...week.map(each =>
        quantile === 1 ? each.max : each.quantile(quantile),
      ),
    );
    const value = Math.max(
      margin * largest,
      heldLevel(heldPastOf(days.slice(0, day), 'last'), memory).level *
        HELD_MARGIN,
    );
    const { count, mean, max } = days[day];
    over += value >= max ? 0 : days[day].shareAbove(value);
    used += mean * count;
    requested += value * count;
  }
  const judged = days.length - FOLLOWED_DAYS;
  return {
    days: judged,
    overShare: over / judged,
    slackShare: requested > 0 ? 1 - used / requested : 0,
  };
}
