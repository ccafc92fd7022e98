import { Worded } from '@headroom/common';
import { ContainerDay } from '../days/containerDay';
import { DaysSummary } from '../days/summariseDays';
import { DaysThatCount } from '../days/daysThatCount';
import { wordReadiness } from '../messages/readiness';
import { wordUsage } from '../messages/usage';
import { AdvisedResource, AdviceInput, AdviceReason } from '../types';

/** Runs, or starts of an init container, that a peak takes. */
export const MINIMUM_RUNS = 3;
/** Share of the runs that must have been sampled for a peak of theirs to take something away. */
const SAMPLED_SHARE = 0.5;

const MS_PER_DAY = 86_400_000;

/**
 * Whether a container is judged by its runs rather than its days: it is made to
 * end, so there are no five-minute samples around the clock.
 */
export function endsByItself(
  input: Pick<AdviceInput, 'workload' | 'facts'>,
): boolean {
  const { kind } = input.workload;
  return kind === 'Job' || kind === 'CronJob' || input.facts?.role === 'init';
}

/** Why there is no number yet; empty when there can be one. */
export function notYet(
  resource: AdvisedResource,
  input: AdviceInput,
  used: DaysThatCount,
  summary: DaysSummary,
): AdviceReason[] {
  const reasons: AdviceReason[] = [];
  const say = (code: AdviceReason['code'], words: Worded) =>
    reasons.push({ code, resource, ...words });
  if (!input.spec) {
    say('spec-unknown', wordReadiness('specUnknown'));
  }
  const wanted = input.policy.minimumDays;
  // A kill says what samples that were not taken don't: it was too little.
  const killed = resource === 'memory' && summary.killedAtBytes > 0;
  const unsampled = endsByItself(input) || killed;
  const days = unsampled
    ? daysSince(used, input.window.end)
    : used.days.filter(day => day[resource]).length;
  if (days < wanted) {
    if (used.change) {
      const { what, at } = used.change;
      say(
        'spec-changed',
        wordReadiness(what === 'limits' ? 'limitsChanged' : 'imageChanged', {
          at: minuteText(at),
          count: days,
          wanted,
        }),
      );
    } else if (days === 0) {
      say(
        'no-samples',
        wordReadiness(resource === 'cpu' ? 'cpuUnknown' : 'memoryUnknown'),
      );
    } else {
      say(
        'too-little-history',
        wordReadiness('fewDays', { count: days, wanted }),
      );
    }
    return reasons;
  }
  if (endsByItself(input)) {
    const runs = runsOf(input, summary);
    const measured = sampledRuns(input, summary);
    const isInit = input.facts?.role === 'init';
    if (runs < MINIMUM_RUNS) {
      say(
        'runs-too-few',
        wordReadiness(isInit ? 'fewStarts' : 'fewRuns', {
          count: runs,
          wanted: MINIMUM_RUNS,
        }),
      );
    } else if (measured === 0 && !killed) {
      say(
        'no-samples',
        wordReadiness(isInit ? 'noMeasuredStarts' : 'noMeasuredRuns', {
          runs,
          wanted: MINIMUM_RUNS,
        }),
      );
    } else if (measured < MINIMUM_RUNS && !killed) {
      say(
        'too-few-samples',
        wordReadiness(isInit ? 'fewMeasuredStarts' : 'fewMeasuredRuns', {
          measured,
          runs,
          wanted: MINIMUM_RUNS,
        }),
      );
    }
    return reasons;
  }
  if (killed) {
    return reasons;
  }
  const counted = countedDays(
    used.days,
    resource,
    input.policy.minimumCoverage,
  );
  if (counted < wanted) {
    const percent = Math.round(input.policy.minimumCoverage * 100);
    say(
      'too-few-samples',
      wordReadiness('thinDays', { counted, days, percent, wanted }),
    );
  }
  return reasons;
}

/** Runs of a Job, or starts of an init container. */
export function runsOf(
  input: Pick<AdviceInput, 'facts'>,
  summary: DaysSummary,
): number {
  return input.facts?.role === 'init'
    ? summary.startup?.starts ?? 0
    : summary.runs.size;
}

/** Runs of which at least one sample was taken. */
function sampledRuns(
  input: Pick<AdviceInput, 'facts'>,
  summary: DaysSummary,
): number {
  if (input.facts?.role === 'init') {
    const { starts = 0, memoryBytes = 0 } = summary.startup ?? {};
    // Starts are not told apart: with a sample of one, all are taken for seen.
    return memoryBytes > 0 || summary.samples > 0 ? starts : 0;
  }
  let sampled = 0;
  for (const { slots } of summary.runs.values()) {
    sampled += slots > 0 ? 1 : 0;
  }
  return sampled;
}

/** Why a peak of runs may not lower anything; undefined when it may. */
export function unseenRuns(
  resource: AdvisedResource,
  input: AdviceInput,
  summary: DaysSummary,
): AdviceReason | undefined {
  const runs = runsOf(input, summary);
  const sampled = sampledRuns(input, summary);
  return endsByItself(input) && sampled < SAMPLED_SHARE * runs
    ? {
        code: 'too-few-samples',
        resource,
        ...wordReadiness('mostlyUnmeasured', { measured: sampled, runs }),
      }
    : undefined;
}

/** Says that the number is the peak of runs or starts, and of how many. */
export function runsNote(
  resource: AdvisedResource,
  { input, summary }: { input: AdviceInput; summary: DaysSummary },
): AdviceReason {
  const runs = runsOf(input, summary);
  const measured = sampledRuns(input, summary);
  const isInit = input.facts?.role === 'init';
  return {
    code: isInit ? 'init-container' : 'peak-of-runs',
    resource,
    ...(measured < runs
      ? wordUsage(isInit ? 'measuredStarts' : 'measuredRuns', {
          measured,
          runs,
        })
      : wordUsage(isInit ? 'starts' : 'runs', { runs })),
  };
}

export function countedDays(
  days: readonly ContainerDay[],
  resource: AdvisedResource,
  minimumCoverage: number,
): number {
  return days.filter(day => (day[resource]?.coverage ?? 0) >= minimumCoverage)
    .length;
}

/** Whole days from the first with data to the end of the window: a weekly job runs on few of them. */
function daysSince({ days, usedFrom }: DaysThatCount, end: string): number {
  return days.length === 0
    ? 0
    : Math.round((Date.parse(end) - Date.parse(usedFrom)) / MS_PER_DAY);
}

/** `2026-01-25 10:05 UTC`. */
function minuteText(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}
