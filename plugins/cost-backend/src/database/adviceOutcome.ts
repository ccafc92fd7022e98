import { Wording } from '@headroom/common';
import {
  AdviceReason,
  AdviceRow,
  AppetiteOrigin,
  ContainerAdvice,
  RequestRule,
} from '@headroom/plugin-cost-common';

/** What is shown of an advice in a table, beside the columns it is sorted by. */
export type AdviceSummary = Pick<
  AdviceRow,
  'cpu' | 'memory' | 'appetite' | 'throttledMinutes' | 'oomKills' | 'steeredBy'
> & {
  appetiteOrigin: AppetiteOrigin;
  appetiteProblem?: string;
  appetiteWording?: Wording;
  reasons: AdviceReason[];
};

/** What a container holds of a node pool, and would hold less, on average over the last day. */
export interface PoolShare {
  nodePool: string;
  /** Whether it is a DaemonSet, whose pods come and go with nodes. */
  daemon: boolean;
  pods: number;
  /** Requested now. */
  cpuCores: number;
  memoryBytes: number;
  gpus: number;
  /** Change when the advice is taken; negative = less. Both 0 when nothing is proposed. */
  cpuCoresChange: number;
  memoryBytesChange: number;
}

/** The advice on one container, ready to be stored. */
export interface AdviceOutcome {
  containerId: number;
  clusterId: number;
  cluster: string;
  status: ContainerAdvice['status'];
  listMicros?: string;
  heldMicros?: string;
  confidence: number;
  fingerprint: string;
  throttledMinutes?: number;
  oomKills?: number;
  /** What the CPU request followed from, for the next run to stay with. */
  cpuRule?: RequestRule;
  /** An {@link AdviceSummary} as JSON. */
  summary: string;
  pools: PoolShare[];
}

/** Advice on a batch. */
export interface AdviceAnswer {
  outcomes: AdviceOutcome[];
  /** Whole advice, in the order of `outcomes`: rows of (run, container, JSON) in PostgreSQL's text format of COPY. */
  details: Uint8Array;
  /** Containers that could not be advised, and why. */
  failures: Array<{ containerId: number; message: string }>;
}
