import { Worded } from '@headroom/common';
import { AdviceInput, AdvicePolicy } from '@headroom/plugin-cost-common';
import { PoolNode } from '../../database/PoolStore';

/** What every advice of a run has in common. */
export interface AdviceRun {
  id: number;
  /** Whole days, ISO 8601 UTC; end exclusive. */
  window: { start: string; end: string };
  /** Start of the window's last day: what pools are asked for is of this day. */
  lastDay: string;
  policy: AdvicePolicy;
  /** The largest node of each pool in the window. */
  nodes: PoolNode[];
}

/** A container to advise, without its digests. */
export interface AdviceSubject
  extends Pick<
    AdviceInput,
    | 'cluster'
    | 'workload'
    | 'container'
    | 'facts'
    | 'steering'
    | 'limits'
    | 'prices'
    | 'previous'
  > {
  id: number;
  clusterId: number;
  appetite: AdviceInput['appetite'];
  /** What is wrong with how an appetite is written. */
  appetiteProblem?: Worded;
}

/** Some containers and their digests, as PostgreSQL's binary copy format has them. */
export interface AdviceBatch {
  subjects: AdviceSubject[];
  /** Rows of (container id, digests), see `AdviceInputStore.digests`. */
  digests: Uint8Array;
}
