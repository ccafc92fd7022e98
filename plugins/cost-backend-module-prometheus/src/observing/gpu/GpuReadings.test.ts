import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { GpuDeviceHour } from '@headroom/plugin-cost-common';
import { HourWindow } from '../../reading/HourWindow';
import { Problems } from '../../reading/Problems';
import { sharesOfBoards } from './boardShares';
import { deviceHours, GpuNode } from './deviceHours';
import { GpuReadings } from './GpuReadings';

const start = new Date('2026-03-02T10:00:00Z');
const end = new Date('2026-03-02T11:00:00Z');
const window = HourWindow.create(start, end);
const web = { namespace: 'ml', pod: 'web-1', container: 'web' };
const other = { namespace: 'ml', pod: 'web-2', container: 'web' };
const nobody = { namespace: '', pod: '', container: '' };

/** A series with a value at the end of each slot, or with one each. */
function series(
  part: string,
  values: number | number[],
  labels: Record<string, string> = {},
): PrometheusSeries {
  return {
    labels: {
      headroom_part: part,
      job: 'dcgm',
      UUID: 'GPU-1',
      Hostname: 'gpu-node',
      ...web,
      ...labels,
    },
    samples: Array.from({ length: 12 }, (_, slot): [number, number] => [
      start.getTime() / 1000 + (slot + 1) * 300,
      Array.isArray(values) ? values[slot] : values,
    ]).filter(([, value]) => value !== undefined),
  };
}

/** Mean and number of readings of a metric in every slot: ten of 30 s. */
function metric(
  id: string,
  values: number | number[],
  labels: Record<string, string> = {},
): PrometheusSeries[] {
  return [
    series(`mean-${id}`, values, labels),
    series(`seen-${id}`, 10, labels),
  ];
}

function read(answer: PrometheusSeries[]) {
  const problems = Problems.create();
  const readings = GpuReadings.read(window, answer, problems);
  const shares = sharesOfBoards(readings.devices(), problems);
  return { readings, shares, problems };
}

function busy(answer: PrometheusSeries[], reserved = 3600, identity = web) {
  const { readings, shares } = read(answer);
  return readings.busyDeviceSeconds(
    identity,
    0,
    reserved,
    device => shares.get(device)!,
  );
}

function devices(
  answer: PrometheusSeries[],
  node: Partial<GpuNode> = {},
): { devices: GpuDeviceHour[]; codes: string[] } {
  const { readings, shares, problems } = read(answer);
  const gpuNode: GpuNode = {
    name: 'gpu-node',
    sharing: 'whole',
    reservedDevices: 1,
    ...node,
  };
  const found = deviceHours(
    0,
    window,
    readings,
    device => (device.places.has(gpuNode.name) ? gpuNode : undefined),
    device => shares.get(device)!,
    problems,
  );
  return { devices: found, codes: problems.list().map(({ code }) => code) };
}

