import { UsageDigest } from '../digests/types';
import {
  ContainerFacts,
  ContainerSpec,
  NamespaceLimit,
  PodFacts,
  ResourceSpec,
  Steering,
  VpaContainerRecommendation,
  Wording,
  WorkloadRef,
} from '@headroom/common';
import { HeldPeak, RequestRule } from './request/types';

/** How much risk an owner takes to save money, the boldest first. @public */
export const APPETITES = ['dev', 'standard', 'critical'] as const;

/** @public */
export type Appetite = (typeof APPETITES)[number];

/** Where an appetite came from; the first that says something wins. @public */
export type AppetiteOrigin = 'annotation' | 'policy' | 'lifecycle' | 'default';

/** The resources advice sets. @public */
export type AdvisedResource = 'cpu' | 'memory';

/** What an operator wants of advice (`headroom.cost.advice`). @public */
export interface AdvicePolicy {
  /** Days looked back, at least `minimumDays`. */
  lookBackDays: number;
  /** Days with enough samples below which advice is "not yet". */
  minimumDays: number;
  /** Share of a day's samples that makes it count. */
  minimumCoverage: number;
  /** CPU limits: none, or this many times the request (2 = twice), never below the start-up peak. */
  cpuLimit: 'none' | { timesRequest: number };
  /** Memory limit over memory request, at least 1 (1 = equal: killed only for one's own use). */
  memoryLimitRatio: number;
  /**
   * Whether pods of class Guaranteed stay so, which takes a CPU limit equal to
   * the request. False = `cpuLimit` goes first, and the loss is said. Absent =
   * true.
   */
  keepGuaranteed?: boolean;
  floors: { cpuCores: number; memoryBytes: number };
  /** A change smaller than this in percent and in money a month is "keep". */
  noise: { ratio: number; microsPerMonth: bigint };
}

/** A container and what is known of it; the whole input of one advice. @public */
export interface AdviceInput {
  cluster: string;
  workload: WorkloadRef;
  container: string;
  /** Whole days, ISO 8601 UTC; end exclusive. Every number of an advice is of this window. */
  window: { start: string; end: string };
  /** Oldest first, inside the window; days without data are absent. */
  digests: readonly UsageDigest[];
  /** In force now; undefined = not known. */
  spec: ContainerSpec | undefined;
  /** From the Kubernetes API; undefined = could not be read. */
  facts?: AdviceFacts;
  /** Objects that steer the workload; undefined = could not be read. */
  steering: readonly Steering[] | undefined;
  /** LimitRanges and ResourceQuotas of its namespace; undefined = could not be read. */
  limits?: readonly NamespaceLimit[];
  /** The largest node it can run on; undefined = not known. */
  node?: LargestNode;
  /** What the other containers of its pod need, where advice is one for the pod, see {@link needOf}. */
  others?: readonly ContainerNeed[];
  appetite: { value: Appetite; origin: AppetiteOrigin };
  policy: AdvicePolicy;
  prices: AdvicePrices;
  /** What the CPU request advised last follows from; kept unless another rule is clearly better. */
  previous?: RequestRule;
}

/** The largest node of the pools a container's pods run in, by resource. @public */
export interface LargestNode {
  cpuCores: number;
  memoryBytes: number;
  /** Pools it is the largest of; empty = of the whole cluster. */
  nodePools: string[];
}

/** Another container of the same pod. @public */
export interface OtherContainer
  extends Pick<ContainerFacts, 'name' | 'role'>,
    ResourceSpec {}

/** What the Kubernetes API says of the container and its pod. @public */
export interface AdviceFacts extends ContainerFacts, PodFacts {
  bare?: boolean;
  pendingPods?: number;
  /** Pods wanted; absent for kinds that have none. */
  replicas?: number;
  /** The pod's other containers, init containers too; absent = not known. */
  otherContainers?: OtherContainer[];
  /**
   * Containers of the pod that use CPU and memory while it runs: main ones and
   * sidecars. An HPA's `Resource` metric is over all of them, so its target
   * moves only with a container that is alone; absent = not known.
   */
  containersInPod?: number;
}

/** What a container's usage asks for of one resource, cores or bytes. @public */
export interface ResourceNeed {
  /** In force now. */
  current: { request?: number; limit?: number };
  /** What it should request; absent = it can't be said, so it stays as it is. */
  request?: number;
  /** The least a limit may be, if there is one. */
  leastLimit?: number;
  /** It may only be raised. */
  noLower?: true;
}

