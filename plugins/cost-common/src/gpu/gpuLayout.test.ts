import { isGpuResource } from '@headroom/common';
import { reservedDevices } from './reservedDevices';
import { gpuLayoutOf } from './gpuLayout';

const A100 = 'NVIDIA-A100-SXM4-40GB';

/** As Prometheus writes label keys and resource names. */
function sanitized<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      key.replace(/[^a-zA-Z0-9_]/g, '_'),
      value,
    ]),
  );
}

const labels = (change: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(change).map(([key, value]) => [`nvidia.com/${key}`, value]),
  );

describe.each([
  ['as Kubernetes writes keys', <T>(record: Record<string, T>) => record],
  ['as Prometheus writes keys', sanitized],
])('%s', (_name, write) => {
  const layoutOf = (
    capacity: Record<string, number>,
    change: Record<string, string>,
  ) =>
    gpuLayoutOf({
      capacity: write({ cpu: 96, memory: 2 ** 40, ...capacity }),
      labels: write(labels(change)),
    });
  const only = (layout: ReturnType<typeof layoutOf>) => {
    expect(Object.keys(layout.resources)).toHaveLength(1);
    return Object.values(layout.resources)[0];
  };

  it('takes whole devices as such', () => {
    const layout = layoutOf(
      { 'nvidia.com/gpu': 8 },
      { 'gpu.count': '8', 'gpu.product': A100, 'gpu.memory': '40960' },
    );
    expect(layout).toMatchObject({
      devices: 8,
      model: A100,
      boardMemoryBytes: 40 * 2 ** 30,
      strandedDevices: 0,
      problems: [],
    });
    expect(only(layout)).toEqual({ units: 8, share: 1, sharing: 'whole' });
  });

  it.each(['4', '8'])(
    'derives replicas from capacity when gpu.replicas says %s',
    replicas => {
      const layout = layoutOf(
        { 'nvidia.com/gpu': 8 },
        {
          'gpu.count': '2',
          'gpu.replicas': replicas,
          'gpu.product': 'NVIDIA-A10G-SHARED',
          'gpu.sharing-strategy': 'time-slicing',
        },
      );
      expect(layout).toMatchObject({
        devices: 2,
        model: 'NVIDIA-A10G',
        problems: [],
      });
      expect(only(layout)).toEqual({
        units: 8,
        share: 1 / 4,
        sharing: 'time-slicing',
        replicas: 4,
      });
    },
  );

  it('knows the renamed resource, and MPS', () => {
    expect(
      only(layoutOf({ 'nvidia.com/gpu.shared': 10 }, { 'gpu.count': '1' })),
    ).toMatchObject({ share: 1 / 10, sharing: 'time-slicing', replicas: 10 });
    expect(
      only(
        layoutOf(
          { 'nvidia.com/gpu': 4 },
          { 'gpu.count': '1', 'gpu.sharing-strategy': 'mps' },
        ),
      ),
    ).toMatchObject({ share: 1 / 4, sharing: 'mps' });
  });

  it('is not taken in by gpu.count under MIG single: 56 instances are 8 boards', () => {
    const layout = layoutOf(
      { 'nvidia.com/gpu': 56 },
      {
        'gpu.count': '56',
        'gpu.product': `${A100}-MIG-1g.5gb`,
        'mig.strategy': 'single',
        'gpu.memory': '4864',
      },
    );
    expect(layout).toMatchObject({ devices: 8, model: A100, problems: [] });
    expect(layout.boardMemoryBytes).toBeUndefined();
    expect(layout.strandedDevices).toBe(0);
    expect(only(layout)).toEqual({
      units: 56,
      share: 1 / 7,
      sharing: 'mig',
      profile: '1g.5gb',
    });
  });

  it('strands a seventh a board with MIG single of 2g', () => {
    const layout = layoutOf(
      { 'nvidia.com/gpu': 6 },
      { 'gpu.count': '6', 'gpu.product': `${A100}-MIG-2g.10gb` },
    );
    expect(layout.devices).toBe(2);
    expect(layout.strandedDevices).toBeCloseTo(2 / 7, 12);
  });

  it('knows time-slices of MIG instances', () => {
    const layout = layoutOf(
      { 'nvidia.com/gpu': 14 },
      {
        'gpu.count': '7',
        'gpu.replicas': '2',
        'gpu.product': `${A100}-MIG-1g.5gb-SHARED`,
        'mig.strategy': 'single',
      },
    );
    expect(layout.devices).toBe(1);
    expect(only(layout)).toMatchObject({ share: 1 / 14, replicas: 2 });
  });

  it('reads mixed profiles beside whole boards', () => {
    const layout = layoutOf(
      {
        'nvidia.com/gpu': 2,
        'nvidia.com/mig-3g.20gb': 1,
        'nvidia.com/mig-2g.10gb': 1,
        'nvidia.com/mig-1g.5gb': 2,
      },
      { 'gpu.product': A100, 'mig.strategy': 'mixed', 'gpu.count': '2' },
    );
    expect(layout.problems).toEqual([]);
    // 1/2 + 2/7 + 2/7 is more than one board by the larger share.
    expect(layout.devices).toBe(4);
    expect(Object.values(layout.resources).map(({ share }) => share)).toEqual([
      1,
      1 / 2,
      2 / 7,
      1 / 7,
    ]);
  });

  it('says what it had to assume', () => {
    expect(
      layoutOf({ 'nvidia.com/gpu': 8 }, { 'gpu.replicas': '4' }),
    ).toMatchObject({ devices: 2, problems: [{ code: 'gpu-count-missing' }] });
    expect(
      layoutOf(
        { 'nvidia.com/gpu': 8 },
        { 'gpu.replicas': '4', 'gpu.count': '3' },
      ),
    ).toMatchObject({
      devices: 2,
      problems: [{ code: 'gpu-count-contradicts' }],
    });
    expect(
      layoutOf({ 'nvidia.com/mig-1g.99gb': 1 }, {}).problems,
    ).toMatchObject([{ code: 'mig-board-unknown' }]);
  });
});

