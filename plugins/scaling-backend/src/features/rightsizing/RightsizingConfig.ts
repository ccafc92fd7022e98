import { ActingMode } from '@headroom/common';
import { WatchLimits } from '@headroom/plugin-scaling-common';

/** Where the manifests of workloads are. */
export interface ManifestSource {
  /** Absent = all. */
  clusters?: readonly string[];
  namespaces?: readonly string[];
  /** Of a folder, as a person opens it in the forge. */
  url: string;
}

/** A query whose answer says that a change does harm. */
export interface WatchQuery {
  title: string;
  /** PromQL; `{{namespace}}` and `{{workload}}` are filled in. */
  query: string;
  /** More is too much. */
  above: number;
}

/** How far advice may go on the cluster, where the first rule that fits decides. */
export interface RightsizingRule {
  clusters?: readonly string[];
  namespaces?: readonly string[];
  mode: ActingMode;
  /**
   * Through the pod template, which rolls the workload out, or in place, on the pods
   * that run. Default: `rollout`.
   */
  by?: 'rollout' | 'resize';
  /** Who asked for a plan cannot approve it. Default: false. */
  twoPersons?: boolean;
}

/** `headroom.scaling.rightsizing` */
export interface RightsizingConfig {
  rules: readonly RightsizingRule[];
  manifests: readonly ManifestSource[];
  watch: WatchLimits & { queries: readonly WatchQuery[] };
}