/** What one container of a pod needs, for the advice on the others. @public */
export interface ContainerNeed {
  container: string;
  role: ContainerFacts['role'];
  cpu: ResourceNeed;
  memory: ResourceNeed;
}

/** What one more unit costs this container, as the Cost tab charges it. @public */
export interface AdvicePrices {
  currency: string;
  /** Paid / charged over the window, micros; undefined = nothing was charged. */
  cpuCoreHour?: number;
  memoryGibHour?: number;
}

/**
 * Why advice is withheld, kept or cautious. Machine-readable; `message` is the
 * sentence for the page.
 *
 * @public
 */
export interface AdviceReason {
  code: AdviceReasonCode;
  resource?: AdvisedOrBoth;
  message: string;
  /** What a page words the message from; absent in rows of earlier versions. */
  wording?: Wording;
}

/** @public */
export type AdvisedOrBoth = AdvisedResource | 'both';

/** @public */
export const ADVICE_REASONS = [
  // withheld: not yet
  'too-little-history',
  'too-few-samples',
  'no-samples',
  'spec-unknown',
  'spec-changed',
  'drift',
  // withheld: something else decides, or nobody can say
  'steering-unknown',
  'vpa-controls',
  'hpa-memory',
  'hpa-custom-target',
  'several-controllers',
  'fixed-heap',
  'memory-volumes',
  'throttled',
  'oom-killed',
  'restart-loop',
  'pending-pods',
  'bare-pod',
  'odd-node',
  'feeds-gpu',
  'runs-too-few',
  // said beside advice
  'floor',
  'startup-peak',
  'weekly-peak',
  'faded',
  'hpa-moved',
  'worst-pod',
  'peak-of-runs',
  'init-container',
  'no-request-set',
  'limit-removed',
  'below-noise',
  'already-right',
  'falling',
  // what admission, nodes and the pod ask for
  'limit-range',
  'quota',
  'node-size',
  'limits-unknown',
  'guaranteed-kept',
  'guaranteed-lost',
  'exclusive-cores',
  'pod-level',
  'pod-together',
] as const;

/** @public */
export type AdviceReasonCode = (typeof ADVICE_REASONS)[number];

/** A request and its limit, cores or bytes; `limit` null = leave off. @public */
export interface Setting {
  request: number;
  limit: number | null;
}

/** How a value came about, enough to compute it again from the digests. @public */
export type AdviceRule =
  | {
      kind: 'daily-quantile';
      /** Largest of the daily quantiles of so many days, times the margin. */
      days: number;
      quantile: number;
      margin: number;
      /** Cores that were held for half an hour, in place of the quantiles, which ask for less. */
      held?: HeldPeak;
    }
  | {
      kind: 'peak';
      margin: number;
      peak: number;
      /** Days it is the peak of; absent = all of the advice. */
      days?: number;
    }
  | { kind: 'oom'; bump: number; killedAt: number }
  | { kind: 'peak-of-runs'; margin: number; runs: number; peak: number }
  | { kind: 'floor'; floor: number }
  | { kind: 'hpa'; scalingPoint: number; target: number }
  /** Least or most that an object or a node allows, where usage asks for less or more. */
  | {
      kind: 'bound';
      side: 'least' | 'most';
      bound: number;
      /** `LimitRange limits`, `the largest node of the cluster`. */
      by: string;
      /** What a page words `by` from, where it is more than a name. */
      byWording?: Wording;
    }
  /** Whole cores, so that they are the container's own. */
  | { kind: 'whole-cores'; needed: number };

/** Advice on one resource of one container: cores or bytes. @public */
export interface ResourceAdvice {
  /** `withheld` gives no number on which to act; `held` says what it would be. */
  status: 'change' | 'keep' | 'withheld';
  current: { request?: number; limit?: number };
  /** Absent unless `change`. */
  proposed?: Setting;
  /** What would be proposed but for the reasons it is withheld; absent when it can't be said. */
  held?: Setting;
  rule?: AdviceRule;
  reasons: AdviceReason[];
  /** Set where the request is the pod's: this is a share of it, and what is patched is the whole. */
  pod?: PodSetting;
  /** Of the samples of the worst pod in the window. */
  usage?: { p50: number; p95: number; p99: number; peak: number };
}

/** Request and limit of a pod as a whole, cores or bytes. @public */
export interface PodSetting {
  current: { request?: number; limit?: number };
  /** With what all of its containers need; absent unless `change`. */
  proposed?: Setting;
}

