import { Micros, Said, WorkloadRef } from '@headroom/common';
import { EstimatedResource, EstimatePrice } from './costEstimate';

/** A workload of a service, and what it costs as it is now. @public */
export interface RunningWorkload extends WorkloadRef {
  cluster: string;
  /** When its cluster said so, ISO 8601 UTC. */
  readAt: string;
  /** Pods that are wanted now; absent = not known. */
  replicas?: number;
  /** Of all replicas, what has a price; absent = nothing of it is known. */
  hourly?: Micros;
  /** A month of 730 hours at the present replicas. */
  monthly?: Micros;
  /** The month by resource; what isn't known is absent. */
  resources: Array<{ resource: EstimatedResource; monthly: Micros }>;
  prices: EstimatePrice[];
}

/** What of that which runs can't be priced, and why. @public */
export interface RunningUnknown {
  /** Name of the workload; absent where a whole cluster isn't known. */
  workload?: string;
  /** Absent where nothing of it is known. */
  resource?: EstimatedResource;
  said: Said;
}

/**
 * What runs of a service at this moment, priced as an estimate prices what is to be
 * created: for the time until its first hour is measured.
 *
 * @public
 */
export interface RunningService {
  entityRef: string;
  currency: string;
  /** Some of it runs in a simulation. */
  simulated: boolean;
  /** `no-workloads`: nothing that runs is linked to it yet. */
  status: 'ok' | 'no-workloads';
  /** Everything that runs is priced; else it costs `hourly` at least. */
  complete: boolean;
  /** Of what has a price; absent = nothing has. */
  hourly?: Micros;
  /** A month of 730 hours at the present replicas. */
  monthly?: Micros;
  hoursPerMonth: number;
  /** Replicas of all workloads of which they are known. */
  replicas: number;
  workloads: RunningWorkload[];
  unknown: RunningUnknown[];
  /** What to know beside the figure. */
  remarks: Said[];
  /** When its first hour that is whole is over and settled at the earliest, ISO 8601 UTC; absent = nothing runs. */
  measuredFrom?: string;
  /** IANA zone to say that in. */
  timezone: string;
}
