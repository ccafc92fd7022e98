import {
  AdvisedResource,
  AdviceReason,
  Appetite,
  AppetiteOrigin,
  ContainerAdvice,
} from '../advice/types';
import {
  Micros,
  Said,
  SourceProblem,
  WorkloadFacts,
  WorkloadRef,
} from '@headroom/common';

/** What an owner decided about an advice. @public */
export interface AdviceDecision {
  state: 'dismissed' | 'snoozed';
  reason: string;
  /** User entity ref. */
  by: string;
  /** ISO 8601 UTC. */
  at: string;
  /** Snoozed until; ISO 8601 UTC. */
  until?: string;
}

/** One container in a table of advice. @public */
export interface AdviceRow {
  /** Of the container; stable across requests, safe in a URL. */
  id: string;
  cluster: string;
  workload: WorkloadRef;
  container: string;
  /** Service it is linked to; absent = Unallocated. */
  entityRef?: string;
  status: ContainerAdvice['status'];
  /** Cores. */
  cpu: AdviceRowResource;
  /** Bytes. */
  memory: AdviceRowResource;
  appetite: Appetite;
  confidence: number;
  /** Saved a month if taken; negative = costs more. Absent when nothing is proposed. */
  listSaving?: Micros;
  realisableSaving?: Micros;
  /** The same for what is held back. */
  heldSaving?: Micros;
  /** Minutes throttled and OOM kills in the window: today's setting, the proposed one. */
  throttledMinutes?: { current: number; proposed: number };
  oomKills?: { current: number; proposed: number };
  /** Most telling first. */
  reasons: AdviceReason[];
  /** In force: the advice is not counted and not shown unless asked for. */
  decision?: AdviceDecision;
  steeredBy: string[];
}

/** @public */
export interface AdviceRowResource {
  status: ContainerAdvice['cpu']['status'];
  request?: number;
  limit?: number;
  proposedRequest?: number;
  /** null = leave off. */
  proposedLimit?: number | null;
  heldRequest?: number;
}

/** Sums over the rows a caller may see. @public */
export interface AdviceTotals {
  /** Of advice that can be taken. A month of 730 hours. */
  listSaving: Micros;
  /** What node pools give back when all of it is taken. */
  realisableSaving: Micros;
  /** `listSaving` and what is held back: all that is left on the table. */
  includingHeld: Micros;
  /** Dismissed and snoozed, in neither. */
  decidedAgainst: Micros;
  containers: { change: number; keep: number; withheld: number };
}

/** Answer to "what should I change?", for a service or the fleet. @public */
export interface AdviceReport {
  entityRef?: string;
  /** `not-computed` = no advice has been computed yet. */
  status: 'ok' | 'no-workloads' | 'not-computed';
  /** The same for every number of the answer. */
  window?: { start: string; end: string; days: number };
  timezone: string;
  currency: string;
  computedAt?: string;
  simulated: boolean;
  /** True when the caller may see only part of the fleet. */
  restricted: boolean;
  totals: AdviceTotals;
  rows: AdviceRow[];
  /** Rows there are, when `rows` is a page of them. */
  totalRows: number;
  /** Pools that give nodes back when all advice is taken. */
  pools: PoolRelease[];
  problems: SourceProblem[];
}

/** What a node pool gives back. @public */
export interface PoolRelease {
  cluster: string;
  nodePool: string;
  nodes: number;
  /** Nodes needed for what is requested now, and after. */
  nodesNeeded: number;
  nodesAfter: number;
  /** The resource that keeps the rest. */
  boundBy: 'cpu' | 'memory' | 'gpu' | 'minimum';
  nodeHourlyPrice: string;
  releasedMicros: Micros;
}

/** Answer to "why this number?", for one container. @public */
export interface AdviceDetail {
  row: AdviceRow;
  currency: string;
  timezone: string;
  simulated: boolean;
  computedAt: string;
  advice: ContainerAdvice;
  /** What advice on each resource comes to, and from what it follows, in whole sentences. */
  explanation: Record<AdvisedResource, Said>;
  /** Samples of the worst pod in the window; `null` = not known. Same window as the advice. */
  history: {
    start: string;
    /** Seconds between two points; a point is the highest of its time. */
    stepSeconds: number;
    cpuCores: Array<number | null>;
    memoryBytes: Array<number | null>;
  };
  /** Shares of samples by bucket, all pods; `upTo` ascending. */
  distribution: {
    cpu: Array<{ from: number; upTo: number; share: number }>;
    memory: Array<{ from: number; upTo: number; share: number }>;
  };
  facts?: WorkloadFacts;
  appetiteOrigin: AppetiteOrigin;
  /** What to paste, ready: only when something is proposed. */
  patches?: {
    strategicMerge: string;
    kustomize: string;
    helmValues: string;
  };
}

/** Body of a decision. @public */
export type AdviceDecisionRequest =
  | { state: 'dismissed'; reason: string }
  | { state: 'snoozed'; reason: string; until: string };
