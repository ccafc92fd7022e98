import { CapacityType, Resource } from '../resources/resources';

/**
 * What one container (or the idle capacity of one node pool) was charged for one
 * resource on one calendar day: one row of the FOCUS export.
 *
 * @public
 */
export interface FocusCharge {
  /** `YYYY-MM-DD` in `timezone`. */
  day: string;
  /** IANA zone the day is in. */
  timezone: string;
  cluster: string;
  /** Empty when no source says. */
  region: string;
  namespace: string;
  workloadKind: string;
  workload: string;
  container: string;
  resource: Resource;
  capacityType: CapacityType;
  costMicros: bigint;
  /** ISO 4217. */
  currency: string;
  /** Charged core-, GiB-, device-hours, or GiB of traffic; absent when unknown: then it is charged by the day. */
  quantity?: number;
  /** The service it is linked to; absent = Unallocated. */
  entityRef?: string;
  /** Capacity that was paid and given to nobody. */
  idle: boolean;
  /** Labels worth carrying along, e.g. owner and system. */
  tags?: Record<string, string>;
  /** The provider that bills, e.g. `AWS`; `Kubernetes` when nobody says. */
  provider?: string;
  /** Defaults to the cluster. */
  billingAccountId?: string;
  billingAccountName?: string;
}
