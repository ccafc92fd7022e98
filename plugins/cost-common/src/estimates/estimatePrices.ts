import { PriceBook, PriceBookPart } from '../prices/types';
import { Observed, ObservedPool } from './ObservedPool';

/** Idle of a cluster beside what its workloads were charged, of one resource. @public */
export interface ObservedIdle {
  idleMicros: bigint;
  chargedMicros: bigint;
}

/**
 * What capacity costs in one cluster: what its nodes cost lately, and the price
 * books for what did not run there.
 *
 * @public
 */
export interface EstimatePrices {
  cluster: string;
  /** Of the estimate. */
  currency: string;
  /** What one unit of the currency of pools, storage and books buys of it, decimal; absent = they are in it. */
  exchangeRate?: string;
  region?: string;
  /** Days that were looked at for nodes. */
  days: number;
  pools: readonly ObservedPool[];
  /** All volumes of the cluster on its newest day; absent = it had none that were priced. */
  storage?: Observed & { day: string };
  /** Idle by resource on the newest day. */
  idle?: Partial<Record<'cpu' | 'memory' | 'gpu', ObservedIdle>>;
  books: { config: PriceBookPart; builtIn: PriceBook };
}
