import { describeNodeLabels } from './describeNodeLabels';

describe('describeNodeLabels', () => {
  it('reads keys of Kubernetes and of kube-state-metrics alike', () => {
    const expected = {
      region: 'us-west-2',
      zone: 'us-west-2a',
      instanceType: 'm5.large',
      nodePool: 'general',
      gpuModel: 'NVIDIA-L4',
    };
    expect(
      describeNodeLabels({
        'topology.kubernetes.io/region': 'us-west-2',
        'topology.kubernetes.io/zone': 'us-west-2a',
        'node.kubernetes.io/instance-type': 'm5.large',
        'karpenter.sh/nodepool': 'general',
        'nvidia.com/gpu.product': 'NVIDIA-L4',
      }),
    ).toEqual(expected);
    expect(
      describeNodeLabels({
        label_failure_domain_beta_kubernetes_io_region: 'us-west-2',
        label_failure_domain_beta_kubernetes_io_zone: 'us-west-2a',
        label_beta_kubernetes_io_instance_type: 'm5.large',
        label_agentpool: 'general',
        label_cloud_google_com_gke_accelerator: 'NVIDIA-L4',
      }),
    ).toEqual(expected);
  });

  it.each([
    'karpenter.sh/nodepool',
    'karpenter.sh/provisioner-name',
    'eks.amazonaws.com/nodegroup',
    'alpha.eksctl.io/nodegroup-name',
    'cloud.google.com/gke-nodepool',
    'kubernetes.azure.com/agentpool',
    'agentpool',
    'kops.k8s.io/instancegroup',
  ])('finds the node pool in %s', key => {
    expect(describeNodeLabels({ [key]: 'pool' }).nodePool).toBe('pool');
  });

  it.each([
    ['karpenter.sh/capacity-type', 'spot'],
    ['eks.amazonaws.com/capacityType', 'SPOT'],
    ['label_eks_amazonaws_com_capacity_type', 'SPOT'],
    ['cloud.google.com/gke-spot', 'true'],
    ['cloud.google.com/gke-preemptible', 'true'],
    ['kubernetes.azure.com/scalesetpriority', 'spot'],
    ['node.kubernetes.io/lifecycle', 'spot'],
  ])('takes %s=%s for spot', (key, value) => {
    expect(describeNodeLabels({ [key]: value }).capacityType).toBe('spot');
    expect(describeNodeLabels({ [key]: 'other' }).capacityType).toBeUndefined();
  });

  it('says nothing that labels do not say', () => {
    expect(
      Object.values(describeNodeLabels({ 'karpenter.sh/nodepool': '' })).filter(
        Boolean,
      ),
    ).toEqual([]);
  });
});

describe('nodes that are no machines', () => {
  it.each([
    [{ 'eks.amazonaws.com/compute-type': 'fargate' }, 'eks-fargate'],
    [{ label_eks_amazonaws_com_compute_type: 'fargate' }, 'eks-fargate'],
    [
      // All labels of an AKS virtual node (azure-docs#104587).
      {
        'alpha.service-controller.kubernetes.io/exclude-balancer': 'true',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.azure.com/managed': 'false',
        'kubernetes.azure.com/role': 'agent',
        'kubernetes.io/hostname': 'virtual-node-aci-linux',
        type: 'virtual-kubelet',
      },
      'azure-container-instances',
    ],
    [{ virtualization: 'virtualnode2' }, 'azure-container-instances'],
    [{ label_type: 'virtual-kubelet' }, 'virtual-kubelet'],
    [
      { 'beta.kubernetes.io/instance-type': 'virtual-kubelet' },
      'virtual-kubelet',
    ],
    [{ 'node.kubernetes.io/instance-type': 'ek-standard-8' }, 'gke-autopilot'],
    [{ 'node.kubernetes.io/instance-type': 'eklet' }, 'tke-serverless'],
  ])('%j is billed by the pods of %s', (labels, podPlatform) => {
    expect(describeNodeLabels(labels)).toMatchObject({
      billing: 'pods',
      podPlatform,
      nodePool: podPlatform,
    });
  });

  it.each([
    ['fargate-ip-10-7-94-68.eu-central-1.compute.internal', 'eks-fargate'],
    ['virtual-node-aci-linux', 'azure-container-instances'],
    ['gk3-prod-default-pool-4a1b2c3d-abcd', 'gke-autopilot'],
    ['virtual-kubelet-cn-hangzhou-k', 'virtual-kubelet'],
  ])('tells %s by its name', (node, podPlatform) => {
    expect(describeNodeLabels({}, { node })).toMatchObject({
      billing: 'pods',
      podPlatform,
      instanceType: podPlatform,
    });
  });

  it('knows the classes of Autopilot', () => {
    const describeClass = (value: string) =>
      describeNodeLabels(
        { 'cloud.google.com/compute-class': value },
        { node: 'gk3-prod-pool-1' },
      );
    expect(describeClass('Performance').billing).toBe('node');
    expect(describeClass('Balanced').podPlatform).toBe(
      'gke-autopilot-balanced',
    );
    expect(describeClass('my-class').podPlatform).toBe('gke-autopilot');
  });

  it('takes a machine for a machine', () => {
    const described = describeNodeLabels(
      {
        'kubernetes.azure.com/role': 'agent',
        'node.kubernetes.io/instance-type': 'Standard_D4s_v5',
        type: 'worker',
      },
      { node: 'aks-nodepool1-17551885-vmss000000' },
    );
    expect(described.billing).toBeUndefined();
    expect(described.instanceType).toBe('Standard_D4s_v5');
  });
});

