import { LimitRangeLine, NamespaceLimit, Worded } from '@headroom/common';
import { wordAmount } from '../messages/amounts';
import { wordRoom } from '../messages/room';
import { AdvisedResource } from '../types';
import { Bound, Room, tightest } from './types';

type LimitRange = Extract<NamespaceLimit, { kind: 'LimitRange' }>;

/** Whose request and limit are held against a LimitRange. */
export interface Asker {
  /** False for a pod's own resources, of which only lines of type Pod speak. */
  isContainer: boolean;
  /** Part of the pod's requests and limits that are the asker's, 0 to 1; 1 = all of it. */
  share: number;
}

/** What the LimitRanges of a namespace allow. */
export function limitRangeRoom(
  limits: readonly NamespaceLimit[],
  resource: AdvisedResource,
  asker: Asker,
): Room {
  const room: Room = {};
  for (const object of limits) {
    if (object.kind === 'LimitRange') {
      for (const line of object.lines) {
        if (
          line.resource === resource &&
          (line.type === 'Pod' || asker.isContainer)
        ) {
          narrow(room, object, line, line.type === 'Pod' ? asker.share : 1);
        }
      }
    }
  }
  return room;
}

/**
 * A line of type Pod is about the sum over the pod's containers. Each keeps to
 * its present part of it, so that the sum holds whichever of them change.
 */
function narrow(
  room: Room,
  { name }: LimitRange,
  line: LimitRangeLine,
  share: number,
): void {
  const { type, resource, min, max, maxLimitRequestRatio: ratio } = line;
  const by = `LimitRange ${name}`;
  const whose = whoseLine(type, share);
  const said = (amount: number) => ({
    object: by,
    amount: wordAmount(resource, amount),
    resource,
  });
  const bound = (value: number, says: Worded): Bound => ({
    value: value * share,
    code: 'limit-range',
    by,
    says,
  });
  if (min !== undefined) {
    const least = bound(min, wordRoom(`leastOf${whose}`, said(min)));
    room.least = tightest(room.least, least, 'least');
  }
  if (max !== undefined) {
    const most = bound(max, wordRoom(`mostOf${whose}`, said(max)));
    room.most = tightest(room.most, most, 'most');
  }
  if (ratio !== undefined) {
    room.ratio = tightest(room.ratio, { value: ratio }, 'most');
  }
  // The API server takes the maximum for a default that isn't given.
  const given = type === 'Container' ? line.default ?? max : undefined;
  if (given !== undefined) {
    room.limit = {
      code: 'limit-range',
      value: given,
      says: wordRoom('defaultLimit', said(given)),
    };
  } else if (max !== undefined || ratio !== undefined) {
    room.limit ??= {
      code: 'limit-range',
      says: wordRoom('limitRequired', { object: by, resource }),
    };
  }
}

/** As the sentences about it end. */
function whoseLine(type: LimitRangeLine['type'], share: number) {
  if (type !== 'Pod') {
    return 'Container';
  }
  return share < 1 ? 'PodShared' : 'Pod';
}