/** What would have happened in the window under one setting. @public */
export interface BacktestOutcome {
  /** Minutes in which the worst pod wanted more CPU than the setting: its limit, or without one its request on a full node. */
  throttledMinutes: number;
  /** The same, as a share of known samples, 0 to 1. */
  throttledShare: number;
  /** Times memory rose above the limit (without one: above the request), counted once per rise. */
  oomKills: number;
  /** Charged in the window at the container's effective prices, micros. */
  costMicros: string;
}

/**
 * The proposed setting against today's, over the same days. Throttling is of those
 * that count for CPU and kills of those that count for memory (`evidence.counted`);
 * where advice follows a load that falls, of the days since
 * `evidence.followedFrom`: before, the load was another one.
 *
 * @public
 */
export interface Backtest {
  days: number;
  start: string;
  end: string;
  current: BacktestOutcome;
  proposed: BacktestOutcome;
  /** Each past day advised from the days before it, as in a day-ahead replay; absent with too few days. */
  dayAhead?: { days: number; overShare: number; slackShare: number };
}

/** Money a month of 730 hours, micros; negative = it costs more. @public */
export interface AdviceMoney {
  currency: string;
  /** At the container's effective prices. */
  listMicros: string;
  /** What node pools give back if only this is done; filled in with the fleet at hand. */
  realisableMicros?: string;
}

/** A target that moves with the request so that the scaling point stays. @public */
export interface HpaMove {
  kind: 'HorizontalPodAutoscaler' | 'ScaledObject';
  name: string;
  resource: AdvisedResource;
  container?: string;
  /** Percent of the request. */
  currentTarget: number;
  proposedTarget: number;
  /** Other containers of the pod whose requests have to change with it; absent = it is about one. */
  together?: PodMember[];
}

/** What another container of the pod has to be set to, together with this one. @public */
export interface PodMember extends Pick<ContainerFacts, 'name' | 'role'> {
  current: { request?: number; limit?: number };
  proposed: Setting;
}

/** Advice for one container. @public */
export interface ContainerAdvice {
  status: 'change' | 'keep' | 'withheld';
  cpu: ResourceAdvice;
  memory: ResourceAdvice;
  hpa: HpaMove[];
  /** What a VPA says, side by side; absent when there is none. */
  vpa?: VpaContainerRecommendation & { name: string; updateMode: string };
  /**
   * Of what is proposed, resources without a proposal staying as they are; of
   * what is held back when nothing is proposed. Absent without usage.
   */
  backtest?: Backtest;
  /** Of `proposed`. */
  money?: AdviceMoney;
  /** Of `held`: left on the table because advice is withheld. */
  heldMoney?: AdviceMoney;
  /** 0 to 1: grows with history, falls with drift and gaps. */
  confidence: number;
  evidence: AdviceEvidence;
}

/** The days of a window that count for one resource. @public */
export interface CountedDays {
  /** First moment, ISO 8601 UTC; the window's end when none does. */
  from: string;
  /** With data. */
  days: number;
}

/** What an advice stands on; with the digests of the window it computes it again. @public */
export interface AdviceEvidence {
  cluster: string;
  workload: WorkloadRef;
  container: string;
  window: { start: string; end: string };
  /** First moment that was used: later than the window's start when the spec changed. */
  usedFrom: string;
  /** From then on, with data. */
  days: number;
  /**
   * The days that count for each resource: a changed limit may leave fewer of one.
   * Absent in advice of earlier versions, which used the same days for both.
   */
  counted?: Record<AdvisedResource, CountedDays>;
  /** Known samples of those wanted, 0 to 1. */
  coverage: number;
  samples: number;
  pods: number;
  appetite: { value: Appetite; origin: AppetiteOrigin };
  policy: Omit<AdvicePolicy, 'noise'> & {
    noise: { ratio: number; microsPerMonth: string };
  };
  prices: AdvicePrices;
  /** Empty when it is not known, see `specUnknown`. */
  spec: ContainerSpec;
  specUnknown?: true;
  facts?: AdviceFacts;
  steering: readonly Steering[] | null;
  /** Absent = could not be read. */
  limits?: readonly NamespaceLimit[];
  node?: LargestNode;
  others?: readonly ContainerNeed[];
  /** Since when advice stands on usage, where it follows a load that falls; ISO 8601 UTC. */
  followedFrom?: Partial<Record<AdvisedResource, string>>;
  /** Present when the advice is another without it. */
  previous?: RequestRule;
  oomKills?: number;
  throttledShare?: number;
  startup?: { cpuCores: number; memoryBytes: number };
}
