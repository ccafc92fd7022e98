import { draShare, hamiFraction, kaiFraction } from './fractions';

const GIB = 2 ** 30;

describe('kaiFraction', () => {
  it('reads the fraction, of several devices', () => {
    expect(kaiFraction({ 'gpu-fraction': '0.5' })).toEqual({
      share: 0.5,
      devices: 1,
    });
    expect(
      kaiFraction({
        annotation_other: 'x',
        gpu_fraction: '0.25',
        gpu_fraction_num_devices: '2',
        gpu_fraction_container_name: 'main',
      }),
    ).toEqual({ share: 0.25, devices: 2, container: 'main' });
  });

  it('reads memory in MiB over that of the device', () => {
    expect(kaiFraction({ 'gpu-memory': '10240' }, 40 * GIB)?.share).toBe(0.25);
    expect(kaiFraction({ 'gpu-memory': '10240' })).toBeUndefined();
  });

  it.each<Record<string, string>>([
    {},
    { 'gpu-fraction': 'half' },
    { 'gpu-fraction': '0' },
  ])('finds none in %j', annotations => {
    expect(kaiFraction(annotations)).toBeUndefined();
  });
});

describe('hamiFraction', () => {
  it('is the larger of cores and memory', () => {
    expect(
      hamiFraction(
        {
          'nvidia.com/gpu': 2,
          'nvidia.com/gpucores': 30,
          'nvidia.com/gpumem': 20480,
        },
        40 * GIB,
      ),
    ).toEqual({ share: 0.5, devices: 2 });
    expect(
      hamiFraction({ nvidia_com_gpu: 1, nvidia_com_gpumem_percentage: 20 }),
    ).toEqual({ share: 0.2, devices: 1 });
  });

  it('charges the whole device for memory it can not weigh', () => {
    expect(hamiFraction({ 'nvidia.com/gpumem': 1000 })?.share).toBe(1);
  });

  it('leaves plain units to the node', () => {
    expect(hamiFraction({ 'nvidia.com/gpu': 1 })).toBeUndefined();
  });
});

describe('draShare', () => {
  it('is the largest share of any capacity', () => {
    expect(
      draShare(
        { memory: 10 * GIB, multiprocessors: 14 },
        { memory: 80 * GIB, multiprocessors: 98 },
      ),
    ).toBe(14 / 98);
  });

  it('is the whole device when nothing is consumed by name', () => {
    expect(draShare(undefined, { memory: 80 * GIB })).toBe(1);
    expect(draShare({ other: 1 }, { memory: 80 * GIB })).toBe(1);
  });
});
