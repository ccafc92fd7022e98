import { bytesText } from '../output/quantities';
import { AdviceReason } from '../types';
import { AdviceContext, keepsGuaranteed } from './context';
import { CurrentSetting, Draft, lowers } from './draft';
import { NON_HEAP } from './needMemory';
import { podApart } from './podsApart';
import { rarePeak } from './rarePeak';
import { endsByItself, runsNote } from './readiness';

/** A start above this many times the usual p99 decides the number. */
const STARTUP_FACTOR = 1.2;

/** What is said beside a memory setting: heaps and volumes, where the peak is, the pod's class. */
export function sayMemory(
  draft: Draft & { followedFrom?: string },
  context: AdviceContext,
  current: CurrentSetting,
): void {
  sayHeapAndVolumes(draft, context, current);
  sayWhereThePeakIs(draft, context);
  if (keepsGuaranteed(context) && context.input.policy.memoryLimitRatio > 1) {
    draft.notes.push({
      code: 'guaranteed-kept',
      resource: 'memory',
      message:
        'The pod is of class Guaranteed, which takes a limit equal to the request in every container: so headroom.cost.advice.memoryLimitRatio is left out.',
    });
  }
}

/** What a kill says, and that nothing is lowered for it. */
export function killedNote({ summary }: AdviceContext): AdviceReason {
  const { oomKills = 0, killedAtBytes } = summary;
  const times = oomKills === 1 ? 'once' : `${oomKills} times`;
  const at = killedAtBytes
    ? `at a limit of ${bytesText(killedAtBytes)}: the peak is cut off there`
    : 'without a limit that is known: its node may have run out of memory';
  return {
    code: 'oom-killed',
    resource: 'memory',
    message: `Killed ${times} for lack of memory ${at}, so nothing is lowered while the kill is in the window.`,
  };
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

function sayWhereThePeakIs(
  draft: Draft & { followedFrom?: string },
  context: AdviceContext,
): void {
  const { input, used, summary } = context;
  const { usage, startup } = summary;
  if (endsByItself(input)) {
    draft.notes.push(runsNote('memory', context));
    return;
  }
  const apart = podApart('memory', context);
  const { followedFrom } = draft;
  const rare = followedFrom
    ? undefined
    : rarePeak(
        'memory',
        used.days.map(({ digest, memory }) => ({
          start: digest.start,
          level: memory?.peak ?? 0,
        })),
      );
  draft.notes.push(...[apart, rare].flatMap(reason => reason ?? []));
  if (followedFrom) {
    draft.notes.push({
      code: 'falling',
      resource: 'memory',
      message: `Usage falls steadily, so the days from ${followedFrom.slice(
        0,
        10,
      )} count: no day before went above the peak of the week before it and the margin.`,
    });
  }
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
