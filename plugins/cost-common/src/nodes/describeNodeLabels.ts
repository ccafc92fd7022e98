import { NodeHour } from '../observations/observations';

const REGION = [
  'topology_kubernetes_io_region',
  'failure_domain_beta_kubernetes_io_region',
];
const ZONE = [
  'topology_kubernetes_io_zone',
  'failure_domain_beta_kubernetes_io_zone',
];
const INSTANCE_TYPE = [
  'node_kubernetes_io_instance_type',
  'beta_kubernetes_io_instance_type',
];
/** The most exact first. */
const NODE_POOL = [
  'karpenter_sh_nodepool',
  'karpenter_sh_provisioner_name',
  'eks_amazonaws_com_nodegroup',
  'alpha_eksctl_io_nodegroup_name',
  'cloud_google_com_gke_nodepool',
  'kubernetes_azure_com_agentpool',
  'agentpool',
  'kops_k8s_io_instancegroup',
];
const GPU_MODEL = [
  'nvidia_com_gpu_product',
  'cloud_google_com_gke_accelerator',
];
/** Newer kube-state-metrics write camel case keys in snake case; both are read. */
const SPOT: Array<[key: string, value: string]> = [
  ['karpenter_sh_capacity_type', 'spot'],
  ['eks_amazonaws_com_capacityType', 'spot'],
  ['eks_amazonaws_com_capacity_type', 'spot'],
  ['cloud_google_com_gke_spot', 'true'],
  ['cloud_google_com_gke_preemptible', 'true'],
  ['kubernetes_azure_com_scalesetpriority', 'spot'],
  ['node_kubernetes_io_lifecycle', 'spot'],
];

/** What a node's labels say about it; absent = they don't. @public */
export type NodeDescription = Partial<
  Pick<
    NodeHour,
    'instanceType' | 'region' | 'zone' | 'nodePool' | 'gpuModel'
  > & { capacityType: 'spot' }
>;

/**
 * Reads the labels of a node that decide its price: those of Kubernetes, and of
 * Karpenter, eksctl, kOps and the three large providers. No label says
 * on-demand in a way that all share, so only spot is told.
 *
 * @param labels - by key, as Kubernetes writes it or as kube-state-metrics does
 * (`label_` before it, `_` for what Prometheus does not allow in a name)
 * @public
 */
export function describeNodeLabels(
  labels: Record<string, string>,
): NodeDescription {
  const plain = new Map(
    Object.entries(labels).map(([key, value]) => [
      key.replace(/[^a-zA-Z0-9_]/g, '_').replace(/^label_/, ''),
      value,
    ]),
  );
  const first = (keys: string[]) =>
    keys.map(key => plain.get(key)).find(Boolean);
  const spot = SPOT.some(
    ([key, value]) => plain.get(key)?.toLocaleLowerCase('en-US') === value,
  );
  return {
    instanceType: first(INSTANCE_TYPE),
    region: first(REGION),
    zone: first(ZONE),
    nodePool: first(NODE_POOL),
    gpuModel: first(GPU_MODEL),
    capacityType: spot ? 'spot' : undefined,
  };
}
