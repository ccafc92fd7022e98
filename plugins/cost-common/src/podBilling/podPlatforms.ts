import { NodeHour } from '../observations/observations';
import { LabelMatch } from '../nodes/nodeLabelRules';
import { NodeLabels } from '../nodes/nodeLabels';

/** AWS bills a pod by the size Fargate gave it. @public */
export const EKS_FARGATE = 'eks-fargate';
/** Azure bills a pod as a container group. */
export const AZURE_CONTAINER_INSTANCES = 'azure-container-instances';
/** Google bills what a pod requests. */
export const GKE_AUTOPILOT = 'gke-autopilot';
/** A virtual-kubelet that doesn't say whose it is. */
export const VIRTUAL_KUBELET = 'virtual-kubelet';
const UNKNOWN_PLATFORM = 'unknown';

/**
 * Labels of nodes that are no machines. The most telling first: several
 * providers label theirs `type=virtual-kubelet`, too.
 *
 * - Fargate: the EKS user guide; aws/containers-roadmap#1476
 * - virtual nodes of AKS: MicrosoftDocs/azure-docs#104587; version 2:
 *   microsoft/virtualnodesOnAzureContainerInstances
 * - virtual nodes of OKE: opencost `pkg/cloud/oracle`
 * - Autopilot: kubescape's node metadata
 */
const PLATFORM_LABELS: Array<LabelMatch & { platform: string }> = [
  {
    label: 'eks.amazonaws.com/compute-type',
    value: 'fargate',
    platform: EKS_FARGATE,
  },
  {
    label: 'virtualization',
    value: 'virtualnode2',
    platform: AZURE_CONTAINER_INSTANCES,
  },
  {
    label: 'node-role.kubernetes.io/virtual-node',
    platform: 'oke-virtual-node',
  },
  {
    label: 'node.kubernetes.io/instance-type',
    value: 'eklet',
    platform: 'tke-serverless',
  },
  {
    label: 'cloud.google.com/gke-autopilot',
    value: 'true',
    platform: GKE_AUTOPILOT,
  },
  {
    label: 'cloud.google.com/gke-provisioning',
    value: 'autopilot',
    platform: GKE_AUTOPILOT,
  },
];

const VIRTUAL_KUBELET_LABELS: LabelMatch[] = [
  { label: 'type', value: 'virtual-kubelet' },
  { label: 'node.kubernetes.io/instance-type', value: 'virtual-kubelet' },
  { label: 'beta.kubernetes.io/instance-type', value: 'virtual-kubelet' },
  { label: 'liqo.io/type', value: 'virtual-node' },
];

/** Only the virtual nodes of Azure have it among virtual-kubelets. */
const AZURE_LABELS = [
  'kubernetes.azure.com/managed',
  'kubernetes.azure.com/role',
];

const COMPUTE_CLASS = 'cloud.google.com/compute-class';

/** Classes of Autopilot whose pods pay for the whole machine. */
const MACHINE_CLASSES: LabelMatch[] = ['Performance', 'Accelerator'].map(
  value => ({ label: COMPUTE_CLASS, value }),
);

/** Classes of Autopilot that have prices of their own. */
const PRICED_CLASSES = ['Balanced', 'Scale-Out'];

const PLATFORM_NAMES: Array<[name: RegExp, platform: string]> = [
  [/^fargate-ip-/, EKS_FARGATE],
  [/^virtual-node-aci-/, AZURE_CONTAINER_INSTANCES],
  [/^gk3-/, GKE_AUTOPILOT],
  [/^virtual-kubelet(-|$)/, VIRTUAL_KUBELET],
  [/^eklet-/, 'tke-serverless'],
];

/** Machines that Google has for Autopilot only. */
const AUTOPILOT_TYPE = /^ek-/;

/** Who bills the pods of a node, as labels and the node's name tell; undefined = they don't. */
export function platformOfLabels(
  labels: NodeLabels,
  node: string | undefined,
  instanceType: string | undefined,
): string | undefined {
  const labelled = PLATFORM_LABELS.find(match => labels.matches(match));
  const named = platformOfName({ node, instanceType });
  const platform = labelled?.platform ?? named;
  if (platform === GKE_AUTOPILOT) {
    return autopilotOf(labels.get(COMPUTE_CLASS));
  }
  if (platform && platform !== VIRTUAL_KUBELET) {
    return platform;
  }
  const virtual = VIRTUAL_KUBELET_LABELS.some(match => labels.matches(match));
  if (virtual && labels.first(AZURE_LABELS)) {
    return AZURE_CONTAINER_INSTANCES;
  }
  return virtual ? VIRTUAL_KUBELET : platform;
}

function autopilotOf(computeClass: string | undefined): string {
  return computeClass && PRICED_CLASSES.includes(computeClass)
    ? `${GKE_AUTOPILOT}-${computeClass.toLocaleLowerCase('en-US')}`
    : GKE_AUTOPILOT;
}

/** Whether a node is billed as a machine though its platform bills pods. */
export function isMachine(labels: NodeLabels): boolean {
  return MACHINE_CLASSES.some(match => labels.matches(match));
}

/**
 * Who bills the pods of a node, e.g. `eks-fargate`; undefined = the node itself
 * is billed. Told from what its source says of it, else from its name.
 *
 * @public
 */
export function podPlatformOf(node: NodeHour): string | undefined {
  if (node.billing === 'node') {
    return undefined;
  }
  const platform = node.podPlatform ?? platformOfName(node);
  return platform ?? (node.billing === 'pods' ? UNKNOWN_PLATFORM : undefined);
}

function platformOfName({
  node,
  instanceType,
}: Partial<Pick<NodeHour, 'node' | 'instanceType'>>): string | undefined {
  if (instanceType && AUTOPILOT_TYPE.test(instanceType)) {
    return GKE_AUTOPILOT;
  }
  return PLATFORM_NAMES.find(([name]) => node && name.test(node))?.[1];
}
