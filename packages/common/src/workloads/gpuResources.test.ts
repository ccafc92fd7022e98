import { isGpuResource } from './gpuResources';

const named = (resource: string) => [
  resource,
  resource.replace(/[^a-zA-Z0-9_]/g, '_'),
];

describe('Devices', () => {
  it.each(
    [
      'nvidia.com/gpu',
      'nvidia.com/gpu.shared',
      'nvidia.com/mig-1g.5gb.me',
      'nvidia.com/a100',
      'nvidia.com/pgpu',
      // kubevirt-gpu-device-plugin#82
      'nvidia.com/GA102GL_A10',
      'nvidia.com/NVIDIA_A10-8Q',
      'amd.com/gpu',
      'amd.com/cpx_nps1',
      'gpu.intel.com/i915',
      'gpu.intel.com/xe',
      'habana.ai/gaudi',
      'google.com/tpu',
      'aws.amazon.com/neuroncore',
      'k8s.amazonaws.com/vgpu',
      'volcano.sh/vgpu-number',
      'volcano.sh/gpu-number',
      'huawei.com/Ascend910',
      'huawei.com/npu',
      'cambricon.com/mlu370',
      'metax-tech.com/gpu',
      'hygon.com/dcunum',
    ].flatMap(named),
  )('%s', resource => expect(isGpuResource(resource)).toBe(true));
});

describe('No devices', () => {
  it.each(
    [
      'cpu',
      'hugepages-1Gi',
      'ephemeral-storage',
      'rdma/hca_shared_devices_a',
      'nvidia.com/gpucores',
      'nvidia.com/gpumem',
      'nvidia.com/gpumem-percentage',
      'nvidia.com/priority',
      'nvidia.com/hostdev',
      'nvidia.com/rdma_shared_device_a',
      'nvidia.com/sriov_rdma_vf',
      'nvidia.com/mlnxnics',
      'nvidia.com/GH100_H100_NVSWITCH',
      'amd.com/nic',
      'amd.com/vnic',
      'gpu.intel.com/i915_monitoring',
      'gpu.intel.com/memory.max',
      'gpu.intel.com/millicores',
      'volcano.sh/vgpu-memory',
      'volcano.sh/vgpu-memory-percentage',
      'volcano.sh/vgpu-cores',
      'huawei.com/npu-core',
      'huawei.com/npu-memory-1Gi',
      'huawei.com/Ascend910-memory',
      'cambricon.com/mlu370.smlu.vcore',
      'cambricon.com/mlu370.smlu.vmemory',
      'metax-tech.com/vcore',
      'hygon.com/dcumem',
      'hygon.com/dcucores',
      'vpc.amazonaws.com/pod-eni',
      'sev-snp.amd.com/esids',
      'intel.com/sriov_netdevice',
    ].flatMap(named),
  )('%s', resource => expect(isGpuResource(resource)).toBe(false));
});
