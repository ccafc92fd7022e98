import { ContainerHour, GpuNodeLayout } from '@headroom/plugin-cost-common';
import { GpuFraction, readFraction } from './GpuFraction';
import { shareReservations } from './reservations';

type Pod = Partial<ContainerHour> & { fraction?: GpuFraction };

const pod = ({ fraction, ...of }: Pod) => ({
  fraction,
  hour: {
    hour: '2026-03-02T10:00:00.000Z',
    namespace: 'ml',
    pod: 'a',
    container: 'main',
    node: 'n1',
    workloadKind: 'Pod',
    workload: 'a',
    labels: {},
    runSeconds: 3600,
    ...of,
  } satisfies ContainerHour,
});
const reservation = (name: string, group?: string): ReturnType<typeof pod> =>
  pod({
    namespace: 'kai-resource-reservation',
    pod: `gpu-reservation-${name}`,
    container: 'resource-reservation',
    labels: group ? { runai_gpu_group: group } : {},
    gpuRequestDeviceSeconds: 3600,
    gpuBusyDeviceSeconds: 900,
  });
const half: GpuFraction = { share: 0.5, devices: 1 };
const asking = (name: string, fraction: GpuFraction, of: Pod = {}) =>
  pod({ pod: name, fraction, ...of });

function share(
  pods: Array<ReturnType<typeof pod>>,
  layout?: Partial<GpuNodeLayout>,
) {
  const { containers, sharers, untold } = shareReservations(
    pods.map(({ hour }) => hour),
    ({ pod: name }) => pods.find(({ hour }) => hour.pod === name)?.fraction,
    () => layout as GpuNodeLayout | undefined,
  );
  return {
    seconds: Object.fromEntries(
      containers.map(each => [
        `${each.pod}/${each.container}`,
        each.gpuRequestDeviceSeconds,
      ]),
    ),
    busy: containers.map(each => each.gpuBusyDeviceSeconds),
    sharers: [...sharers.values()].map(all =>
      all.map(each => [each.pod, each.heldSeconds, each.share]),
    ),
    untold,
  };
}
const RESERVED = 'gpu-reservation-1/resource-reservation';

