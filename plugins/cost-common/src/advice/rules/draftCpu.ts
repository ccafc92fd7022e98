import { DayUsage, usageDayOf } from '../days/dayUsage';
import { coresText } from '../output/quantities';
import { chooseRequest, RequestChoice, RequestReplay } from '../request';
import { hpaDemandOn } from '../steering/hpaOf';
import { keepScalingPoint } from '../steering/keepScalingPoint';
import { scalersOf } from '../steering/steeringOf';
import { AdviceRule, Appetite } from '../types';
import { AdviceContext } from './context';
import { Draft, requestOf } from './draft';
import { podApart } from './podsApart';
import { rarePeak } from './rarePeak';
import { endsByItself, notYet, runsOf } from './readiness';
import { roundCpuUp, RUN_CPU_MARGINS } from './rounding';
import { lowerVetoesOn, vetoesOn } from './vetoes';

/** Throttled share of an hour's periods from which usage is a lower bound of need: where kubernetes-mixin alerts. */
const CENSORED_SHARE = 0.25;
/** What a limit that cut usage off is raised by. */
const THROTTLED_RAISE = 1.5;
const STARTUP_MARGIN = 1.1;
/** A start that needs this many times the request is worth a word. */
const STARTUP_FACTOR = 2;

interface Choice {
  cores: number;
  rule: AdviceRule;
  /** Highest usage seen. */
  peak: number;
  replay?: RequestReplay;
  /** See {@link RequestChoice}. */
  kept?: RequestChoice['kept'];
}

/** What a draft of CPU knows beside the draft. */
export interface CpuDraft extends Draft, Pick<Choice, 'replay' | 'kept'> {}

/** The CPU request and limit that usage asks for, and what speaks against it. */
export function draftCpu(context: AdviceContext): CpuDraft {
  const { input, used, summary } = context;
  const draft: Draft = {
    resource: 'cpu',
    vetoes: notYet('cpu', input, used, summary),
    lowerVetoes: [],
    notes: [],
  };
  if (draft.vetoes.length > 0) {
    return draft;
  }
  draft.vetoes.push(...vetoesOn('cpu', context));
  draft.lowerVetoes.push(...lowerVetoesOn('cpu', context));
  const choice = chooseCpu(context, draft);
  if (!choice) {
    return draft;
  }
  draft.rule = choice.rule;
  const request = requestFor(choice, context, draft);
  draft.setting = { request, limit: limitFor(request, choice, context) };
  sayLimitAndStart(draft, context);
  const { replay, kept } = choice;
  return { ...draft, ...(replay && { replay }), ...(kept && { kept }) };
}

function chooseCpu(context: AdviceContext, draft: Draft): Choice | undefined {
  const { input, used, summary } = context;
  if (endsByItself(input)) {
    return choosePeakOfRuns(context, draft);
  }
  const apart = podApart('cpu', context);
  draft.notes.push(...(apart ? [apart] : []));
  const allNodes = apart?.code === 'odd-node';
  const days = used.days.map(day => usageDay(day, allNodes));
  const choice = chooseRequest(days, {
    appetite: appetiteFor(context, draft),
    previous: input.previous,
  });
  if (!choice) {
    return undefined;
  }
  const { rule, replay, kept } = choice;
  const rare = rarePeak(
    'cpu',
    used.days.map(({ digest }, i) => ({
      start: digest.start,
      level: days[i]?.quantile(rule.quantile) ?? 0,
    })),
  );
  draft.notes.push(...(rare ? [rare] : []));
  return {
    cores: choice.value,
    rule: {
      kind: 'daily-quantile',
      days: rule.days,
      quantile: rule.quantile,
      margin: rule.margin,
    },
    peak: summary.usage.cpu?.peak ?? 0,
    ...(replay && { replay }),
    ...(kept && { kept }),
  };
}

function usageDay({ digest, cpu }: DayUsage, allNodes: boolean) {
  return (
    cpu &&
    (allNodes ? usageDayOf(digest.cpuAll) : usageDayOf(cpu.histogram, cpu.peak))
  );
}

/** What feeds a GPU is dear to starve: it waits at the price of the GPU. */
function appetiteFor({ input }: AdviceContext, draft: Draft): Appetite {
  const gpus = Object.values(input.spec?.gpus ?? {}).some(count => count > 0);
  if (gpus) {
    draft.notes.push({
      code: 'feeds-gpu',
      resource: 'cpu',
      message:
        'This CPU feeds a GPU, which waits when it is short: advised as critical, whatever the appetite.',
    });
  }
  return gpus ? 'critical' : input.appetite.value;
}

function choosePeakOfRuns(context: AdviceContext, draft: Draft): Choice {
  const { input, summary } = context;
  const init = input.facts?.role === 'init';
  const peak = Math.max(
    ...(init ? [] : Array.from(summary.runs.values(), run => run.cpuCores)),
    summary.startup?.cpuCores ?? 0,
    summary.usage.cpu?.peak ?? 0,
  );
  const margin = RUN_CPU_MARGINS[appetiteFor(context, draft)];
  const runs = runsOf(input, summary);
  draft.notes.push({
    code: init ? 'init-container' : 'peak-of-runs',
    resource: 'cpu',
    message: init
      ? `Highest of ${runs} starts. An init container counts only where it asks for more than all main containers together.`
      : `Highest of ${runs} runs.`,
  });
  return {
    cores: peak * margin,
    rule: { kind: 'peak-of-runs', margin, runs, peak },
    peak,
  };
}