describe('spot by those who manage nodes', () => {
  it.each([
    [{ 'spotinst.io/node-lifecycle': 'spot' }],
    [{ label_spotinst_io_node_lifecycle: 'spot' }],
    [{ 'scheduling.cast.ai/spot': 'true' }],
    [{ label_node_role_kubernetes_io_spot_worker: 'true' }],
    [{ 'node-role.kubernetes.io/spot-worker': '' }],
    [{ 'cloud.google.com/gke-provisioning': 'spot' }],
    [{ 'node.k8s.aws/capacity-type': 'spot' }],
    [{ label_eks_amazonaws_com_capacityType: 'SPOT' }],
    [{ 'node.kubernetes.io/lifecycle': 'Ec2Spot' }],
    [{ 'oci.oraclecloud.com/oke-is-preemptible': 'true' }],
  ])('%j', labels => {
    expect(describeNodeLabels(labels).capacityType).toBe('spot');
  });

  it.each([
    [{ 'spotinst.io/node-lifecycle': 'od' }],
    [{ 'cloud.google.com/gke-provisioning': 'standard' }],
    [
      // Bought on demand because there was no spot.
      {
        'scheduling.cast.ai/spot': 'true',
        'scheduling.cast.ai/spot-fallback': 'true',
      },
    ],
  ])('not %j', labels => {
    expect(describeNodeLabels(labels).capacityType).toBeUndefined();
  });

  it('believes keys that became one name when they agree', () => {
    const conflict = (second: string) =>
      describeNodeLabels({
        label_eks_amazonaws_com_capacity_type_conflict1: 'SPOT',
        label_eks_amazonaws_com_capacity_type_conflict2: second,
      }).capacityType;
    expect(conflict('SPOT')).toBe('spot');
    expect(conflict('ON_DEMAND')).toBeUndefined();
  });
});

describe('capacity that was reserved', () => {
  const karpenter = { 'karpenter.sh/capacity-type': 'reserved' };

  it.each([
    [karpenter, 'on-demand'],
    [{ label_karpenter_sh_capacity_type: 'reserved' }, 'on-demand'],
    [
      {
        ...karpenter,
        'karpenter.k8s.aws/capacity-reservation-type': 'default',
      },
      'on-demand',
    ],
    [
      {
        ...karpenter,
        'karpenter.k8s.aws/capacity-reservation-type': 'capacity-block',
      },
      'block',
    ],
    [{ label_eks_amazonaws_com_capacity_type: 'CAPACITY_BLOCK' }, 'block'],
    [{ 'karpenter.sh/capacity-type': 'on-demand' }, undefined],
  ])('%j: %s', (labels, reservation) => {
    const described = describeNodeLabels(labels);
    expect(described.reservation).toBe(reservation);
    expect(described.capacityType).toBeUndefined();
  });
});

describe('labels that configuration adds', () => {
  const rules = {
    instanceType: ['acme.io/machineType'],
    nodePool: ['acme.io/pool'],
    spot: [{ label: 'acme.io/lifecycle', value: 'preemptible' }],
    billedByPods: [{ label: 'acme.io/serverless', platform: 'acme' }],
  };

  it.each([
    [{ 'acme.io/machineType': 'm1', 'acme.io/pool': 'p' }],
    [{ label_acme_io_machine_type: 'm1', label_acme_io_pool: 'p' }],
    [{ label_acme_io_machineType: 'm1', label_acme_io_pool: 'p' }],
  ])('come before the known ones: %j', labels => {
    expect(
      describeNodeLabels(
        {
          ...labels,
          'node.kubernetes.io/instance-type': 'rke2',
          agentpool: 'other',
        },
        { rules },
      ),
    ).toMatchObject({ instanceType: 'm1', nodePool: 'p' });
  });

  it('tell spot, and who bills pods', () => {
    expect(
      describeNodeLabels({ 'acme.io/lifecycle': 'Preemptible' }, { rules })
        .capacityType,
    ).toBe('spot');
    expect(
      describeNodeLabels({ 'acme.io/serverless': 'yes' }, { rules }),
    ).toMatchObject({ billing: 'pods', podPlatform: 'acme' });
  });
});

it.each([
  [{ 'kubernetes.io/os': 'windows' }, { operatingSystem: 'windows' }],
  [{ label_beta_kubernetes_io_os: 'windows' }, { operatingSystem: 'windows' }],
  [
    { 'node.kubernetes.io/windows-build': '10.0.20348' },
    { operatingSystem: 'windows' },
  ],
  [{ 'kubernetes.io/os': 'linux' }, { operatingSystem: undefined }],
  [
    { 'eks.amazonaws.com/compute-type': 'auto' },
    { managedBy: 'eks-auto-mode' },
  ],
] as const)('reads what is billed beside a machine from %j', (labels, said) => {
  expect(describeNodeLabels(labels)).toMatchObject(said);
});
