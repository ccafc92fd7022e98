import fc from 'fast-check';
import { asksForGpu } from './amounts';
import { gpuLayoutOf } from './gpuLayout';
import { reservedDevices } from './reservedDevices';

/** As Prometheus writes label keys and resource names. */
function sanitized<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      key.replace(/[^a-zA-Z0-9_]/g, '_'),
      value,
    ]),
  );
}

describe.each([
  ['as Kubernetes writes keys', <T>(record: Record<string, T>) => record],
  ['as Prometheus writes keys', sanitized],
])('Amounts of boards, %s', (_name, write) => {
  const layoutOf = (
    capacity: Record<string, number>,
    labels: Record<string, string> = {},
    more: { instanceType?: string; seenBoards?: number } = {},
  ) =>
    gpuLayoutOf({
      capacity: write({ cpu: 96, memory: 2 ** 40, ...capacity }),
      labels: write(labels),
      ...more,
    });
  const devicesOf = (
    layout: ReturnType<typeof layoutOf> | undefined,
    requests: Record<string, number>,
  ) => reservedDevices(write({ cpu: 1, ...requests }), layout).devices;

  it('are parts of what ACK has of a board, in whatever unit', () => {
    for (const [unit, boards] of [
      [15, 2],
      [15_109, 2],
    ]) {
      const layout = layoutOf({
        'aliyun.com/gpu-mem': boards * unit,
        'aliyun.com/gpu-count': boards,
      });
      expect(layout).toMatchObject({ devices: 2, problems: [] });
      expect(devicesOf(layout, { 'aliyun.com/gpu-mem': unit / 5 })).toBeCloseTo(
        1 / 5,
        12,
      );
    }
  });

  it('are the larger of cores and memory', () => {
    const ack = layoutOf({
      'aliyun.com/gpu-mem': 24,
      'aliyun.com/gpu-count': 1,
      'aliyun.com/gpu-core.percentage': 100,
    });
    const asked = { 'aliyun.com/gpu-mem': 6 };
    expect(devicesOf(ack, asked)).toBe(1 / 4);
    expect(
      devicesOf(ack, { ...asked, 'aliyun.com/gpu-core.percentage': 60 }),
    ).toBe(0.6);
  });

  it.each([
    // 8 boards of 32 GiB in blocks of 256 MiB.
    ['tencent.com/vcuda-core', 'tencent.com/vcuda-memory', 8, 128],
    [
      'tke.cloud.tencent.com/qgpu-core',
      'tke.cloud.tencent.com/qgpu-memory',
      1,
      48,
    ],
  ])('are hundredths of a board with %s', (core, memory, boards, perBoard) => {
    const layout = layoutOf({
      [core]: 100 * boards,
      [memory]: perBoard * boards,
    });
    expect(layout).toMatchObject({ devices: boards, problems: [] });
    expect(devicesOf(layout, { [core]: 30, [memory]: perBoard / 8 })).toBe(0.3);
    expect(devicesOf(layout, { [core]: 10, [memory]: perBoard / 2 })).toBe(0.5);
    expect(devicesOf(layout, { [core]: 100 })).toBe(1);
    // Of a node that nobody knows hundredths are known, and memory isn't.
    expect(devicesOf(undefined, { [core]: 30, [memory]: 20 })).toBe(0.3);
  });

  it('are cores of Huawei’s chips, where the model is told', () => {
    const known = layoutOf(
      { 'huawei.com/npu-core': 56 },
      { accelerator: 'huawei-Ascend310P' },
    );
    expect(known).toMatchObject({ devices: 7, problems: [] });
    expect(devicesOf(known, { 'huawei.com/npu-core': 4 })).toBe(0.5);
    const unknown = layoutOf({ 'huawei.com/npu-core': 56 });
    expect(unknown).toMatchObject({
      devices: 1,
      problems: [{ code: 'gpu-count-missing' }],
    });
    expect(devicesOf(unknown, { 'huawei.com/npu-core': 14 })).toBe(1 / 4);
  });

  it('are of as many boards as something else counts, else of one, which is said', () => {
    const capacity = { 'aliyun.com/gpu-mem': 64 };
    expect(
      layoutOf(capacity, { 'aliyun.accelerator/nvidia_count': '4' }),
    ).toMatchObject({ devices: 4, problems: [] });
    expect(
      layoutOf(capacity, {}, { instanceType: 'g4dn.12xlarge' }),
    ).toMatchObject({ devices: 4, problems: [] });
    expect(layoutOf(capacity, {}, { seenBoards: 2 })).toMatchObject({
      devices: 2,
      problems: [],
    });
    expect(layoutOf(capacity)).toMatchObject({
      devices: 1,
      problems: [{ code: 'gpu-count-missing' }],
    });
  });

  it('are of the boards that the vendor’s name offers, too', () => {
    const layout = layoutOf({
      'nvidia.com/gpu': 2,
      'aliyun.com/gpu-mem': 32,
      'aliyun.com/gpu-count': 2,
    });
    expect(layout.devices).toBe(2);
    expect(devicesOf(layout, { 'nvidia.com/gpu': 1 })).toBe(1);
    expect(devicesOf(layout, { 'aliyun.com/gpu-mem': 4 })).toBe(1 / 4);
  });

  it('never add up to more than the boards there are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 0, max: 200_000 }),
        fc.integer({ min: 0, max: 900 }),
        (boards, perBoard, memory, cores) => {
          const layout = layoutOf({
            'tencent.com/vcuda-core': 100 * boards,
            'tencent.com/vcuda-memory': perBoard * boards,
          });
          const devices = devicesOf(layout, {
            'tencent.com/vcuda-core': cores,
            'tencent.com/vcuda-memory': memory,
          });
          const larger = Math.max(cores / 100, memory / perBoard);
          expect(devices).toBeCloseTo(Math.min(boards, larger), 9);
        },
      ),
    );
  });

  it.each([
    'aliyun.com/gpu-mem',
    'aliyun.com/gpu-core.percentage',
    'tencent.com/vcuda-core',
    'huawei.com/npu-core',
    'nvidia.com/gpu',
  ])('ask for a GPU: %s', resource => {
    expect(Object.keys(write({ [resource]: 1 })).every(asksForGpu)).toBe(true);
  });

  it.each(['cpu', 'aliyun.com/eni', 'tencent.com/eip', 'nvidia.com/gpumem'])(
    'ask for none: %s',
    resource => {
      expect(Object.keys(write({ [resource]: 1 })).some(asksForGpu)).toBe(
        false,
      );
    },
  );

  it.each([
    ['huawei.com/Ascend310P-1c', 1 / 8],
    ['huawei.com/Ascend310P-2c', 2 / 8],
    ['huawei.com/Ascend310P-2c.1cpu', 2 / 8],
    ['huawei.com/Ascend310P-4c.3cpu.ndvpp', 4 / 8],
    ['huawei.com/Ascend310P-4c.4cpu.dvpp', 4 / 8],
    ['huawei.com/Ascend910-5c.1cpu.8g', 1 / 4],
    ['huawei.com/Ascend910-10c.3cpu.16g.ndvpp', 1 / 2],
    ['huawei.com/Ascend910-10c.3cpu.32g', 1 / 2],
    ['huawei.com/Ascend910-6c.1cpu.16g', 1 / 4],
    ['huawei.com/Ascend910-12c.3cpu.32g', 1 / 2],
  ])('of Huawei’s vNPU are what their name says: %s', (resource, share) => {
    const layout = layoutOf({ 'huawei.com/Ascend310P': 1, [resource]: 2 });
    expect(layout.problems).toEqual([]);
    expect(layout.devices).toBe(2);
    expect(devicesOf(layout, { [resource]: 1 })).toBeCloseTo(share, 12);
    expect(layout.strandedDevices).toBeCloseTo(1 - 2 * share, 12);
  });

  it('say what is assumed of a vNPU whose chip may be either', () => {
    const layout = layoutOf({ 'huawei.com/Ascend910-16c': 1 });
    expect(devicesOf(layout, { 'huawei.com/Ascend910-16c': 1 })).toBe(0.5);
    expect(layout.problems).toMatchObject([{ code: 'gpu-part-unknown' }]);
    const strange = layoutOf({ 'huawei.com/Ascend910-7c.1cpu.16g': 1 });
    expect(devicesOf(strange, { 'huawei.com/Ascend910-7c.1cpu.16g': 1 })).toBe(
      1,
    );
    expect(strange.problems).toMatchObject([{ code: 'gpu-part-unknown' }]);
    expect(layoutOf({ 'huawei.com/Ascend910': 8 })).toMatchObject({
      devices: 8,
      problems: [],
    });
  });
});
