import { GpuDeviceDay, GpuTenantDay } from '../../database/GpuStore';
import { readDeviceHours } from './readDeviceHours';

const tenant = (
  containerId: number,
  seconds: number[],
  share?: number,
): GpuTenantDay => ({
  containerId,
  namespace: 'ml',
  workloadKind: 'Deployment',
  workload: `w${containerId}`,
  container: 'main',
  heldSecondsByHour: seconds,
  heldSeconds: seconds.reduce((a, b) => a + b, 0),
  share,
});

/** Two hours, known to be half busy in the first and unknown in the second. */
const day = (
  change: Partial<GpuDeviceDay> & { replicas?: number },
): GpuDeviceDay => ({
  device: {
    id: 1,
    clusterId: 1,
    cluster: 'c1',
    node: 'n1',
    board: 'GPU-1',
    sharing: 'time-slicing',
    boardShare: 1,
    replicas: change.replicas,
  },
  day: '2026-03-02',
  start: '2026-03-02T00:00:00.000Z',
  end: '2026-03-02T02:00:00.000Z',
  hours: 2,
  busy: [...Array(12).fill(0.5), ...Array(12).fill(null)],
  memoryUsed: Array(24).fill(1),
  seenByHour: [true, true],
  heldSecondsByHour: [3600, 3600],
  wattsByHour: [200, null],
  poweredSecondsByHour: [1800, 0],
  bases: {},
  readings: 12,
  setAside: {},
  tenants: [],
  ...change,
});

it.each([
  ['one', [[3600, 1800]], [1, 1]],
  [
    'one after the other',
    [
      [900, 3600],
      [2700, 0],
    ],
    [1, 1],
  ],
  [
    'two at a time',
    [
      [3600, 3600],
      [3600, 600],
    ],
    [2, 1],
  ],
  ['a container of two pods', [[7200, 3600]], [2, 1]],
  ['nobody', [], [1, 1]],
])('counts those who hold it at a time: %s', (_, tenants, expected) => {
  const read = readDeviceHours(
    day({
      replicas: 4,
      tenants: tenants.map((seconds, i) => tenant(i, seconds)),
    }),
    undefined,
  );
  expect(read.map(({ holders }) => holders)).toEqual(expected);
});

it('leaves to nobody what tenants of a shared device leave over', () => {
  const hours = readDeviceHours(
    day({
      replicas: 4,
      tenants: [tenant(1, [3600, 0]), tenant(2, [3600, 3600])],
    }),
    undefined,
  );
  expect(hours).toMatchObject([
    {
      present: 1,
      share: 0.5,
      free: 0.5,
      knownPart: 1,
      busyPart: 0.5,
      watts: 200,
      poweredPart: 0.5,
    },
    {
      present: 1,
      share: 0.25,
      free: 0.75,
      knownPart: 0,
      busyPart: 0,
      watts: null,
      poweredPart: 0,
    },
  ]);
});

it('counts several pods of a container as often, and never above a device', () => {
  const [two, six] = readDeviceHours(
    day({ replicas: 4, tenants: [tenant(1, [7200, 6 * 3600])] }),
    undefined,
  );
  expect(two).toMatchObject({ share: 0.5, free: 0.5 });
  expect(six).toMatchObject({ share: 1, free: 0 });
});

it('shows a report of some containers only hours in which they held it', () => {
  const hours = readDeviceHours(
    day({
      replicas: 4,
      tenants: [tenant(1, [1800, 0]), tenant(2, [3600, 3600])],
    }),
    id => id === 1,
  );
  expect(hours).toMatchObject([{ present: 0.5, share: 0.125 }]);
  expect(hours[0].tenants.map(each => each.tenant.containerId)).toEqual([1]);
});

it('takes an hour without labels as neither held nor free', () => {
  expect(
    readDeviceHours(day({ heldSecondsByHour: [null, 0] }), undefined),
  ).toMatchObject([
    { present: null, share: 0, free: 0 },
    { present: 0, share: 0, free: 1 },
  ]);
});

it('skips hours in which nobody reported the device', () => {
  expect(
    readDeviceHours(day({ seenByHour: [false, true] }), undefined).map(
      ({ at }) => new Date(at).toISOString(),
    ),
  ).toEqual(['2026-03-02T01:00:00.000Z']);
});
