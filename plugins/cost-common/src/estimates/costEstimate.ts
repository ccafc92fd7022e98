import { Micros, Said } from '@headroom/common';
import { CapacityType } from '../resources/resources';
import type { EstimatedBudget } from './takeFromBudget';

/** The resources that an estimate prices: what is reserved. Traffic is not among them. @public */
export const ESTIMATED_RESOURCES = ['cpu', 'memory', 'gpu', 'storage'] as const;

/** @public */
export type EstimatedResource = (typeof ESTIMATED_RESOURCES)[number];

/**
 * A month with the fewest replicas all the time, and one with the most.
 *
 * @public
 */
export interface MonthlyRange {
  min: Micros;
  max: Micros;
}

/**
 * Where a unit price of an estimate comes from: `measured` = what the nodes of the
 * cluster cost on its newest day, split as the allocation splits them; `config` =
 * `headroom.prices`; `list` = the built-in price list; `default` = a unit price of
 * last resort.
 *
 * @public
 */
export type EstimatePriceKind = 'measured' | 'config' | 'list' | 'default';

/** A price that an estimate was made with. @public */
export interface EstimatePrice {
  resource: EstimatedResource;
  unit: 'core-hour' | 'GiB-hour' | 'device-hour';
  /** Decimal string with nine digits, in the currency of the estimate. */
  price: string;
  capacityType: CapacityType;
  kind: EstimatePriceKind;
  /** Of a measured price the day, `YYYY-MM-DD`. */
  day?: string;
  /** Model of the GPUs of the nodes, where they have some. */
  gpuModel?: string;
  /** Pools of the nodes; only for a caller who may see everything. */
  nodePools?: string[];
  /** Where it comes from, in a sentence. */
  said: Said;
}

/** What the pods of one workload cost. @public */
export interface EstimatedPods {
  name: string;
  /** A month of one replica by resource; what isn't known is absent. */
  perReplica: Partial<Record<EstimatedResource, Micros>>;
  monthly: MonthlyRange;
  hoursPerMonth: number;
  /** Boards that one replica holds: 0.25 = a quarter of one; absent without a GPU, or where it isn't known. */
  gpuShare?: number;
  prices: EstimatePrice[];
}

/** What can't be priced, why, and the line that mends it. @public */
export interface EstimateUnknown {
  /** Name of the workload. */
  pods: string;
  resource: EstimatedResource;
  said: Said;
}

/** What services like it cost a month, of those that the caller may see. @public */
export interface SimilarServices {
  count: number;
  median: Micros;
  lowest: Micros;
  highest: Micros;
  /** Those nearest in cost, at most five. */
  nearest: Array<{ entityRef: string; title: string; monthly: Micros }>;
  /** What counts as similar. */
  said: Said;
}

/** What another choice costs. @public */
export interface EstimatedChoice {
  id: string;
  monthly: MonthlyRange;
  /** Everything of it is priced; else it costs `monthly` at least. */
  complete: boolean;
  /** What it saves a month against what was asked for, negative where it costs more; absent unless both are complete. */
  saves?: MonthlyRange;
  unknown: EstimateUnknown[];
}

/**
 * What is known of the budget of who will own pods: a budget, why it isn't known, or
 * the group that has none, nor any above it.
 *
 * @public
 */
export type OwnerBudget =
  | { budget: EstimatedBudget }
  | { unknown: Said }
  | { none: string };

/**
 * What pods that are to be created cost a month of 730 hours, from the fewest to
 * the most replicas, at what the cluster's capacity costs. A replica is charged
 * what it requests, as the Cost tab charges max(request, usage); the capacity that
 * nobody holds, traffic, and use beyond requests come on top.
 *
 * @public
 */
export interface CostEstimate {
  cluster: string;
  currency: string;
  /** The cluster is a simulation. */
  simulated: boolean;
  hoursPerMonth: number;
  /** Everything is priced; else the pods cost `monthly` at least. */
  complete: boolean;
  monthly: MonthlyRange;
  /** The same by resource. */
  resources: Array<{ resource: EstimatedResource; monthly: MonthlyRange }>;
  pods: EstimatedPods[];
  unknown: EstimateUnknown[];
  /** The figure with its share of the cluster's idle as it was; only for a caller who may see everything. */
  withIdle?: MonthlyRange;
  /** Absent where the caller may see none. */
  similar?: SimilarServices;
  choices: EstimatedChoice[];
  /** In the currency of the estimate; absent = no owner was named. */
  ownerBudget?: OwnerBudget;
  /** What to know beside the figure: what it leaves out, and what was assumed. */
  remarks: Said[];
}