describe('busy device-seconds', () => {
  it('prefer SM activity to engine activity to utilisation', () => {
    const sm = metric('sm', 0.2);
    const engine = metric('engine', 0.5);
    const util = metric('util', 80);
    expect(busy([...util, ...engine, ...sm])).toBeCloseTo(720, 9);
    expect(busy([...util, ...engine])).toBeCloseTo(1800, 9);
    expect(busy(util)).toBeCloseTo(2880, 9);
  });

  it('read the workload from the renamed labels', () => {
    const exporter = {
      namespace: 'gpu-operator',
      pod: 'dcgm-1',
      container: 'exporter',
      exported_namespace: 'ml',
      exported_pod: 'web-1',
      exported_container: 'web',
    };
    expect(busy(metric('util', 50, exporter))).toBeCloseTo(1800, 9);
  });

  it('take a ratio for percent when any reading of it is above 1', () => {
    const ratio = metric('util_ratio', 0.9);
    expect(busy(ratio)).toBeCloseTo(3240, 9);
    expect(busy([...ratio, series('range-util_ratio', 97)])).toBeCloseTo(
      32.4,
      9,
    );
  });

  it('do not believe profiling counters that read 0 while kernels run', () => {
    expect(busy([...metric('engine', 0), ...metric('util', 99)])).toBeCloseTo(
      3564,
      9,
    );
  });

  it('give each of those that share a device its part of the one value', () => {
    const shared = [
      ...metric('util', 100, { vgpu: '0' }),
      ...metric('util', 100, { ...other, vgpu: '1' }),
    ];
    expect(busy(shared, 1800)).toBeCloseTo(1800, 9);
    expect(busy(shared, 1800, other)).toBeCloseTo(1800, 9);
  });

  it('belong to whoever held the device at the time', () => {
    const half = Array(6);
    const handedOver = [
      ...metric('util', [...Array(6).fill(100)]).map(one => ({
        ...one,
        samples: one.samples.slice(0, 6),
      })),
      ...metric('util', [...half, ...Array(6).fill(10)], other).map(one => ({
        ...one,
        samples: one.samples.slice(-6),
      })),
    ];
    expect(busy(handedOver, 1800)).toBeCloseTo(1800, 9);
    expect(busy(handedOver, 1800, other)).toBeCloseTo(180, 9);
  });

  it('add devices up, and are not known when too few are reported', () => {
    const both = [
      ...metric('util', 100),
      ...metric('util', 50, { UUID: 'GPU-2' }),
    ];
    expect(busy(both, 7200)).toBeCloseTo(5400, 9);
    expect(busy(both.slice(0, 2), 7200)).toBeUndefined();
    expect(busy([], 3600)).toBeUndefined();
  });

  it('count a device once that two jobs report', () => {
    const twice = { job: 'dcgm-service' };
    expect(
      busy([...metric('util', 50), ...metric('util', 50, twice)]),
    ).toBeCloseTo(1800, 9);
  });

  it('weigh instances by their share of the board', () => {
    const a100 = { modelName: 'NVIDIA A100-SXM4-80GB' };
    const instances = [
      ...metric('engine', 1, {
        ...a100,
        GPU_I_ID: '1',
        GPU_I_PROFILE: '3g.40gb',
      }),
      ...metric('engine', 0, {
        ...a100,
        GPU_I_ID: '5',
        GPU_I_PROFILE: '1g.10gb',
      }),
    ];
    const reserved = (1 / 2 + 1 / 7) * 3600;
    expect(busy(instances, reserved)).toBeCloseTo(1800, 6);
  });
});

