import { builtInPriceBook } from '../prices/builtInPriceBook';
import { findGpuPrice } from '../prices/gpuPrice';
import { boardsOfInstance } from './instanceBoards';
import { INSTANCE_FAMILIES, INSTANCE_TYPES } from './instanceBoards.data';
import { reservedDevices } from './reservedDevices';
import { gpuLayoutOf } from './gpuLayout';

const layoutOf = (
  capacity: Record<string, number>,
  instanceType?: string,
  labels: Record<string, string> = {},
) => gpuLayoutOf({ capacity: { cpu: 8, ...capacity }, labels, instanceType });

const codes = ({ problems }: ReturnType<typeof layoutOf>) =>
  problems.map(({ code }) => code);

describe('Boards of an instance type', () => {
  it('are known of every type with accelerators that has a list price', () => {
    const families = /^(g\d|gr\d|p\d|dl\d|inf|trn)\w*(-\w+)?\./;
    const types = builtInPriceBook.nodes
      .map(({ instanceType }) => instanceType)
      .filter(
        type =>
          families.test(type) || /^(a2|a3|g2)-|^Standard_N[CD]\d/.test(type),
      );
    expect(types.filter(type => !boardsOfInstance(type))).toEqual([]);
  });

  it.each([
    ['g5.12xlarge', 4],
    ['g5.2xlarge', 1],
    ['p4d.24xlarge', 8],
    ['a2-megagpu-16g', 16],
    ['Standard_NC64as_T4_v3', 4],
    ['m5.2xlarge', undefined],
    ['constructor', undefined],
    ['g5.toString', undefined],
    [undefined, undefined],
  ])('%s: %s', (type, boards) =>
    expect(boardsOfInstance(type)?.boards).toBe(boards),
  );

  it('have a model the price list knows where it prices that model', () => {
    const models = [
      ...Object.values(INSTANCE_FAMILIES),
      ...Object.values(INSTANCE_TYPES),
    ].map(({ model }) => model);
    const priced = new Set(
      models.filter(model =>
        findGpuPrice(builtInPriceBook.gpus, model, 'on-demand'),
      ),
    );
    expect([...priced].sort()).toEqual(
      [
        'NVIDIA A100 40GB',
        'NVIDIA A100 80GB',
        'NVIDIA A10G',
        'NVIDIA H100 80GB',
        'NVIDIA H200',
        'NVIDIA L4',
        'NVIDIA L40S',
        'NVIDIA T4',
        'NVIDIA V100',
        'NVIDIA V100 32GB',
      ].sort(),
    );
  });
});

describe('A node whose labels count no boards', () => {
  it('keeps boards apart that no resource offers', () => {
    const layout = layoutOf({}, 'g5.12xlarge');
    expect(layout).toMatchObject({
      devices: 4,
      model: 'NVIDIA A10G',
      resources: {},
      strandedDevices: 4,
    });
    expect(codes(layout)).toEqual(['gpu-resource-missing']);
  });

  it('keeps one apart that is not offered', () => {
    const layout = layoutOf({ nvidia_com_gpu: 3 }, 'g5.12xlarge');
    expect(layout).toMatchObject({ devices: 4, strandedDevices: 1 });
    expect(reservedDevices({ nvidia_com_gpu: 1 }, layout).devices).toBe(1);
    expect(codes(layout)).toEqual(['gpu-resource-missing']);
  });

  it('says nothing when it offers as many as there are', () => {
    expect(layoutOf({ nvidia_com_a100: 4 }, 'g5.12xlarge')).toMatchObject({
      devices: 4,
      resources: { nvidia_com_a100: { share: 1, sharing: 'whole' } },
      problems: [],
    });
  });

  it.each([
    ['g5.2xlarge', 4, 1 / 4],
    ['p4d.24xlarge', 56, 8 / 56],
  ])('of %s divides boards by %s units', (type, units, share) => {
    const layout = layoutOf({ nvidia_com_gpu: units }, type);
    expect(reservedDevices({ nvidia_com_gpu: 1 }, layout).devices).toBe(share);
    expect(codes(layout)).toEqual(['gpu-count-missing']);
  });

  it('gives who asks for memory as much, however boards are shared', () => {
    const layout = layoutOf({ nvidia_com_gpu: 10 }, 'g5.2xlarge');
    const asked = { nvidia_com_gpu: 1, nvidia_com_gpumem: 12_288 };
    expect(reservedDevices(asked, layout).devices).toBe(1 / 2);
  });

  it('divides units by the boards that an exporter sees, where no type tells', () => {
    const seen = (seenBoards: number, instanceType = 'metal-1') =>
      gpuLayoutOf({
        capacity: { nvidia_com_gpu: 4 },
        labels: {},
        instanceType,
        seenBoards,
      });
    expect(seen(1).devices).toBe(1);
    expect(codes(seen(1))).toEqual(['gpu-count-missing']);
    // It may miss a board.
    expect(seen(3)).toMatchObject({ devices: 4, problems: [] });
    expect(seen(2, 'g5.12xlarge')).toMatchObject({ devices: 4, problems: [] });
  });

  it('believes a label before the type, and says that they differ', () => {
    const layout = layoutOf({ nvidia_com_gpu: 1 }, 'p4d.24xlarge', {
      nvidia_com_gpu_count: '1',
    });
    expect(layout.devices).toBe(1);
    expect(codes(layout)).toEqual(['gpu-count-contradicts']);
  });
});

describe('Names of the same boards', () => {
  it('are not added up', () => {
    const layout = layoutOf({
      nvidia_com_gpu: 1,
      volcano_sh_vgpu_number: 10,
      volcano_sh_vgpu_memory: 2304,
    });
    expect(layout).toMatchObject({ devices: 1, problems: [] });
    const share = (requests: Record<string, number>) =>
      reservedDevices(requests, layout).devices;
    expect(share({ volcano_sh_vgpu_number: 1 })).toBe(1);
    expect(
      share({ volcano_sh_vgpu_number: 1, volcano_sh_vgpu_memory: 576 }),
    ).toBe(1 / 4);
    expect(
      share({
        volcano_sh_vgpu_number: 1,
        volcano_sh_vgpu_memory_percentage: 30,
      }),
    ).toBe(0.3);
    expect(share({ nvidia_com_gpu: 1 })).toBe(1);
  });

  it('are said to be clients of boards that nobody counts', () => {
    expect(codes(layoutOf({ k8s_amazonaws_com_vgpu: 10 }))).toEqual([
      'gpu-count-missing',
    ]);
    expect(
      layoutOf({ k8s_amazonaws_com_vgpu: 10 }, 'g4dn.2xlarge'),
    ).toMatchObject({
      devices: 1,
      resources: { k8s_amazonaws_com_vgpu: { share: 0.1, sharing: 'mps' } },
      problems: [],
    });
  });
});

describe('Parts that their names tell', () => {
  it('are partitions of AMD’s boards', () => {
    expect(layoutOf({ amd_com_cpx_nps1: 64 })).toMatchObject({
      devices: 8,
      resources: { amd_com_cpx_nps1: { share: 1 / 8 } },
      problems: [],
    });
  });

  it('are types of vGPU, by their memory', () => {
    expect(layoutOf({ 'nvidia.com/NVIDIA_A10-8Q': 6 })).toMatchObject({
      devices: 2,
      resources: { 'nvidia.com/NVIDIA_A10-8Q': { share: 1 / 3 } },
      problems: [],
    });
    expect(codes(layoutOf({ nvidia_com_GRID_X99_8Q: 2 }))).toEqual([
      'gpu-part-unknown',
    ]);
  });
});
