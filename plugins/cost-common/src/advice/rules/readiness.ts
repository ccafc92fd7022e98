import { DayUsage } from '../days/dayUsage';
import { DaysSummary } from '../days/summariseDays';
import { UsedDays } from '../days/usedDays';
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
  used: UsedDays,
  summary: DaysSummary,
): AdviceReason[] {
  const reasons: AdviceReason[] = [];
  const say = (code: AdviceReason['code'], message: string) =>
    reasons.push({ code, resource, message });
  if (!input.spec) {
    say('spec-unknown', 'Requests and limits in force are not known.');
  }
  const { minimumDays } = input.policy;
  // A kill says what samples that were not taken don't: it was too little.
  const killed = resource === 'memory' && summary.killedAtBytes > 0;
  const unsampled = endsByItself(input) || killed;
  const days = unsampled
    ? daysSince(used, input.window.end)
    : used.days.filter(day => day[resource]).length;
  if (days < minimumDays) {
    if (used.change) {
      const name = resource === 'cpu' ? 'CPU' : 'memory';
      const what =
        used.change.what === 'limits'
          ? `Limits changed, and ${name} used before doesn't count`
          : 'The image changed, and usage with it';
      say(
        'spec-changed',
        `${what}: since ${used.change.at} there are ${daysText(
          days,
        )} of the ${minimumDays} that advice on ${name} takes.`,
      );
    } else if (days === 0) {
      say('no-samples', `No ${resource} usage is known in the window.`);
    } else {
      say(
        'too-little-history',
        `${daysText(days)} of usage; advice takes ${minimumDays}.`,
      );
    }
    return reasons;
  }
  if (endsByItself(input)) {
    const runs = runsOf(input, summary);
    const sampled = sampledRuns(input, summary);
    const what = input.facts?.role === 'init' ? 'starts' : 'runs';
    if (runs < MINIMUM_RUNS) {
      say(
        'runs-too-few',
        `${runs} ${what} in the window; the peak of ${what} takes ${MINIMUM_RUNS}.`,
      );
    } else if (sampled < MINIMUM_RUNS && !killed) {
      say(
        sampled === 0 ? 'no-samples' : 'too-few-samples',
        `${sampled} of ${runs} ${what} lasted long enough for a sample; their peak takes ${MINIMUM_RUNS}.`,
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
  if (counted < minimumDays) {
    const percent = Math.round(input.policy.minimumCoverage * 100);
    say(
      'too-few-samples',
      `${counted} of ${days} days have ${percent} % of their samples; advice takes ${minimumDays}.`,
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
        message: `${sampled} of ${runs} runs lasted long enough for a sample: what most of them use is not known, so nothing is lowered.`,
      }
    : undefined;
}

/** Says that the number is the peak of runs or starts, and of how many. */
export function runsNote(
  resource: AdvisedResource,
  { input, summary }: { input: AdviceInput; summary: DaysSummary },
): AdviceReason {
  const runs = runsOf(input, summary);
  const sampled = sampledRuns(input, summary);
  const init = input.facts?.role === 'init';
  const of = sampled < runs ? `${sampled} of ${runs}` : `${runs}`;
  return {
    code: init ? 'init-container' : 'peak-of-runs',
    resource,
    message: init
      ? `Highest of ${of} starts. An init container counts only where it asks for more than all main containers together.`
      : `Highest of ${of} runs${sampled < runs ? ', those with samples' : ''}.`,
  };
}

export function countedDays(
  days: readonly DayUsage[],
  resource: AdvisedResource,
  minimumCoverage: number,
): number {
  return days.filter(day => (day[resource]?.coverage ?? 0) >= minimumCoverage)
    .length;
}

/** Whole days from the first with data to the end of the window: a weekly job runs on few of them. */
function daysSince({ days, usedFrom }: UsedDays, end: string): number {
  return days.length === 0
    ? 0
    : Math.round((Date.parse(end) - Date.parse(usedFrom)) / MS_PER_DAY);
}

function daysText(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}
