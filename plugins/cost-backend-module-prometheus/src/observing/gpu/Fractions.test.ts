import {
  exporter,
  Labels,
  observe,
  part,
  used,
} from './__testUtils__/observeBoards';

describe('A board that HAMi shares', () => {
  const uuid = 'GPU-8b2281de-6d3c-22ed-0ec8-d3b864870b8b';
  // DCGM's exporter doesn't know HAMi's devices and names no pod.
  const board = [
    ...used({ UUID: uuid, gpu: '0', Hostname: 'node-1' }, 0.5),
    part('memory-used', { UUID: uuid }, 10_000),
    part('memory-free', { UUID: uuid }, 10_000),
  ];
  const monitor = { job: 'hami-monitor', device_uuid: uuid };
  const limited = (labels: Labels, gib: number) => [
    part('fraction-seen', { ...monitor, ...labels }, 20),
    part('fraction-memory', { ...monitor, ...labels }, gib * 1000 * 2 ** 20),
  ];
  const renamed = (pod: string) => ({
    ...exporter,
    exported_namespace: 'ml',
    exported_pod: pod,
    exported_container: 'main',
  });

  it('is held by whom its monitor names, with the larger of their shares', () => {
    const cores = (pod: string, percent: number) =>
      part(
        'fraction-cores',
        {
          job: 'hami-scheduler',
          device_uuid: uuid,
          namespace: 'hami-system',
          pod: 'hami-scheduler-1',
          exported_namespace: 'ml',
          exported_pod: pod,
          container_index: '0',
        },
        percent,
      );
    const { devices, problems } = observe([
      ...board,
      ...limited(renamed('a'), 5),
      ...limited(renamed('b'), 2),
      cores('a', 10),
      cores('b', 40),
      cores('gone', 90),
    ]);
    expect(devices).toMatchObject([
      {
        board: uuid,
        sharing: 'fraction',
        tenantsKnown: true,
        readings: 120,
        tenants: [
          { pod: 'a', heldSeconds: 3600, share: 0.25 },
          { pod: 'b', heldSeconds: 3600, share: expect.closeTo(0.4, 9) },
        ],
      },
    ]);
    expect(problems).toEqual([]);
  });

  it('is read under the names before 2.9, too', () => {
    const { devices } = observe([
      ...board,
      ...limited(
        {
          ...exporter,
          job: 'hami-monitor',
          device_uuid: '',
          deviceuuid: uuid.toUpperCase(),
          podnamespace: 'ml',
          podname: 'a',
          ctrname: 'main',
        },
        10,
      ),
    ]);
    expect(devices).toMatchObject([
      { tenants: [{ namespace: 'ml', pod: 'a', share: 0.5 }] },
    ]);
  });

  it('leaves alone boards that nobody reads', () => {
    const { devices } = observe(limited(renamed('a'), 5));
    expect(devices).toEqual([]);
  });
});
