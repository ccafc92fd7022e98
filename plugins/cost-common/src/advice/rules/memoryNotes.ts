import { FixedHeap, Worded } from '@headroom/common';
import { wordPod } from '../messages/pods';
import { wordUsage } from '../messages/usage';
import { wordVeto } from '../messages/vetoes';
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
      ...wordPod('guaranteedMemory'),
    });
  }
}

/** What a kill says, and that nothing is lowered for it. */
export function killedNote({ summary }: AdviceContext): AdviceReason {
  const { oomKills = 0, killedAtBytes } = summary;
  return {
    code: 'oom-killed',
    resource: 'memory',
    ...(killedAtBytes
      ? wordVeto('killed', {
          count: oomKills,
          limit: bytesText(killedAtBytes),
        })
      : wordVeto('killedWithoutLimit', { count: oomKills })),
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
    into.push({
      code: 'fixed-heap',
      resource: 'memory',
      ...heapSaid(fixedHeap),
    });
  }
  if (memoryVolumes) {
    into.push({
      code: 'memory-volumes',
      resource: 'memory',
      ...wordVeto('memoryVolumes'),
    });
  }
}

function heapSaid({
  runtime,
  evidence,
  heapBytes,
  heapShareOfLimit,
}: FixedHeap): Worded {
  const of = { runtime, evidence };
  if (heapBytes !== undefined) {
    return wordVeto('heapOfSize', {
      ...of,
      heap: bytesText(heapBytes),
      total: bytesText(heapBytes * NON_HEAP),
    });
  }
  return heapShareOfLimit !== undefined
    ? wordVeto('heapOfLimit', {
        ...of,
        percent: Math.round(heapShareOfLimit * 100),
      })
    : wordVeto('fixedHeap', of);
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
      ...wordUsage('memoryFalls', { from: followedFrom.slice(0, 10) }),
    });
  }
  if (
    startup &&
    startup.memoryBytes > STARTUP_FACTOR * (usage.memory?.p99 ?? 0)
  ) {
    draft.notes.push({
      code: 'startup-peak',
      resource: 'memory',
      ...wordUsage('memoryStart', { memory: bytesText(startup.memoryBytes) }),
    });
  }
}
