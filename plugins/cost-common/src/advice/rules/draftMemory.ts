import { bytesText } from '../output/quantities';
import { hpaDemandOn } from '../steering/hpaOf';
import { scalersOf } from '../steering/steeringOf';
import { AdviceRule, Setting } from '../types';
import { AdviceContext } from './context';
import { CurrentSetting, Draft, lowers, neverLower } from './draft';
import { podApart } from './podsApart';
import { rarePeak } from './rarePeak';
import { endsByItself, notYet, runsOf } from './readiness';
import { MEMORY_MARGINS, roundMemoryUp } from './rounding';
import { lowerVetoesOn, vetoesOn } from './vetoes';

/** What a limit at which a container was killed is raised by. */
const OOM_BUMP = 1.25;
/** What a heap's own size takes beside it: metaspace, threads, buffers. */
const NON_HEAP = 1.25;
/** A start above this many times the usual p99 decides the number. */
const STARTUP_FACTOR = 1.2;

/**
 * The memory request and limit that the peak of the window asks for, and what
 * speaks against it.
 */
export function draftMemory(context: AdviceContext): Draft {
  const { input, used, summary } = context;
  const draft: Draft = {
    resource: 'memory',
    vetoes: notYet('memory', input, used, summary),
    lowerVetoes: [],
    notes: [],
  };
  if (draft.vetoes.length > 0) {
    return draft;
  }
  draft.vetoes.push(...vetoesOn('memory', context));
  draft.lowerVetoes.push(...lowerVetoesOn('memory', context));
  const current = currentMemory(context);
  const demand = hpaDemandOn('memory', {
    scalers: scalersOf(input.steering ?? []),
    container: input.container,
    facts: input.facts,
    request: current.request,
  });
  if (demand.kind === 'veto') {
    draft.vetoes.push(demand.reason);
  }
  const peak = peakOf(context);
  draft.setting = settingFor(peak, context, draft);
  if (summary.oomKills) {
    keepAfterKill(draft, context, current);
  }
  sayHeapAndVolumes(draft, context, current);
  sayWhereThePeakIs(draft, context);
  if (peak > (current.limit ?? Infinity)) {
    draft.urgent = true;
  }
  return draft;
}

/** Highest working set of the window: of samples, of starts, of runs. */
function peakOf({ summary }: AdviceContext): number {
  return Math.max(
    summary.usage.memory?.peak ?? 0,
    summary.startup?.memoryBytes ?? 0,
    ...Array.from(summary.runs.values(), run => run.memoryBytes),
  );
}

function settingFor(
  peak: number,
  context: AdviceContext,
  draft: Draft,
): Setting {
  const { input, summary } = context;
  const { memoryLimitRatio, floors } = input.policy;
  const margin = MEMORY_MARGINS[input.appetite.value];
  const runs = endsByItself(input) ? runsOf(input, summary) : undefined;
  let least = peak * margin;
  let rule: AdviceRule =
    runs === undefined
      ? { kind: 'peak', margin, peak }
      : { kind: 'peak-of-runs', margin, runs, peak };
  const killedAt = summary.killedAtBytes;
  const limitAfterKill = summary.oomKills
    ? Math.max(peak, killedAt) * OOM_BUMP
    : 0;
  if (limitAfterKill / memoryLimitRatio > least) {
    least = limitAfterKill / memoryLimitRatio;
    rule = { kind: 'oom', bump: OOM_BUMP, killedAt: killedAt || peak };
  }
  if (floors.memoryBytes > least) {
    least = floors.memoryBytes;
    rule = { kind: 'floor', floor: floors.memoryBytes };
    draft.notes.push({
      code: 'floor',
      resource: 'memory',
      message: `Nothing is advised below the floor of ${bytesText(
        floors.memoryBytes,
      )}.`,
    });
  }
  draft.rule = rule;
  // A heap that was given a size takes it sooner or later, used so far or not.
  const heap = (input.facts?.fixedHeap?.heapBytes ?? 0) * NON_HEAP;
  const request = roundMemoryUp(Math.max(least, heap / memoryLimitRatio));
  const limit = roundMemoryUp(
    Math.max(request * memoryLimitRatio, limitAfterKill, heap),
  );
  return { request, limit };
}

