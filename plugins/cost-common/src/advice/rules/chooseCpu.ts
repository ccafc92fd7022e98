import {
  cpuDaysOf,
  ContainerDay,
  cpuDayOfHistogram,
} from '../days/containerDay';
import { followCpuDown, FollowedCpu } from '../days/followDown';
import { wordUsage } from '../messages/usage';
import { chooseRequest, RequestChoice, RequestReplay } from '../request';
import { AdviceRule, Appetite } from '../types';
import { AdviceContext } from './context';
import { Draft } from './draft';
import { podApart } from './podsApart';
import { peakNotes } from './peakNotes';
import { endsByItself, runsNote, runsOf } from './readiness';
import { RUN_CPU_MARGINS } from '../appetites';

/** What usage asks for, before anything else is looked at. */
export interface CpuChoice {
  cores: number;
  rule: AdviceRule;
  /** Highest usage of the days it stands on. */
  peak: number;
  replay?: RequestReplay;
  /** See {@link RequestChoice}. */
  kept?: RequestChoice['kept'];
  /** Where it follows a load that falls. */
  followed?: FollowedCpu;
}

/** A request from the days, or from the runs of what ends by itself; says so in the draft. */
export function chooseCpu(
  context: AdviceContext,
  draft: Draft,
): CpuChoice | undefined {
  const { input, used, summary } = context;
  if (endsByItself(input)) {
    return choosePeakOfRuns(context, draft);
  }
  const apart = podApart('cpu', context);
  draft.notes.push(...(apart ? [apart] : []));
  const options = {
    appetite: appetiteFor(context, draft),
    previous: input.previous,
    lookBackDays: input.policy.lookBackDays,
  };
  const allNodes = apart?.code === 'odd-node';
  const followed = allNodes ? undefined : followCpuDown(used.days, options);
  const standsOn = followed?.days ?? used.days;
  const days = allNodes ? cpuDaysOfAll(standsOn) : cpuDaysOf(standsOn);
  const choice = followed?.choice ?? chooseRequest(days, options);
  if (!choice) {
    return undefined;
  }
  const { rule, kept } = choice;
  const replay = followed?.replay ?? choice.replay;
  draft.notes.push(
    ...peakNotes(
      standsOn.map(({ digest }, i) => ({
        start: digest.start,
        usage: days[i],
      })),
      choice,
      { end: input.window.end, fades: !followed },
    ),
  );
  if (followed) {
    sayFollowed(draft, followed);
  }
  return {
    cores: choice.value,
    rule: {
      kind: 'daily-quantile',
      days: rule.days,
      quantile: rule.quantile,
      margin: rule.margin,
      ...(rule.held && { held: rule.held }),
    },
    peak: followed
      ? Math.max(...followed.days.map(({ cpu }) => cpu?.peak ?? 0))
      : summary.usage.cpu?.peak ?? 0,
    ...(replay && { replay }),
    ...(kept && { kept }),
    ...(followed && { followed }),
  };
}

function sayFollowed(draft: Draft, { days, from, replay }: FollowedCpu): void {
  draft.notes.push({
    code: 'falling',
    resource: 'cpu',
    ...wordUsage('cpuFalls', {
      days: days.length,
      from: from.slice(0, 10),
      judged: replay.days,
      percent: Math.round(replay.overShare * 10_000) / 100,
    }),
  });
}

/** Of the pods of all nodes: their samples have no order. */
function cpuDaysOfAll(days: readonly ContainerDay[]) {
  return days.map(({ digest, cpu }) => cpu && cpuDayOfHistogram(digest.cpuAll));
}

/** What feeds a GPU is dear to starve: it waits at the price of the GPU. */
function appetiteFor({ input }: AdviceContext, draft: Draft): Appetite {
  const gpus = Object.values(input.spec?.gpus ?? {}).some(count => count > 0);
  if (gpus) {
    draft.notes.push({
      code: 'feeds-gpu',
      resource: 'cpu',
      ...wordUsage('feedsGpu'),
    });
  }
  return gpus ? 'critical' : input.appetite.value;
}

function choosePeakOfRuns(context: AdviceContext, draft: Draft): CpuChoice {
  const { input, summary } = context;
  const init = input.facts?.role === 'init';
  const peak = Math.max(
    ...(init ? [] : Array.from(summary.runs.values(), run => run.cpuCores)),
    summary.startup?.cpuCores ?? 0,
    summary.usage.cpu?.peak ?? 0,
  );
  const margin = RUN_CPU_MARGINS[appetiteFor(context, draft)];
  const runs = runsOf(input, summary);
  draft.notes.push(runsNote('cpu', context));
  return {
    cores: peak * margin,
    rule: { kind: 'peak-of-runs', margin, runs, peak },
    peak,
  };
}
