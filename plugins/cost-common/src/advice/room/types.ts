import { AdviceReasonCode } from '../types';

/** What an object or a node allows of one resource, cores or bytes. */
export interface Bound {
  value: number;
  code: AdviceReasonCode;
  /** What sets it: `LimitRange limits`, `ResourceQuota team`, `the largest node of pool general`. */
  by: string;
  /** Whole sentence that says so. */
  message: string;
}

/** What admission and nodes leave one container, or a pod as a whole, to ask for. */
export interface Room {
  /** Of request and limit. */
  least?: Bound;
  most?: Bound;
  mostRequest?: Bound;
  mostLimit?: Bound;
  /** Most that the limit may be over the request. */
  ratio?: Bound;
  /** There is a limit whether one is given or not, or pods without one are refused. */
  limit?: Omit<Bound, 'value'> & {
    /** What a container without one gets; absent = it is refused. */
    value?: number;
  };
}

/** Joins what several objects say: the tightest counts. */
export function tightest(
  a: Bound | undefined,
  b: Bound | undefined,
  side: 'least' | 'most',
): Bound | undefined {
  if (!a || !b) {
    return a ?? b;
  }
  const tighter = side === 'least' ? b.value > a.value : b.value < a.value;
  return tighter ? b : a;
}
