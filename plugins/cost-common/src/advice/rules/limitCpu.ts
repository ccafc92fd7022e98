import { wordInTurn } from '@headroom/common';
import { wordCores } from '../messages/amounts';
import { wordRoom } from '../messages/room';
import { Room } from '../room/types';
import { AdvicePolicy, AdviceReason } from '../types';
import { fitLimit } from './fit';
import { roundCpuUp } from './rounding';

/** What a CPU limit follows from. */
export interface CpuLimitInput {
  request: number;
  leastLimit: number;
  current: { limit?: number };
  /** The pod's class takes a limit that is the request. */
  guaranteed: boolean;
  policy: Pick<AdvicePolicy, 'cpuLimit'>;
  room: Room;
}

/**
 * The CPU limit that goes with a request: the request itself where the pod's
 * class takes that, else what policy wants. Where policy wants none and
 * something would give one, or refuse the pod, one that does no harm.
 *
 * @returns `by` says what kept a limit that policy would leave off
 */
export function limitCpu({
  request,
  leastLimit,
  current,
  guaranteed,
  policy,
  room,
}: CpuLimitInput): { limit: number | null; by?: AdviceReason } {
  if (guaranteed) {
    return { limit: request };
  }
  if (policy.cpuLimit !== 'none') {
    const wanted = roundCpuUp(
      Math.max(request * policy.cpuLimit.timesRequest, leastLimit),
    );
    return { limit: fitLimit('cpu', wanted, request, room) };
  }
  if (!room.limit) {
    return { limit: null };
  }
  const given = current.limit ?? room.limit.value ?? 0;
  const wanted = roundCpuUp(Math.max(given, leastLimit, request));
  const limit = fitLimit('cpu', wanted, request, room);
  return {
    limit,
    by: {
      code: room.limit.code,
      resource: 'cpu',
      ...wordInTurn(
        room.limit.says,
        wordRoom('limitStays', { limit: wordCores(limit) }),
      ),
    },
  };
}