describe('boards that KAI reserves', () => {
  it('are charged to the pods that share them, and the rest to nobody', () => {
    expect(
      share([
        reservation('1'),
        asking('a', half),
        asking('b', { share: 0.25, devices: 1 }),
      ]),
    ).toEqual({
      seconds: { [RESERVED]: 0, 'a/main': 1800, 'b/main': 900 },
      busy: [undefined, 450, 225],
      sharers: [
        [
          ['a', 3600, 0.5],
          ['b', 3600, 0.25],
        ],
      ],
      untold: [],
    });
  });

  it.each<[string, GpuFraction, number | undefined]>([
    ['memory', { memoryMib: 10_240, devices: 1 }, 900],
    ['more memory than there is', { memoryMib: 99_999, devices: 1 }, 3600],
  ])('are shared by %s of the board', (_, fraction, expected) => {
    const of = [reservation('1'), asking('a', fraction)];
    const known = { boardMemoryBytes: 40 * 2 ** 30 };
    expect(share(of, known).seconds['a/main']).toBe(expected);
    expect(share(of)).toMatchObject({
      seconds: { [RESERVED]: 3600, 'a/main': undefined },
      untold: ['n1'],
    });
  });

  it('are never charged more than once', () => {
    const all = ['a', 'b', 'c', 'd'].map(name => asking(name, half));
    const { seconds, sharers } = share([reservation('1'), ...all]);
    expect(Object.values(seconds)).toEqual([0, 900, 900, 900, 900]);
    expect(sharers[0].map(([, , part]) => part)).toEqual([
      0.25, 0.25, 0.25, 0.25,
    ]);
  });

  it('are told apart by their group', () => {
    const of = (group: string) => ({ labels: { runai_gpu_group: group } });
    const { seconds, sharers } = share([
      reservation('1', 'x'),
      reservation('2', 'y'),
      asking('a', half, of('x')),
      asking('b', { share: 0.3, devices: 1 }, of('y')),
    ]);
    expect(seconds).toMatchObject({ 'a/main': 1800, 'b/main': 1080 });
    expect(sharers).toEqual([
      [['a', 3600, 0.5]],
      [['b', 3600, expect.closeTo(0.3, 12)]],
    ]);
  });

  it('stay with the pod that reserves one of whose group nobody is told', () => {
    const { seconds, untold } = share([
      reservation('1', 'x'),
      reservation('2', 'y'),
      asking('a', half, { labels: { runai_gpu_group: 'x' } }),
    ]);
    expect(seconds).toEqual({
      [RESERVED]: 0,
      'gpu-reservation-2/resource-reservation': 3600,
      'a/main': 1800,
    });
    expect(untold).toEqual(['n1']);
  });

  it('are shared evenly by a pod of several, and by pods without a group', () => {
    const { seconds, sharers } = share([
      reservation('1', 'x'),
      reservation('2', 'y'),
      asking('a', { share: 0.5, devices: 2 }),
    ]);
    expect(seconds).toMatchObject({ [RESERVED]: 0, 'a/main': 3600 });
    expect(sharers).toEqual([[['a', 3600, 0.5]], [['a', 3600, 0.5]]]);
  });

  it('are charged for the time a pod ran, to the container it names', () => {
    const fraction = { ...half, container: 'work' };
    const { seconds } = share([
      reservation('1'),
      asking('a', fraction, { container: 'agent', runSeconds: 600 }),
      asking('a', fraction, { container: 'work', runSeconds: 600 }),
    ]);
    expect(seconds).toMatchObject({ 'a/agent': undefined, 'a/work': 300 });
  });

  it.each<[string, Array<ReturnType<typeof pod>>]>([
    [
      'no board is reserved on its node',
      [reservation('1'), asking('a', half, { node: 'n2' })],
    ],
    ['its reservation is not known', [asking('a', half)]],
    [
      'it asks for a board of its own',
      [reservation('1'), asking('a', half, { gpuRequestDeviceSeconds: 3600 })],
    ],
  ])('leave alone a pod when %s', (_, pods) => {
    const before = pods.map(({ hour }) => hour.gpuRequestDeviceSeconds);
    expect(Object.values(share(pods).seconds)).toEqual(before);
  });

  it('are not taken for a pod that is only called so', () => {
    const mine = { ...reservation('1') };
    mine.hour = { ...mine.hour, namespace: 'ml' };
    expect(share([mine, asking('a', half)]).seconds).toMatchObject({
      [RESERVED]: 3600,
      'a/main': undefined,
    });
  });
});

describe('readFraction', () => {
  it.each<[Record<string, string>, GpuFraction | undefined]>([
    [{ gpu_fraction: '0.5' }, { share: 0.5, devices: 1 }],
    [{ gpu_fraction: '1' }, { share: 1, devices: 1 }],
    [
      { gpu_fraction: '.25', gpu_fraction_num_devices: '2' },
      { share: 0.25, devices: 2 },
    ],
    [
      { gpu_memory: '2000', gpu_fraction_container_name: 'work' },
      { memoryMib: 2000, devices: 1, container: 'work' },
    ],
    [{ gpu_fraction: '0' }, undefined],
    [{ gpu_fraction: '1.5' }, undefined],
    [{ gpu_fraction: 'half' }, undefined],
    [{ gpu_memory: '-1' }, undefined],
    [{}, undefined],
  ])('%j', (annotations, expected) => {
    const labels = Object.fromEntries(
      Object.entries(annotations).map(([key, value]) => [
        `annotation_${key}`,
        value,
      ]),
    );
    expect(readFraction(labels)).toEqual(expected);
  });
});
