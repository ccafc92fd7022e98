import { mostCores } from '../../digests';
import { AdvisedResource, AdviceInput } from '../types';
import { ContainerDay, containerDayOf } from './containerDay';
import { differs } from './drift';
import { changesOfLimits } from './limitChanges';
import { momentOf } from './momentOf';

/** What cut the window short. */
export interface SpecChange {
  /** First moment under the new spec, ISO 8601 UTC. */
  at: string;
  what: 'limits' | 'image';
}

/** The days that advice on one resource stands on. */
export interface DaysThatCount {
  days: ContainerDay[];
  /** All of the window, those before a change too: what happened then is not undone by it. */
  all: ContainerDay[];
  /** ISO 8601 UTC. */
  usedFrom: string;
  /** Days left out because they were measured under another spec. */
  change?: SpecChange;
}

/**
 * The days of the window whose usage speaks for the spec in force, by resource:
 * whole days after the last change that mattered to it.
 *
 * A change of a resource's limit matters to it when the limit before had cut its
 * usage off. Any change of limits matters when usage after it differs from before
 * and isn't what a lower limit leaves of it; an image only by the latter, but to
 * both resources, as it is another program: most releases change nothing, and a
 * fleet that releases daily would never get advice. Requests say nothing about
 * usage, so they cut nothing.
 */
export function daysThatCount(
  input: Pick<AdviceInput, 'window' | 'digests' | 'facts' | 'node'>,
): Record<AdvisedResource, DaysThatCount> {
  const { window, facts, node } = input;
  const start = Date.parse(window.start);
  const end = Date.parse(window.end);
  const most = mostCores(node?.cpuCores);
  const all = input.digests
    .filter(digest => {
      const at = Date.parse(digest.start);
      return at >= start && at < end;
    })
    .map(digest => containerDayOf(digest, most));
  // A heap that is a share of the limit is another one under another limit.
  const heapFollows = facts?.fixedHeap?.heapShareOfLimit !== undefined;
  const cuts = cutAtImage(all, {
    cpu: cutAtLimits(all, 'cpu', heapFollows),
    memory: cutAtLimits(all, 'memory', heapFollows),
  });
  const usedSince = ({ from, change }: Cut): DaysThatCount => {
    const days = all.slice(from);
    return {
      days,
      all,
      usedFrom: days.length > 0 ? days[0].digest.start : window.end,
      ...(change && { change }),
    };
  };
  const cpu = usedSince(cuts.cpu);
  // The same days are one list, of which nothing is worked out twice.
  const memory =
    cuts.cpu.from === cuts.memory.from
      ? { ...cpu, change: cuts.memory.change }
      : usedSince(cuts.memory);
  return { cpu, memory };
}

/** The first day that counts, by its place in the window. */
interface Cut {
  from: number;
  change?: SpecChange;
}

/** Cut at the newest change of limits that mattered to a resource. */
function cutAtLimits(
  days: ContainerDay[],
  resource: AdvisedResource,
  heapFollows: boolean,
): Cut {
  const changes = changesOfLimits(days);
  for (let i = changes.length - 1; i >= 0; i--) {
    const { at, before, after, of, cutOff, cutsOff } = changes[i];
    if (
      cutOff[resource] ||
      (heapFollows && resource === 'memory' && of.memory) ||
      (!cutsOff && differs(resource, days.slice(0, before), days.slice(after)))
    ) {
      return { from: after, change: { at, what: 'limits' } };
    }
  }
  return { from: 0 };
}

/** Cut at the newest image with which usage of a resource became another one. */
function cutAtImage(
  days: ContainerDay[],
  cuts: Record<AdvisedResource, Cut>,
): Record<AdvisedResource, Cut> {
  for (let day = days.length - 1; day > 0; day--) {
    const before = lastImage(days[day - 1]);
    const after = lastImage(days[day]);
    if (before !== undefined && after !== undefined && before !== after) {
      const first = days[day].digest;
      // The day of the change has both images, and counts as neither.
      const from = day + (first.specs[0].spec.image === after ? 0 : 1);
      const isAnother = (['cpu', 'memory'] as const).some(resource =>
        differs(
          resource,
          days.slice(cuts[resource].from, day),
          days.slice(from),
        ),
      );
      if (isAnother) {
        const span = first.specs.find(({ spec }) => spec.image === after);
        const at = momentOf(first.start, span?.fromSlot ?? 0);
        const cut: Cut = { from, change: { at, what: 'image' } };
        return {
          cpu: laterOf(cuts.cpu, cut),
          memory: laterOf(cuts.memory, cut),
        };
      }
    }
  }
  return cuts;
}

function laterOf(a: Cut, b: Cut): Cut {
  return a.from >= b.from ? a : b;
}

function lastImage({ digest }: ContainerDay): string | undefined {
  return digest.specs.at(-1)?.spec.image;
}
