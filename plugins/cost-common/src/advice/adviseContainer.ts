import { confidenceOf } from './days/confidence';
import { BothDays, BothSettings, outcomeOf } from './money/backtest';
import { chargedMicros, perMonth } from './money/charged';
import { RequestReplay } from './request';
import { AdviceContext, contextsOf, currentOf } from './rules/context';
import { decide } from './rules/decide';
import { CurrentSetting, Draft, requestOf } from './rules/draft';
import { CpuDraft, draftCpu } from './rules/draftCpu';
import { draftMemory, MemoryDraft } from './rules/draftMemory';
import { endsByItself } from './rules/readiness';
import { vpaOf } from './steering/steeringOf';
import {
  AdvisedResource,
  AdviceEvidence,
  AdviceInput,
  AdviceMoney,
  Backtest,
  ContainerAdvice,
  CountedDays,
  ResourceAdvice,
  Setting,
} from './types';

const MS_PER_HOUR = 3_600_000;

/**
 * Request and limit for one container, from its digests: pure and without a
 * clock, so the same input gives the same advice.
 *
 * Usage is never scaled by what is set now, so an advice that was applied and is
 * computed again from the same usage proposes nothing further.
 *
 * Each resource has its own days, see `daysThatCount`. Money is of them; the
 * back-test is of `[evidence.usedFrom, window.end)`, throttling and kills in it of
 * the days of their resource. Digests outside the window are ignored.
 *
 * @public
 */
export function adviseContainer(given: AdviceInput): ContainerAdvice {
  const contexts = contextsOf(given);
  const { input } = contexts.cpu;
  const longer = longerOf(contexts);

  const cpuDraft = draftCpu(contexts.cpu);
  const memoryDraft = draftMemory(contexts.memory);
  const currently: BothSettings = {
    cpu: cpuDraft.current ?? currentOf('cpu', contexts.cpu),
    memory: memoryDraft.current ?? currentOf('memory', contexts.memory),
  };
  const advise = (draft: Draft): ResourceAdvice =>
    decide(draft, currently[draft.resource], {
      noise: input.policy.noise,
      usage: contexts[draft.resource].summary.usage[draft.resource],
      saving: savingOf(draft.resource, draft.setting),
      limitsKnown: input.limits !== undefined,
    });
  const cpu = advise(cpuDraft);
  const memory = advise(memoryDraft);

  const money = moneyOf(cpu.proposed, memory.proposed);
  const heldMoney = moneyOf(cpu.held, memory.held);
  const backtest = backtestOf(cpuDraft.replay);
  const vpa = vpaOf(input.steering, input.container);
  return {
    status: statusOf(cpu, memory),
    cpu,
    memory,
    hpa: cpu.status === 'change' && cpuDraft.hpa ? [cpuDraft.hpa] : [],
    ...(vpa && { vpa }),
    ...(backtest && { backtest }),
    ...(money && { money }),
    ...(heldMoney && { heldMoney }),
    confidence: confidenceIn(leastKnown(contexts, { cpu, memory })),
    evidence: evidenceOf(contexts, longer, cpuDraft, memoryDraft),
  };

  function savingOf(
    resource: Draft['resource'],
    setting: Setting | undefined,
  ): bigint {
    if (!setting) {
      return 0n;
    }
    const { days, usedFrom } = contexts[resource].used;
    const charged = (request: number) =>
      chargedMicros(days, resource, request, input.prices);
    return perMonth(
      charged(requestOf(currently[resource])) - charged(setting.request),
      hoursFrom(usedFrom, input.window.end),
    );
  }

  function moneyOf(
    cpuSetting: Setting | undefined,
    memorySetting: Setting | undefined,
  ): AdviceMoney | undefined {
    const { currency, cpuCoreHour, memoryGibHour } = input.prices;
    const priced =
      (cpuSetting && cpuCoreHour !== undefined) ||
      (memorySetting && memoryGibHour !== undefined);
    if (!priced) {
      return undefined;
    }
    const saving =
      savingOf('cpu', cpuSetting) + savingOf('memory', memorySetting);
    return { currency, listMicros: saving.toString() };
  }

  function backtestOf(replay: RequestReplay | undefined): Backtest | undefined {
    const { usage, killedAtBytes } = longer.summary;
    if (!input.spec || !(usage.cpu || usage.memory || killedAtBytes)) {
      return undefined;
    }
    const proposes = cpu.proposed ?? memory.proposed;
    const after: BothSettings = {
      cpu: applied(currently.cpu, proposes ? cpu.proposed : cpu.held),
      memory: applied(
        currently.memory,
        proposes ? memory.proposed : memory.held,
      ),
    };
    const days: BothDays = {
      all: longer.used.days,
      cpu: daysFrom('cpu', cpuDraft.followedFrom),
      memory: daysFrom('memory', memoryDraft.followedFrom),
    };
    return {
      days: longer.used.days.length,
      start: longer.used.usedFrom,
      end: input.window.end,
      current: outcomeOf(days, currently, input.prices),
      proposed: outcomeOf(days, after, input.prices),
      ...(replay && { dayAhead: replay }),
    };
  }

  /** Those a load that falls is followed by; the others had another load. */
  function daysFrom(resource: AdvisedResource, start: string | undefined) {
    const { days } = contexts[resource].used;
    return start === undefined
      ? days
      : days.filter(({ digest }) => digest.start >= start);
  }
}

