import { CapacityReservation, NodeHour } from '../observations/observations';
import { isMachine, platformOfLabels } from '../podBilling/podPlatforms';
import { LabelMatch, NodeLabelRules } from './nodeLabelRules';
import { NodeLabels } from './nodeLabels';

const REGION = [
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/region',
];
const ZONE = [
  'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/zone',
];
const INSTANCE_TYPE = [
  'node.kubernetes.io/instance-type',
  'beta.kubernetes.io/instance-type',
];

/** The most exact first. */
const NODE_POOL = [
  'karpenter.sh/nodepool',
  'karpenter.sh/provisioner-name',
  'eks.amazonaws.com/nodegroup',
  'alpha.eksctl.io/nodegroup-name',
  'cloud.google.com/gke-nodepool',
  'kubernetes.azure.com/agentpool',
  'agentpool',
  'kops.k8s.io/instancegroup',
  'scheduling.cast.ai/node-template',
];

const GPU_MODEL = [
  'nvidia.com/gpu.product',
  'cloud.google.com/gke-accelerator',
];

/**
 * Karpenter, EKS, eksctl and the EKS workshop, GKE, AKS, Spot by NetApp, CAST
 * AI, kOps (from 1.18), OKE, OpenShift and Cluster API, in this order.
 */
const SPOT: LabelMatch[] = [
  { label: 'karpenter.sh/capacity-type', value: 'spot' },
  { label: 'node.k8s.aws/capacity-type', value: 'spot' },
  { label: 'eks.amazonaws.com/capacityType', value: 'spot' },
  { label: 'alpha.eksctl.io/spot', value: 'true' },
  { label: 'node.kubernetes.io/lifecycle', value: 'spot' },
  { label: 'node.kubernetes.io/lifecycle', value: 'Ec2Spot' },
  { label: 'lifecycle', value: 'Ec2Spot' },
  { label: 'lifecycle', value: 'spot' },
  { label: 'aws.amazon.com/spot', value: 'true' },
  { label: 'cloud.google.com/gke-spot', value: 'true' },
  { label: 'cloud.google.com/gke-preemptible', value: 'true' },
  { label: 'cloud.google.com/gke-provisioning', value: 'spot' },
  { label: 'cloud.google.com/gke-provisioning', value: 'preemptible' },
  { label: 'kubernetes.azure.com/scalesetpriority', value: 'spot' },
  { label: 'kubernetes.azure.com/priority', value: 'spot' },
  { label: 'spotinst.io/node-lifecycle', value: 'spot' },
  { label: 'scheduling.cast.ai/spot', value: 'true' },
  { label: 'node-role.kubernetes.io/spot-worker' },
  { label: 'oci.oraclecloud.com/oke-is-preemptible', value: 'true' },
  { label: 'machine.openshift.io/interruptible-instance' },
  { label: 'cluster.x-k8s.io/interruptible' },
];

/** CAST AI labels a node that stands in for spot as spot, though it is bought on demand. */
const STANDS_IN_FOR_SPOT: LabelMatch = {
  label: 'scheduling.cast.ai/spot-fallback',
  value: 'true',
};

/** Karpenter, which calls all capacity that was reserved so, and EKS. */
const BLOCK: LabelMatch[] = [
  {
    label: 'karpenter.k8s.aws/capacity-reservation-type',
    value: 'capacity-block',
  },
  { label: 'eks.amazonaws.com/capacityType', value: 'CAPACITY_BLOCK' },
];
const RESERVED: LabelMatch = {
  label: 'karpenter.sh/capacity-type',
  value: 'reserved',
};

const WINDOWS: LabelMatch[] = [
  { label: 'kubernetes.io/os', value: 'windows' },
  { label: 'beta.kubernetes.io/os', value: 'windows' },
  { label: 'node.kubernetes.io/windows-build' },
];
const AUTO_MODE: LabelMatch = {
  label: 'eks.amazonaws.com/compute-type',
  value: 'auto',
};

/** What a node's labels say about it; absent = they don't. @public */
export type NodeDescription = Partial<
  Pick<
    NodeHour,
    | 'instanceType'
    | 'region'
    | 'zone'
    | 'nodePool'
    | 'gpuModel'
    | 'billing'
    | 'podPlatform'
    | 'reservation'
    | 'operatingSystem'
    | 'managedBy'
  > & { capacityType: 'spot' }
>;

/** What is known of a node beside its labels. @public */
export interface DescribeNodeOptions {
  /** The node's name: Fargate, AKS and Autopilot name theirs in their own way. */
  node?: string;
  /** Labels that configuration adds. */
  rules?: NodeLabelRules;
}

/**
 * Reads the labels of a node that decide its price: those that configuration
 * names, those of Kubernetes, and of Karpenter, eksctl, kOps, Spot by NetApp,
 * CAST AI and the large providers. No label says on-demand in a way that all
 * share, so only spot is told.
 *
 * A node whose pods are billed instead of itself has `billing: 'pods'`, and the
 * platform that bills them, which is its instance type and node pool where
 * nothing else is.
 *
 * @param labels - by key, as Kubernetes writes it or as kube-state-metrics does
 * (`label_` before it, `_` for what Prometheus does not allow in a name, camel
 * case kept or in snake case)
 * @public
 */
export function describeNodeLabels(
  labels: Record<string, string>,
  options: DescribeNodeOptions = {},
): NodeDescription {
  const { node, rules = {} } = options;
  const read = NodeLabels.of(labels);
  const first = (known: string[], configured: string[] = []) =>
    read.first([...configured, ...known]);
  const instanceType = first(INSTANCE_TYPE, rules.instanceType);
  const machine = isMachine(read);
  const podPlatform =
    rules.billedByPods?.find(match => read.matches(match))?.platform ??
    (machine ? undefined : platformOfLabels(read, node, instanceType));
  return {
    instanceType: instanceType ?? podPlatform,
    region: first(REGION, rules.region),
    zone: first(ZONE, rules.zone),
    nodePool: first(NODE_POOL, rules.nodePool) ?? podPlatform,
    gpuModel: first(GPU_MODEL),
    capacityType: isSpot(read, rules.spot) ? 'spot' : undefined,
    reservation: reservationOf(read),
    operatingSystem: WINDOWS.some(match => read.matches(match))
      ? 'windows'
      : undefined,
    managedBy: read.matches(AUTO_MODE) ? 'eks-auto-mode' : undefined,
    billing: billingOf(podPlatform, machine),
    podPlatform,
  };
}

function billingOf(
  podPlatform: string | undefined,
  machine: boolean,
): NodeHour['billing'] {
  if (podPlatform) {
    return 'pods';
  }
  return machine ? 'node' : undefined;
}

function reservationOf(labels: NodeLabels): CapacityReservation | undefined {
  if (BLOCK.some(match => labels.matches(match))) {
    return 'block';
  }
  return labels.matches(RESERVED) ? 'on-demand' : undefined;
}

function isSpot(labels: NodeLabels, configured: LabelMatch[] = []): boolean {
  const matches = (match: LabelMatch) => labels.matches(match);
  return (
    configured.some(matches) ||
    (SPOT.some(matches) && !matches(STANDS_IN_FOR_SPOT))
  );
}