describe('devices of an hour', () => {
  it('say who held them, how busy they were and by what measure', () => {
    const { devices: found } = devices([
      ...metric('engine', 0.25),
      series('memory-used', 1024),
      series('memory-free', 3072),
      series('power', 110),
    ]);
    expect(found).toMatchObject([
      {
        node: 'gpu-node',
        board: 'GPU-1',
        sharing: 'whole',
        boardShare: 1,
        memoryBytes: 4096 * 2 ** 20,
        busyShare: Array(12).fill(0.25),
        memoryUsedBytes: Array(12).fill(2 ** 30),
        powerWatts: 110,
        poweredSeconds: 3600,
        basis: 'engine-active',
        readings: 120,
        setAside: {},
        tenants: [{ ...web, heldSeconds: 3600 }],
        tenantsKnown: true,
      },
    ]);
  });

  it('are one device with several tenants when they are shared', () => {
    const { devices: found } = devices(
      [
        ...metric('util', 80, { vgpu: '0' }),
        ...metric('util', 80, { ...other, vgpu: '1' }),
      ],
      { sharing: 'time-slicing', replicas: 4, reservedDevices: 0.5 },
    );
    expect(found).toHaveLength(1);
    expect(found[0].busyShare).toEqual(Array(12).fill(0.8));
    expect(found[0]).toMatchObject({ sharing: 'time-slicing', replicas: 4 });
    expect(found[0].tenants.map(({ pod }) => pod)).toEqual(['web-1', 'web-2']);
  });

  it('add up what each process uses, when that is what is reported', () => {
    const { devices: found } = devices([
      ...metric('util', 30, { vgpu: '0' }),
      ...metric('util', 20, { ...other, vgpu: '1' }),
    ]);
    expect(found[0].busyShare?.[0]).toBeCloseTo(0.5, 9);
  });

  it('count readings that are set aside, and say why', () => {
    const { devices: found, codes } = devices([
      ...metric('engine', 0),
      ...metric('util', 99),
      series('bad-util', [0, 3].concat(Array(10).fill(0))),
    ]);
    expect(found[0].setAside).toEqual({
      impossible: 3,
      'profiling-silent': 120,
    });
    expect(found[0].basis).toBe('utilisation');
    expect(codes.sort()).toEqual([
      'gpu-profiling-silent',
      'gpu-reading-impossible',
    ]);
  });

  it('set aside a device that is stuck at 100 % with nothing in its memory', () => {
    const { devices: found, codes } = devices(
      [...metric('util', 100, nobody), series('memory-used', 0, nobody)],
      { reservedDevices: 0 },
    );
    expect(found[0]).toMatchObject({
      busyShare: undefined,
      readings: 0,
      setAside: { latched: 120 },
    });
    expect(codes).toEqual(['gpu-latched']);
  });

  it('know nobody holds a device only when labels account for what is reserved', () => {
    const unlabelled = metric('util', 0, nobody);
    expect(
      devices(unlabelled, { reservedDevices: 0 }).devices[0],
    ).toMatchObject({ tenants: [], tenantsKnown: true, setAside: {} });
    const { devices: found, codes } = devices(unlabelled);
    expect(found[0]).toMatchObject({
      tenants: [],
      tenantsKnown: false,
      setAside: { unlabelled: 120 },
    });
    expect(codes).toEqual(['gpu-unlabelled']);
  });

  it('are instances with their share of the board', () => {
    const a100 = { modelName: 'NVIDIA A100-SXM4-80GB' };
    const { devices: found } = devices([
      ...metric('engine', 0.5, {
        ...a100,
        GPU_I_ID: '1',
        GPU_I_PROFILE: '3g.40gb',
      }),
    ]);
    expect(found[0]).toMatchObject({
      board: 'GPU-1',
      instance: '1',
      profile: '3g.40gb',
      sharing: 'mig',
      boardShare: 0.5,
    });
  });

  it('leave slots nobody read unknown', () => {
    const { devices: found } = devices(
      metric(
        'util',
        Array.from({ length: 12 }, (_, i) => i),
      ).map(one => ({
        ...one,
        samples: one.samples.slice(0, 4),
      })),
    );
    expect(found[0].busyShare?.slice(3, 6)).toEqual([0.03, null, null]);
    expect(found[0]).toMatchObject({ readings: 40, setAside: {} });
  });
});

describe('What is held through claims', () => {
  const claim = { dra_claim_name: 'gpu', dra_claim_namespace: 'ml' };
  const claimed = (
    answer: PrometheusSeries[],
    identity = web,
    here?: (place: string) => number,
  ) => {
    const { readings, shares } = read(answer);
    return readings.claimedDeviceSeconds(
      identity,
      0,
      device => shares.get(device)!,
      here && (({ places }) => here([...places][0])),
    );
  };
  const half = (first: boolean) =>
    Array.from({ length: 12 }, (_, slot) => (slot < 6 === first ? 10 : 0));
  const held = (first: boolean, labels: Record<string, string> = {}) => [
    series('mean-engine', 0.5, { ...claim, ...labels }),
    series('seen-engine', half(first), { ...claim, ...labels }),
  ];

  it('is the device, for one pod after the other each for its time', () => {
    const answer = [...held(true), ...held(false, other)];
    expect(claimed(answer)).toBe(1800);
    expect(claimed(answer, other)).toBe(1800);
  });

  it('is divided among those who have it at the same time', () => {
    const answer = [
      ...metric('engine', 0.5, claim),
      ...metric('engine', 0.5, { ...claim, ...other }),
    ];
    expect(claimed(answer)).toBe(1800);
  });

  it('is on each node what the pod had there', () => {
    const answer = [
      ...held(true, { UUID: 'GPU-1', Hostname: 'node-1' }),
      ...held(false, { UUID: 'GPU-2', Hostname: 'node-2' }),
    ];
    const on = (node: string) =>
      claimed(answer, web, place => Number(place === node));
    expect(claimed(answer)).toBe(3600);
    expect([on('node-1'), on('node-2')]).toEqual([1800, 1800]);
  });
});
