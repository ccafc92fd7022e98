import { Worded } from '@headroom/common';
import { AdviceReasonCode } from '../types';

/** What an object or a node allows of one resource, cores or bytes. */
export interface Bound {
  value: number;
  code: AdviceReasonCode;
  /** What sets it: `LimitRange limits`, `ResourceQuota team`, or words of their own. */
  by: string | Worded;
  /** The sentence that says so. */
  says: Worded;
}

/** What admission and nodes leave one container, or a pod as a whole, to ask for. */
export interface Room {
  /** Of request and limit. */
  least?: Bound;
  most?: Bound;
  mostRequest?: Bound;
  mostLimit?: Bound;
  /** Most that the limit may be over the request. */
  ratio?: { value: number };
  /** There is a limit whether one is given or not, or pods without one are refused. */
  limit?: Pick<Bound, 'code' | 'says'> & {
    /** What a container without one gets; absent = it is refused. */
    value?: number;
  };
}

/** Joins what several objects say: the tightest counts. */
export function tightest<T extends { value: number }>(
  a: T | undefined,
  b: T | undefined,
  side: 'least' | 'most',
): T | undefined {
  if (!a || !b) {
    return a ?? b;
  }
  const tighter = side === 'least' ? b.value > a.value : b.value < a.value;
  return tighter ? b : a;
}