function requestFor(
  choice: Choice,
  context: AdviceContext,
  draft: Draft,
): number {
  const { input } = context;
  const current = currentCpu(context);
  const floor = input.policy.floors.cpuCores;
  let wanted = roundCpuUp(choice.cores);
  if (wanted < floor) {
    wanted = roundCpuUp(floor);
    draft.rule = { kind: 'floor', floor };
    draft.notes.push({
      code: 'floor',
      resource: 'cpu',
      message: `Nothing is advised below the floor of ${coresText(floor)}.`,
    });
  }
  if (isThrottled(context)) {
    wanted = Math.max(wanted, requestOf(current));
  }
  const demand = hpaDemandOn('cpu', {
    scalers: scalersOf(input.steering ?? []),
    container: input.container,
    facts: input.facts,
    request: current.request ?? current.limit,
  });
  if (demand.kind === 'veto') {
    draft.vetoes.push(demand.reason);
  }
  if (demand.kind !== 'target') {
    return wanted;
  }
  const { scaler, metric, target } = demand;
  const moved = keepScalingPoint(wanted, {
    request: requestOf(current),
    target,
  });
  if (!moved) {
    draft.vetoes.push({
      code: 'hpa-custom-target',
      resource: 'cpu',
      message: `${scaler.kind} ${scaler.name} adds a pod at ${coresText(
        (requestOf(current) * target) / 100,
      )} a pod; a request of ${coresText(
        wanted,
      )} would need a target below 50 %.`,
    });
    return wanted;
  }
  if (moved.request !== wanted) {
    draft.rule = {
      kind: 'hpa',
      scalingPoint: moved.scalingPoint,
      target: moved.target,
    };
  }
  if (moved.target !== target) {
    draft.hpa = {
      kind: scaler.kind,
      name: scaler.name,
      resource: 'cpu',
      ...(metric.container !== undefined && { container: metric.container }),
      currentTarget: target,
      proposedTarget: moved.target,
    };
    draft.notes.push({
      code: 'hpa-moved',
      resource: 'cpu',
      message: `${scaler.kind} ${scaler.name} keeps adding pods at ${coresText(
        moved.scalingPoint,
      )} a pod: its target moves from ${target} % to ${
        moved.target
      } %, together with the request.`,
    });
  }
  return moved.request;
}

function limitFor(
  request: number,
  choice: Choice,
  context: AdviceContext,
): number | null {
  const { policy } = context.input;
  if (policy.cpuLimit === 'none') {
    return null;
  }
  const startup = context.summary.startup?.cpuCores ?? 0;
  const throttledAt = isThrottled(context) ? currentCpu(context).limit ?? 0 : 0;
  return roundCpuUp(
    Math.max(
      request * policy.cpuLimit.timesRequest,
      startup * STARTUP_MARGIN,
      choice.peak,
      throttledAt * THROTTLED_RAISE,
    ),
  );
}

function sayLimitAndStart(draft: Draft, context: AdviceContext): void {
  const { setting } = draft;
  if (!setting) {
    return;
  }
  const { limit } = currentCpu(context);
  const say = (
    code: 'throttled' | 'limit-removed' | 'startup-peak',
    message: string,
  ) => draft.notes.push({ code, resource: 'cpu', message });
  if (isThrottled(context)) {
    const percent = Math.round((context.summary.throttledShare ?? 0) * 100);
    draft.urgent = true;
    say(
      'throttled',
      `Throttled in up to ${percent} % of an hour's periods: usage is cut off at the limit, so nothing is lowered.`,
    );
  }
  if (limit !== undefined && setting.limit === null) {
    say(
      'limit-removed',
      `The limit of ${coresText(
        limit,
      )} is left off: a CPU limit throttles while the node has cores to spare.`,
    );
  }
  const startup = context.summary.startup?.cpuCores ?? 0;
  if (
    !endsByItself(context.input) &&
    startup > STARTUP_FACTOR * setting.request
  ) {
    const room =
      setting.limit === null
        ? 'no limit stands in its way'
        : 'the limit leaves room for it';
    say(
      'startup-peak',
      `A start takes ${coresText(
        startup,
      )}, more than the request; ${room}. Where nodes are full, a VPA's start-up boost reserves it while it lasts.`,
    );
  }
}

function isThrottled(context: AdviceContext): boolean {
  return (
    currentCpu(context).limit !== undefined &&
    (context.summary.throttledShare ?? 0) >= CENSORED_SHARE
  );
}

function currentCpu({ input }: AdviceContext) {
  return {
    request: input.spec?.cpuRequestCores,
    limit: input.spec?.cpuLimitCores,
  };
}
