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
