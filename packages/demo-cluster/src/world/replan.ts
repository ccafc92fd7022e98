import { PlannedEvent } from './HourPlan';
import { Running } from './rooms';
import { PodWish } from './wishes';

/** Pods of an old release stay until the new ones are ready. */
export const ROLLOUT_SECONDS = 90;

/** What becomes of the pods of a workload; instants in seconds since the start of the world. */
export interface Replanned {
  begins: Array<{ wish: PodWish; at: number }>;
  /** Pods that stay, under the wish that is theirs now. */
  keeps: Array<{ running: Running; wish: PodWish }>;
  ends: Array<{ running: Running; at: number }>;
}

/**
 * Plans the rest of an hour for a workload that was changed at a moment: what
 * is missing begins at once, a run of a CronJob when it is due; what is too
 * much ends at once, an old revision when its successor is ready. What was
 * planned before for a pod that is concerned in neither way stays planned.
 */
export function replan(options: {
  /** When it was changed. */
  at: number;
  hourStart: number;
  /** It was deleted: everything of it ends. */
  gone: boolean;
  wishes: PodWish[];
  running: Running[];
  /** Beginnings and ends of its pods that were planned for the rest of the hour. */
  planned: PlannedEvent[];
  /** Whether a pod has to end before its successor can begin. */
  endsFirst: (wish: PodWish) => boolean;
}): Replanned {
  const { at, gone, wishes, planned } = options;
  const plannedFor = (type: 'begin' | 'leave', key: string) =>
    planned.find(({ pod }) => pod?.type === type && pod.wish.key === key)?.at;
  const runs = options.running.filter(({ life }) => life.until !== Infinity);
  const lasting = options.running.filter(({ life }) => life.until === Infinity);
  const keeps = keptOf(wishes, lasting, key => plannedFor('begin', key));
  const kept = new Set(keeps.map(({ running }) => running));
  const taken = new Set([
    ...keeps.map(({ wish }) => wish.key),
    ...runs.map(({ wish }) => wish.key),
  ]);

  const begins = wishes
    .filter(({ key }) => !taken.has(key))
    .flatMap(wish => {
      const due = plannedFor('begin', wish.key);
      if (wish.until === undefined) {
        return [{ wish, at: due ?? at }];
      }
      const dueAt = options.hourStart + wish.from;
      return dueAt >= at ? [{ wish, at: dueAt }] : [];
    });

  const [current] = wishes;
  const endOf = ({ wish, leavesAt }: Running): number => {
    const isOld = current !== undefined && current.revision !== wish.revision;
    const planAt = plannedFor('leave', wish.key) ?? leavesAt;
    if (gone || !isOld) {
      return gone ? at : planAt ?? at;
    }
    return planAt ?? (options.endsFirst(wish) ? at : at + ROLLOUT_SECONDS);
  };
  const ends = lasting
    .filter(running => !kept.has(running))
    .map(running => ({ running, at: endOf(running) }));
  const runEnds = runs.flatMap(running => {
    const until = plannedFor('leave', running.wish.key);
    const end = gone ? at : until;
    return end === undefined ? [] : [{ running, at: end }];
  });
  return { begins, keeps, ends: [...ends, ...runEnds] };
}

/** Pods that are still wanted; one may be wanted under another key when bounds have moved. */
function keptOf(
  wishes: PodWish[],
  lasting: Running[],
  plannedBegin: (key: string) => number | undefined,
): Replanned['keeps'] {
  const placeOf = ({ ordinal, revision }: PodWish) => `${revision}/${ordinal}`;
  const byKey = new Map(lasting.map(running => [running.wish.key, running]));
  const byPlace = new Map(
    lasting.map(running => [placeOf(running.wish), running]),
  );
  return wishes.flatMap(wish => {
    const moved =
      plannedBegin(wish.key) === undefined
        ? byPlace.get(placeOf(wish))
        : undefined;
    const running = byKey.get(wish.key) ?? moved;
    return running ? [{ running, wish }] : [];
  });
}