it('tells devices from HAMi cores and memory', () => {
  expect(isGpuResource('nvidia.com/gpu')).toBe(true);
  expect(isGpuResource('nvidia_com_mig_1g_5gb_shared')).toBe(true);
  expect(isGpuResource('nvidia.com/gpucores')).toBe(false);
  expect(isGpuResource('nvidia_com_gpumem_percentage')).toBe(false);
  expect(isGpuResource('hugepages-1Gi')).toBe(false);
});

it('knows a node without GPUs', () => {
  expect(gpuLayoutOf({ capacity: { cpu: 4 }, labels: {} })).toEqual({
    devices: 0,
    resources: {},
    strandedDevices: 0,
    problems: [],
  });
});

describe('reservedDevices', () => {
  const shared = gpuLayoutOf({
    capacity: { 'nvidia.com/gpu': 4 },
    labels: labels({ 'gpu.count': '1', 'gpu.replicas': '4' }),
  });

  it('is the share of a replica', () => {
    expect(reservedDevices({ 'nvidia.com/gpu': 1 }, shared)).toEqual({
      devices: 1 / 4,
      sharedAboveOne: false,
    });
  });

  it('is never more than one GPU a board, and tells who asks for two replicas', () => {
    expect(reservedDevices({ 'nvidia.com/gpu': 6 }, shared)).toEqual({
      devices: 1,
      sharedAboveOne: true,
    });
  });

  it('is what HAMi is asked for of a board, by memory or by cores', () => {
    const hami = gpuLayoutOf({
      capacity: { nvidia_com_gpu: 20 },
      labels: labels({
        'gpu.count': '2',
        'gpu.product': 'NVIDIA-A100-SXM4-40GB',
        'gpu.memory': '40960',
      }),
    });
    expect(hami).toMatchObject({
      devices: 2,
      resources: { nvidia_com_gpu: { sharing: 'fraction', replicas: 10 } },
      problems: [],
    });
    const share = (requests: Record<string, number>) =>
      reservedDevices({ nvidia_com_gpu: 1, ...requests }, hami).devices;
    expect(share({ nvidia_com_gpumem: 10240 })).toBe(1 / 4);
    expect(share({ nvidia_com_gpumem: 10240, nvidia_com_gpucores: 50 })).toBe(
      1 / 2,
    );
    expect(share({ nvidia_com_gpumem_percentage: 30 })).toBe(0.3);
    // Without a limit of memory it has all of it, and nobody fits beside it.
    expect(share({})).toBe(1);
    expect(share({ nvidia_com_gpucores: 20 })).toBe(1);
    expect(
      reservedDevices({ nvidia_com_gpu: 2, nvidia_com_gpumem: 10240 }, hami),
    ).toEqual({ devices: 1 / 2, sharedAboveOne: false });
  });

  it('takes units of an unknown node as whole devices, and CPU as none', () => {
    expect(reservedDevices({ cpu: 4, 'nvidia.com/gpu': 2 }, undefined)).toEqual(
      { devices: 2, sharedAboveOne: false },
    );
  });
});

describe('accelerators that are no GPUs', () => {
  it.each([
    ['google.com/tpu', 4],
    ['google_com_tpu', 4],
    ['habana.ai/gaudi', 8],
    ['habana_ai_gaudi', 8],
  ])('counts %s as devices', (resource, units) => {
    expect(
      gpuLayoutOf({ capacity: { [resource]: units }, labels: {} }),
    ).toMatchObject({
      devices: units,
      resources: { [resource]: { units, share: 1, sharing: 'whole' } },
    });
  });

  it('does not add up the names under which Neuron offers the same devices', () => {
    const layout = gpuLayoutOf({
      capacity: {
        aws_amazon_com_neuron: 16,
        aws_amazon_com_neurondevice: 16,
        aws_amazon_com_neuroncore: 32,
      },
      labels: {},
    });
    expect(layout.devices).toBe(16);
    expect(
      reservedDevices({ aws_amazon_com_neuroncore: 2 }, layout).devices,
    ).toBe(1);
    expect(reservedDevices({ aws_amazon_com_neuron: 2 }, layout).devices).toBe(
      2,
    );
  });
});
