import { confidenceOf } from './days/confidence';
import { DaysSummary, summariseDays } from './days/summariseDays';
import { UsedDays, usedDays } from './days/usedDays';
import { BothSettings, outcomeOf } from './money/backtest';
import { chargedMicros, perMonth } from './money/charged';
import { RequestReplay } from './request';
import { decide } from './rules/decide';
import { CurrentSetting, Draft, requestOf } from './rules/draft';
import { CpuDraft, draftCpu } from './rules/draftCpu';
import { draftMemory } from './rules/draftMemory';
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
export function adviseContainer(input: AdviceInput): ContainerAdvice {
  const used = usedDays(input);
  const summary = summariseDays(used.days);
  const context = { input, used, summary };
  const currently = currentOf(input);
  const hours = Math.round(
    (Date.parse(input.window.end) - Date.parse(used.usedFrom)) / MS_PER_HOUR,
  );

  const cpuDraft = draftCpu(context);
  const memoryDraft = draftMemory(context);
  const advise = (draft: Draft): ResourceAdvice =>
    decide(draft, currently[draft.resource], {
      noise: input.policy.noise,
      usage: summary.usage[draft.resource],
      saving: savingOf(draft.resource, draft.setting),
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
    evidence: evidenceOf(input, used, summary, cpuDraft.kept),
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
    if (!input.spec || !(summary.usage.cpu || summary.usage.memory)) {
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
    return {
      days: used.days.length,
      start: used.usedFrom,
      end: input.window.end,
      current: outcomeOf(used.days, currently, input.prices),
      proposed: outcomeOf(used.days, after, input.prices),
      ...(replay && { dayAhead: replay }),
    };
  }
}

function currentOf({ spec }: AdviceInput): BothSettings {
  return {
    cpu: { request: spec?.cpuRequestCores, limit: spec?.cpuLimitCores },
    memory: {
      request: spec?.memoryRequestBytes,
      limit: spec?.memoryLimitBytes,
    },
  };
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
  input: AdviceInput,
  used: UsedDays,
  summary: DaysSummary,
  kept: CpuDraft['kept'],
): AdviceEvidence {
  const { noise, ...policy } = input.policy;
  const { oomKills, throttledShare, startup } = summary;
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
    ...(kept && input.previous && { previous: input.previous }),
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
