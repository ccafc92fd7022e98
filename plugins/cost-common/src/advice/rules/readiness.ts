import { DayUsage } from '../days/dayUsage';
import { DaysSummary } from '../days/summariseDays';
import { UsedDays } from '../days/usedDays';
import { AdvisedResource, AdviceInput, AdviceReason } from '../types';

/** Runs, or starts of an init container, that a peak takes. */
export const MINIMUM_RUNS = 3;

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
  const days = endsByItself(input)
    ? daysSince(used, input.window.end)
    : used.days.filter(day => day[resource]).length;
  if (days < minimumDays) {
    if (used.change) {
      const what =
        used.change.what === 'limits'
          ? 'Limits changed'
          : 'The image changed, and usage with it,';
      say(
        'spec-changed',
        `${what} at ${
          used.change.at
        }; advice stands on what was used since, ${daysText(
          days,
        )} of the ${minimumDays} it takes.`,
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
    if (runs < MINIMUM_RUNS) {
      const what = input.facts?.role === 'init' ? 'starts' : 'runs';
      say(
        'runs-too-few',
        `${runs} ${what} in the window; the peak of ${what} takes ${MINIMUM_RUNS}.`,
      );
    }
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
