import { CapacityType } from '@headroom/plugin-cost-common';

const REGION = [
  'topology_kubernetes_io_region',
  'failure_domain_beta_kubernetes_io_region',
];
const INSTANCE_TYPE = [
  'node_kubernetes_io_instance_type',
  'beta_kubernetes_io_instance_type',
];
const NODE_POOL = [
  'karpenter_sh_nodepool',
  'eks_amazonaws_com_nodegroup',
  'cloud_google_com_gke_nodepool',
  'kubernetes_azure_com_agentpool',
  'agentpool',
];
/** Labels that say spot, and how. */
const SPOT: Array<[key: string, value: string]> = [
  ['karpenter_sh_capacity_type', 'spot'],
  ['eks_amazonaws_com_capacityType', 'SPOT'],
  ['cloud_google_com_gke_spot', 'true'],
  ['cloud_google_com_gke_preemptible', 'true'],
  ['kubernetes_azure_com_scalesetpriority', 'spot'],
];

/** What a node's labels say about it; absent = they don't. @internal */
export interface NodeLabels {
  region?: string;
  instanceType?: string;
  nodePool?: string;
  capacityType?: CapacityType;
}

/**
 * Reads the labels of a node as OpenCost hands them out: sanitized for
 * Prometheus, with or without the `label_` prefix of kube-state-metrics.
 *
 * @internal
 */
export function readNodeLabels(labels: Record<string, string>): NodeLabels {
  const plain = new Map(
    Object.entries(labels).map(([key, value]) => [
      key.replace(/[^a-zA-Z0-9_]/g, '_').replace(/^label_/, ''),
      value,
    ]),
  );
  const first = (keys: string[]) =>
    keys.map(key => plain.get(key)).find(Boolean);
  const spot = SPOT.some(([key, value]) => plain.get(key) === value);
  return {
    region: first(REGION),
    instanceType: first(INSTANCE_TYPE),
    nodePool: first(NODE_POOL),
    capacityType: spot ? 'spot' : undefined,
  };
}
