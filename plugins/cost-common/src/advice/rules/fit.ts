import { wordInTurn } from '@headroom/common';
import { wordAmount } from '../messages/amounts';
import { wordRoom } from '../messages/room';
import { Bound, Room, tightest } from '../room/types';
import { AdvisedResource, AdviceReason, AdviceRule } from '../types';
import {
  roundCpuDown,
  roundCpuUp,
  roundMemoryDown,
  roundMemoryUp,
} from './rounding';

/** A request within what is allowed. */
export interface Fitted {
  request: number;
  rule?: AdviceRule;
  notes: AdviceReason[];
  /** What keeps it from being what is needed. */
  short?: Bound;
}

/**
 * A request that admission accepts and a node can hold: raised to the least,
 * lowered to the most, the latter of the two where they contradict each other.
 */
export function fitRequest(
  resource: AdvisedResource,
  wanted: number,
  room: Room,
  { wholeCores = false }: { wholeCores?: boolean } = {},
): Fitted {
  const up = resource === 'cpu' ? roundCpuUp : roundMemoryUp;
  const down = resource === 'cpu' ? roundCpuDown : roundMemoryDown;
  const { least } = room;
  const most = mostRequest(room);
  const fitted: Fitted = { request: wanted, notes: [] };
  if (least && wanted < least.value * (1 - 1e-9)) {
    fitted.request = wholeCores ? Math.ceil(least.value) : up(least.value);
    fitted.rule = ruleOf('least', least);
    fitted.notes.push(reasonOf(resource, least));
  }
  if (most && fitted.request > most.value * (1 + 1e-9)) {
    const whole = Math.floor(most.value);
    const keepsWhole = wholeCores && whole >= Math.max(1, least?.value ?? 0);
    fitted.request = keepsWhole ? whole : down(most.value);
    fitted.rule = ruleOf('most', most);
    fitted.short = most;
    fitted.notes.push(reasonOf(resource, most, wanted));
  }
  return fitted;
}

/** The most a request may be: a limit is never below it. */
export function mostRequest(room: Room): Bound | undefined {
  return tightest(
    tightest(room.most, room.mostRequest, 'most'),
    room.mostLimit,
    'most',
  );
}

/** A limit between its request and what is allowed. */
export function fitLimit(
  resource: AdvisedResource,
  wanted: number,
  request: number,
  room: Room,
): number {
  const down = resource === 'cpu' ? roundCpuDown : roundMemoryDown;
  const most = tightest(room.most, room.mostLimit, 'most')?.value ?? Infinity;
  const byRatio = (room.ratio?.value ?? Infinity) * request;
  const bound = Math.min(most, byRatio);
  const limit = Math.max(wanted, room.least?.value ?? 0);
  return Math.max(request, limit > bound ? down(bound) : limit);
}

/** Says what bounds a number, and what was needed where that is more. */
export function reasonOf(
  resource: AdvisedResource,
  { code, says }: Bound,
  needed?: number,
): AdviceReason {
  return {
    code,
    resource,
    ...(needed === undefined
      ? says
      : wordInTurn(
          says,
          wordRoom('usageAsksFor', { needed: wordAmount(resource, needed) }),
        )),
  };
}

function ruleOf(side: 'least' | 'most', { value, by }: Bound): AdviceRule {
  return typeof by === 'string'
    ? { kind: 'bound', side, bound: value, by }
    : {
        kind: 'bound',
        side,
        bound: value,
        by: by.message,
        byWording: by.wording,
      };
}
