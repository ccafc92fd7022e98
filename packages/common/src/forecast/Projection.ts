import { Micros } from '../money/Money';
import { Wording } from '../wording';

/** Month's end as it looks today, or why it can't be said. @public */
export type Projection =
  | {
      status: 'ok';
      total: Micros;
      low: Micros;
      high: Micros;
      /** Probability that the interval holds, 0 to 1. */
      confidence: number;
      /** Complete days the projection stands on. */
      completeDays: number;
      /** Mean relative error of the same method on past months; absent without enough history. */
      backtestError?: number;
      monthEnd: string;
    }
  | {
      status: 'not-yet';
      reason: string;
      /** What a page words the reason from. */
      wording?: Wording;
    };
