import { Followed, followMemoryDown } from '../days/followDown';
import { wordOutcome } from '../messages/outcome';
import { bytesText } from '../output/quantities';
import { Room, tightest } from '../room/types';
import { AdviceRule } from '../types';
import { AdviceContext, keepsGuaranteed } from './context';
import { Draft } from './draft';
import { fitLimit, fitRequest, reasonOf } from './fit';
import { endsByItself, notYet, runsOf } from './readiness';
import { MEMORY_MARGINS } from '../appetites';
import { roundMemoryUp } from './rounding';
import { lowerVetoesOn, vetoesOn } from './vetoes';

/** What a limit at which a container was killed is raised by. */
const OOM_BUMP = 1.25;
/** What a heap's own size takes beside it: metaspace, threads, buffers. */
export const NON_HEAP = 1.25;

/** What one container's memory asks for, whatever shares its pod. */
export interface MemoryNeed {
  request: number;
  limit: number;
  /** Highest use it stands on. */
  peak: number;
  /** Where it follows a load that falls. */
  followed?: Followed;
}

/**
 * The memory a container should have: its peak and a margin, more where it was
 * killed or a heap has a size, within what the namespace and the nodes allow.
 * Memory that is needed and not allowed is no smaller number but a veto: less
 * than it needs is a kill.
 *
 * @returns undefined when no number can be said
 */
export function needMemory(
  context: AdviceContext,
  draft: Draft,
  room: Room,
): MemoryNeed | undefined {
  const { input, used, summary } = context;
  draft.vetoes.push(...notYet('memory', input, used, summary));
  if (draft.vetoes.length > 0) {
    return undefined;
  }
  draft.vetoes.push(...vetoesOn('memory', context));
  draft.lowerVetoes.push(...lowerVetoesOn('memory', context));
  const followed =
    endsByItself(input) || summary.oomKills
      ? undefined
      : followMemoryDown(used.days, input.appetite.value);
  const peak = peakOf(context, followed);
  const asked = settingFor(peak, context, draft, followed);
  return {
    ...withinRoom(asked, context, draft, room),
    peak,
    ...(followed && { followed }),
  };
}

/** Highest working set of the days it stands on: of samples, of starts, of runs. */
function peakOf(
  { summary }: AdviceContext,
  followed: Followed | undefined,
): number {
  const ofDays = followed
    ? Math.max(...followed.days.map(({ memory }) => memory?.peak ?? 0))
    : summary.usage.memory?.peak ?? 0;
  return Math.max(
    ofDays,
    summary.startup?.memoryBytes ?? 0,
    ...Array.from(summary.runs.values(), run => run.memoryBytes),
  );
}

interface Asked {
  request: number;
  limit: number;
  /** Of the limit, what is not policy but need. */
  leastLimit: number;
}

function settingFor(
  peak: number,
  context: AdviceContext,
  draft: Draft,
  followed: Followed | undefined,
): Asked {
  const { input, summary } = context;
  const { floors } = input.policy;
  const ratio = ratioOf(context);
  const margin = MEMORY_MARGINS[input.appetite.value];
  const runs = endsByItself(input) ? runsOf(input, summary) : undefined;
  let least = peak * margin;
  let rule: AdviceRule =
    runs === undefined
      ? {
          kind: 'peak',
          margin,
          peak,
          ...(followed && { days: followed.days.length }),
        }
      : { kind: 'peak-of-runs', margin, runs, peak };
  const killedAt = summary.killedAtBytes;
  // A peak above it is one of a limit that was raised since.
  const limitAfterKill = summary.oomKills ? (killedAt || peak) * OOM_BUMP : 0;
  if (limitAfterKill / ratio > least) {
    least = limitAfterKill / ratio;
    rule = { kind: 'oom', bump: OOM_BUMP, killedAt: killedAt || peak };
  }
  if (floors.memoryBytes > least) {
    least = floors.memoryBytes;
    rule = { kind: 'floor', floor: floors.memoryBytes };
    draft.notes.push({
      code: 'floor',
      resource: 'memory',
      ...wordOutcome('floor', { floor: bytesText(floors.memoryBytes) }),
    });
  }
  draft.rule = rule;
  // A heap that was given a size takes it sooner or later, used so far or not.
  const heap = (input.facts?.fixedHeap?.heapBytes ?? 0) * NON_HEAP;
  const request = roundMemoryUp(Math.max(least, heap / ratio));
  const leastLimit = roundMemoryUp(Math.max(request, limitAfterKill, heap));
  const limit = roundMemoryUp(Math.max(request * ratio, leastLimit));
  return { request, limit, leastLimit };
}

/** In a pod of class Guaranteed the limit is the request. */
function ratioOf(context: AdviceContext): number {
  return keepsGuaranteed(context) ? 1 : context.input.policy.memoryLimitRatio;
}

function withinRoom(
  { request: wanted, limit, leastLimit }: Asked,
  context: AdviceContext,
  draft: Draft,
  room: Room,
): Pick<MemoryNeed, 'request' | 'limit'> {
  // A limit is at most so many times the request: the request gives way.
  const byRatio = room.ratio ? roundMemoryUp(leastLimit / room.ratio.value) : 0;
  const { request, rule, notes, short } = fitRequest(
    'memory',
    Math.max(wanted, byRatio),
    room,
  );
  const wantedLimit = Math.max(request * ratioOf(context), limit);
  const fitted = fitLimit('memory', wantedLimit, request, room);
  const bound = short ?? tightest(room.most, room.mostLimit, 'most');
  if (bound && (short || fitted < leastLimit)) {
    draft.vetoes.push(reasonOf('memory', bound, leastLimit));
    return { request: wanted, limit };
  }
  draft.rule = rule ?? draft.rule;
  draft.notes.push(...notes);
  return { request, limit: fitted };
}