function hoursFrom(start: string, end: string): number {
  return Math.round((Date.parse(end) - Date.parse(start)) / MS_PER_HOUR);
}

/** Of the resource for which more days count. */
function longerOf({
  cpu,
  memory,
}: Record<AdvisedResource, AdviceContext>): AdviceContext {
  return cpu.used.days.length >= memory.used.days.length ? cpu : memory;
}

/** Of what is advised, that for which fewer days count; of both when nothing is. */
function leastKnown(
  { cpu, memory }: Record<AdvisedResource, AdviceContext>,
  advice: Record<AdvisedResource, ResourceAdvice>,
): AdviceContext {
  const shorter =
    cpu.used.days.length <= memory.used.days.length ? 'cpu' : 'memory';
  const longer = shorter === 'cpu' ? 'memory' : 'cpu';
  const saysOnlyLonger =
    advice[shorter].status === 'withheld' &&
    advice[longer].status !== 'withheld';
  return { cpu, memory }[saysOnlyLonger ? longer : shorter];
}

function confidenceIn({ input, used, summary }: AdviceContext): number {
  return confidenceOf(used.days, {
    end: input.window.end,
    coverage: endsByItself(input) ? 1 : summary.coverage,
    gapsCount: !endsByItself(input),
  });
}

function applied(
  current: CurrentSetting,
  setting: Setting | undefined,
): CurrentSetting {
  return setting
    ? { request: setting.request, limit: setting.limit ?? undefined }
    : current;
}

function statusOf(
  cpu: ResourceAdvice,
  memory: ResourceAdvice,
): ContainerAdvice['status'] {
  const statuses = [cpu.status, memory.status];
  return (
    (['change', 'withheld'] as const).find(status =>
      statuses.includes(status),
    ) ?? 'keep'
  );
}

function evidenceOf(
  contexts: Record<AdvisedResource, AdviceContext>,
  { input, used, summary }: AdviceContext,
  cpu: CpuDraft,
  memory: MemoryDraft,
): AdviceEvidence {
  const { noise, ...policy } = input.policy;
  const { oomKills } = summary;
  const { throttledShare } = contexts.cpu.summary;
  const cpuCores = contexts.cpu.summary.startup?.cpuCores;
  const memoryBytes = contexts.memory.summary.startup?.memoryBytes;
  const followedFrom = {
    ...(cpu.followedFrom && { cpu: cpu.followedFrom }),
    ...(memory.followedFrom && { memory: memory.followedFrom }),
  };
  return {
    cluster: input.cluster,
    workload: input.workload,
    container: input.container,
    window: input.window,
    usedFrom: used.usedFrom,
    days: used.days.length,
    counted: {
      cpu: countedOf(contexts.cpu),
      memory: countedOf(contexts.memory),
    },
    coverage: summary.coverage,
    samples: summary.samples,
    pods: summary.pods,
    appetite: input.appetite,
    policy: {
      ...policy,
      noise: {
        ratio: noise.ratio,
        microsPerMonth: noise.microsPerMonth.toString(),
      },
    },
    prices: input.prices,
    spec: input.spec ?? {},
    ...(!input.spec && { specUnknown: true as const }),
    ...(input.facts && { facts: input.facts }),
    steering: input.steering ?? null,
    ...(input.limits && { limits: input.limits }),
    ...(input.node && { node: input.node }),
    ...(input.others && { others: input.others }),
    ...(Object.keys(followedFrom).length > 0 && { followedFrom }),
    ...(cpu.kept && input.previous && { previous: input.previous }),
    ...(oomKills !== undefined && { oomKills }),
    ...(throttledShare !== undefined && { throttledShare }),
    ...((cpuCores !== undefined || memoryBytes !== undefined) && {
      startup: { cpuCores: cpuCores ?? 0, memoryBytes: memoryBytes ?? 0 },
    }),
  };
}

function countedOf({ used: { usedFrom, days } }: AdviceContext): CountedDays {
  return { from: usedFrom, days: days.length };
}
