import { LinkProvenance } from '@headroom/common';

/** Which service a workload was counted for last. @public */
export interface LinkedWorkload {
  cluster: string;
  namespace: string;
  /** e.g. `Deployment` */
  kind: string;
  name: string;
  entityRef: string;
  provenance: LinkProvenance;
}

/** A page of the links of all workloads, also of those that are gone. @public */
export interface LinkedWorkloads {
  links: readonly LinkedWorkload[];
  /** Asks for the next page; absent = this is the last. */
  cursor?: string;
}
