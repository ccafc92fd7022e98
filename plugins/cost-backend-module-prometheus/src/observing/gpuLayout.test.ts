import { devicesOf, gpuLayout } from './gpuLayout';

describe('gpuLayout', () => {
  it('takes units for whole devices', () => {
    const layout = gpuLayout({ cpu: 96, memory: 1, nvidia_com_gpu: 8 }, {});
    expect(layout).toEqual({ devices: 8, shares: {} });
    expect(devicesOf({ nvidia_com_gpu: 2 }, layout)).toBe(2);
  });

  it('takes time-slices for shares of the physical devices', () => {
    const layout = gpuLayout(
      { nvidia_com_gpu: 16 },
      { nvidia_com_gpu_count: '4', nvidia_com_gpu_replicas: '4' },
    );
    expect(layout).toMatchObject({ devices: 4, sharing: 'time-slicing' });
    expect(devicesOf({ nvidia_com_gpu: 16 }, layout)).toBe(4);
    expect(devicesOf({ nvidia_com_gpu: 1 }, layout)).toBe(0.25);
  });

  it('keeps the devices of a MIG node whole beside those that are cut up', () => {
    const layout = gpuLayout(
      { nvidia_com_gpu: 2, nvidia_com_mig_1g_10gb: 14 },
      { nvidia_com_gpu_count: '4', nvidia_com_mig_strategy: 'mixed' },
    );
    expect(layout.devices).toBe(4);
    expect(layout.sharing).toContain('MIG');
    expect(
      devicesOf({ nvidia_com_gpu: 2, nvidia_com_mig_1g_10gb: 14 }, layout),
    ).toBeCloseTo(4, 12);
  });

  it('does not take the MIG instances of strategy "single" for a physical count', () => {
    const layout = gpuLayout(
      { nvidia_com_gpu: 56 },
      {
        nvidia_com_gpu_count: '56',
        nvidia_com_mig_strategy: 'single',
        nvidia_com_gpu_product: 'NVIDIA-H100-80GB-HBM3-MIG-1g.10gb',
      },
    );
    expect(layout.sharing).toContain('MIG');
  });

  it('knows nodes without GPUs', () => {
    expect(gpuLayout({ cpu: 4, memory: 1 }, {})).toEqual({
      devices: 0,
      shares: {},
    });
  });
});
