/** A label and a value it must have; absent = any value. @public */
export interface LabelMatch {
  /** Key as Kubernetes has it, e.g. `acme.io/machineType`. */
  label: string;
  /** Compared without regard to case. */
  value?: string;
}

/**
 * Labels that say something of nodes, beside those that are known. They are
 * read before the known ones, in their order.
 *
 * @public
 */
export interface NodeLabelRules {
  instanceType?: string[];
  region?: string[];
  zone?: string[];
  nodePool?: string[];
  /** Labels that mean spot. */
  spot?: LabelMatch[];
  /**
   * Labels that mean that not the node is billed but its pods, and by which
   * price: `platform` of `headroom.prices.pods`.
   */
  billedByPods?: Array<LabelMatch & { platform: string }>;
}
