import { LimitRangeLine, NamespaceLimit } from '@headroom/common';
import { amountText } from '../output/quantities';
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
  const of = type === 'Pod' ? 'a pod' : 'a container';
  const part =
    type === 'Pod' && share < 1
      ? ', of which its part is kept for this container'
      : '';
  const bound = (value: number, message: string): Bound => ({
    value,
    code: 'limit-range',
    by,
    message: `${by} ${message}${part}.`,
  });
  const text = (value: number) => amountText(resource, value);
  if (min !== undefined) {
    const least = bound(
      min * share,
      `takes at least ${text(min)} of ${resource} for ${of}`,
    );
    room.least = tightest(room.least, least, 'least');
  }
  if (max !== undefined) {
    const most = bound(
      max * share,
      `allows at most ${text(max)} of ${resource} for ${of}`,
    );
    room.most = tightest(room.most, most, 'most');
  }
  if (ratio !== undefined) {
    const over = bound(
      ratio,
      `allows a ${resource} limit of at most ${ratio} times the request for ${of}`,
    );
    room.ratio = tightest(room.ratio, over, 'most');
  }
  // The API server takes the maximum for a default that isn't given.
  const given = type === 'Container' ? line.default ?? max : undefined;
  if (given !== undefined) {
    room.limit = {
      code: 'limit-range',
      by,
      value: given,
      message: `${by} gives a ${resource} limit of ${text(
        given,
      )} to containers without one`,
    };
  } else if (max !== undefined || ratio !== undefined) {
    room.limit ??= {
      code: 'limit-range',
      by,
      message: `${by} refuses pods without a ${resource} limit`,
    };
  }
}
