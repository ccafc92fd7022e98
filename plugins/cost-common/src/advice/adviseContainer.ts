import { confidenceOf } from './days/confidence';
import { BothDays, BothSettings, outcomeOf } from './money/backtest';
import { chargedMicros, perMonth } from './money/charged';
import { RequestReplay } from './request';
import { AdviceContext, contextOf, currentOf } from './rules/context';
import { decide } from './rules/decide';
import { CurrentSetting, Draft, requestOf } from './rules/draft';
import { CpuDraft, draftCpu } from './rules/draftCpu';
import { draftMemory, MemoryDraft } from './rules/draftMemory';
import { endsByItself } from './rules/readiness';
import { vpaOf } from './steering/steeringOf';
import {
  AdviceEvidence,
  AdviceInput,
  AdviceMoney,
  Backtest,
  ContainerAdvice,
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
 * Money and back-test are of `[evidence.usedFrom, window.end)`, like every other
 * number of the advice. Digests outside the window are ignored.
 *
 * @public
 */
export function adviseContainer(given: AdviceInput): ContainerAdvice {
  const context = contextOf(given);
  const { input, used, summary } = context;
  const hours = Math.round(
    (Date.parse(input.window.end) - Date.parse(used.usedFrom)) / MS_PER_HOUR,
  );

  const cpuDraft = draftCpu(context);
  const memoryDraft = draftMemory(context);
  const currently: BothSettings = {
    cpu: cpuDraft.current ?? currentOf('cpu', context),
    memory: memoryDraft.current ?? currentOf('memory', context),
  };
  const advise = (draft: Draft): ResourceAdvice =>
    decide(draft, currently[draft.resource], {
      noise: input.policy.noise,
      usage: summary.usage[draft.resource],
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
    confidence: confidenceOf(used.days, {
      end: input.window.end,
      coverage: endsByItself(input) ? 1 : summary.coverage,
      gapsCount: !endsByItself(input),
    }),
    evidence: evidenceOf(context, cpuDraft, memoryDraft),
  };

  function savingOf(
    resource: Draft['resource'],
    setting: Setting | undefined,
  ): bigint {
    if (!setting) {
      return 0n;
    }
    const charged = (request: number) =>
      chargedMicros(used.days, resource, request, input.prices);
    return perMonth(
      charged(requestOf(currently[resource])) - charged(setting.request),
      hours,
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
    const { usage, killedAtBytes } = summary;
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
      all: used.days,
      cpu: daysFrom(cpuDraft.followedFrom),
      memory: daysFrom(memoryDraft.followedFrom),
    };
    return {
      days: used.days.length,
      start: used.usedFrom,
      end: input.window.end,
      current: outcomeOf(days, currently, input.prices),
      proposed: outcomeOf(days, after, input.prices),
      ...(replay && { dayAhead: replay }),
    };
  }

  /** Those a load that falls is followed by; the others had another load. */
  function daysFrom(start: string | undefined) {
    return start === undefined
      ? used.days
      : used.days.filter(({ digest }) => digest.start >= start);
  }
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
  { input, used, summary }: AdviceContext,
  cpu: CpuDraft,
  memory: MemoryDraft,
): AdviceEvidence {
  const { noise, ...policy } = input.policy;
  const { oomKills, throttledShare, startup } = summary;
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
    ...(startup && {
      startup: {
        cpuCores: startup.cpuCores,
        memoryBytes: startup.memoryBytes,
      },
    }),
  };
}