/**
 * After a kill nothing is lowered. The floor stands on the limit at the kill, so
 * that a raise that was taken is not raised again.
 */
function keepAfterKill(
  draft: Draft,
  { summary }: AdviceContext,
  current: CurrentSetting,
): void {
  const { setting } = draft;
  if (!setting) {
    return;
  }
  const kept = neverLower(setting, current);
  const killedAt = summary.killedAtBytes;
  const at = killedAt ? ` at a limit of ${bytesText(killedAt)}` : '';
  draft.notes.unshift({
    code: 'oom-killed',
    resource: 'memory',
    message: `Killed ${summary.oomKills} times for lack of memory${at}: the peak is cut off there, so nothing is lowered while the kill is in the window.`,
  });
  if (lowers(setting, current)) {
    draft.unclamped = setting;
    draft.setting = kept;
  }
  draft.urgent = true;
}

function sayHeapAndVolumes(
  draft: Draft,
  { input, summary }: AdviceContext,
  current: CurrentSetting,
): void {
  const { setting } = draft;
  const { fixedHeap, memoryVolumes } = input.facts ?? {};
  if (!setting) {
    return;
  }
  // After a kill more memory helps, whatever made the process big.
  const into =
    summary.oomKills && !lowers(setting, current) ? draft.notes : draft.vetoes;
  if (fixedHeap) {
    const { runtime, evidence, heapBytes, heapShareOfLimit } = fixedHeap;
    let hint =
      'Set the heap first, then the limit to what it takes with all beside the heap.';
    if (heapBytes !== undefined) {
      hint = `The limit must hold a heap of ${bytesText(
        heapBytes,
      )} and what lies beside it, ${bytesText(
        heapBytes * NON_HEAP,
      )} or more: lower the heap first.`;
    } else if (heapShareOfLimit !== undefined) {
      hint = `The heap is ${Math.round(
        heapShareOfLimit * 100,
      )} % of the limit: a lower limit makes it smaller, which only the live heap after a collection can justify.`;
    }
    into.push({
      code: 'fixed-heap',
      resource: 'memory',
      message: `Memory follows what ${runtime} was told (${evidence}), not what it needs: the working set is the heap's high-water mark. ${hint}`,
    });
  }
  if (memoryVolumes) {
    into.push({
      code: 'memory-volumes',
      resource: 'memory',
      message:
        'Memory-backed volumes count in the working set: files in them are kept however little the process needs.',
    });
  }
}

function sayWhereThePeakIs(draft: Draft, context: AdviceContext): void {
  const { input, used, summary } = context;
  const { usage, startup } = summary;
  if (endsByItself(input)) {
    const runs = runsOf(input, summary);
    const init = input.facts?.role === 'init';
    draft.notes.push({
      code: init ? 'init-container' : 'peak-of-runs',
      resource: 'memory',
      message: init
        ? `Highest of ${runs} starts. An init container counts only where it asks for more than all main containers together.`
        : `Highest of ${runs} runs.`,
    });
    return;
  }
  const apart = podApart('memory', context);
  const rare = rarePeak(
    'memory',
    used.days.map(({ digest, memory }) => ({
      start: digest.start,
      level: memory?.peak ?? 0,
    })),
  );
  draft.notes.push(...[apart, rare].flatMap(reason => reason ?? []));
  if (
    startup &&
    startup.memoryBytes > STARTUP_FACTOR * (usage.memory?.p99 ?? 0)
  ) {
    draft.notes.push({
      code: 'startup-peak',
      resource: 'memory',
      message: `A start takes ${bytesText(
        startup.memoryBytes,
      )}, more than it uses later; the request covers it.`,
    });
  }
}

function currentMemory({ input }: AdviceContext): CurrentSetting {
  return {
    request: input.spec?.memoryRequestBytes,
    limit: input.spec?.memoryLimitBytes,
  };
}
