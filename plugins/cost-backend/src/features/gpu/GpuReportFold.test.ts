import { eachDay } from '@headroom/common';
import { GpuDeviceDay } from '../../database/GpuStore';
import { GpuMoneyDay } from '../../database/GpuMoneyStore';
import { daySpans, GpuReportFold } from './GpuReportFold';

// The clocks of Berlin go forward on the 29th.
const ZONE = 'Europe/Berlin';
const DAYS = eachDay('2026-03-28', '2026-03-31');
const STARTS = ['28T00:00+01:00', '29T00:00+01:00', '30T00:00+02:00'];
const HOURS = [24, 23, 24];

/** Two devices of one container; the second is busy in the second half of a day. */
const devices = DAYS.flatMap((day, i) =>
  [1, 2].map((id): GpuDeviceDay => {
    const hours = HOURS[i];
    return {
      device: {
        id,
        clusterId: 1,
        cluster: 'c1',
        node: 'n1',
        board: `GPU-${id}`,
        sharing: 'whole',
        boardShare: 1,
      },
      day,
      start: new Date(`2026-03-${STARTS[i]}`).toISOString(),
      end: '',
      hours,
      busy: Array.from({ length: hours * 12 }, (_, slot) =>
        id === 2 && slot >= hours * 6 ? 1 : 0,
      ),
      memoryUsed: Array(hours * 12).fill(0),
      seenByHour: Array(hours).fill(true),
      heldSecondsByHour: Array(hours).fill(3600),
      wattsByHour: Array(hours).fill(null),
      poweredSecondsByHour: Array(hours).fill(0),
      bases: { utilisation: hours },
      readings: hours * 12,
      setAside: {},
      tenants: [
        {
          containerId: 5,
          namespace: 'ml',
          workloadKind: 'Deployment',
          workload: 'ranker',
          container: 'main',
          heldSecondsByHour: Array(hours).fill(3600),
          heldSeconds: hours * 3600,
        },
      ],
    };
  }),
);

const money = DAYS.map(
  (day, i): GpuMoneyDay => ({
    day,
    clusterId: 1,
    cluster: 'c1',
    containerId: 5,
    bucket: 'workload',
    namespace: 'ml',
    workloadKind: 'Deployment',
    workload: 'ranker',
    container: 'main',
    micros: BigInt(HOURS[i]) * 2_000_001n,
    deviceHours: HOURS[i] * 2,
  }),
);

async function foldInSpansOf(length: number) {
  const fold = GpuReportFold.create({ days: DAYS, zone: ZONE });
  for (const { days } of daySpans(DAYS, () => length)) {
    await fold.addDays(
      days,
      devices.filter(({ day }) => days.includes(day)),
      money.filter(({ day }) => days.includes(day)),
    );
  }
  return {
    total: fold.total,
    deviceHours: fold.deviceHours,
    rows: [...fold.devices.values()].map(device => device.row(DAYS)),
    heatMap: fold.heatMap.cells(),
    advice: [...fold.workloads.values()].flatMap(workload =>
      workload.advice(fold.end, []),
    ),
  };
}

it('comes to the same, however many days are read at a time', async () => {
  const one = await foldInSpansOf(1);
  expect(await foldInSpansOf(2)).toEqual(one);
  expect(await foldInSpansOf(9)).toEqual(one);
});

it('counts the hours days have when clocks change', async () => {
  const { deviceHours, total, rows, heatMap } = await foldInSpansOf(1);
  expect(deviceHours).toBe(2 * 71);
  expect(total.held).toBeCloseTo(142, 9);
  expect(total.busy).toBeCloseTo(71 / 2, 9);
  expect(
    rows.map(({ days }) => days.map(({ heldHours }) => heldHours)),
  ).toEqual([HOURS, HOURS]);
  // Sunday 02:00 did not exist; Saturday to Monday are seen.
  expect(heatMap[6 * 24 + 2]).toBeNull();
  expect(heatMap.filter(Boolean)).toHaveLength(71);
});

it('knows no more of memory than the hours in which it was theirs', async () => {
  const hours = HOURS[0];
  const seconds = (of: (hour: number) => boolean) =>
    Array.from({ length: hours }, (_, hour) => (of(hour) ? 3600 : 0));
  const handedOver = (containerId: number, held: number[]) => ({
    ...devices[0].tenants[0],
    containerId,
    heldSecondsByHour: held,
    heldSeconds: 12 * 3600,
  });
  const fold = GpuReportFold.create({
    days: DAYS,
    zone: ZONE,
    mine: new Set([5]),
  });
  await fold.addDays(
    [DAYS[0]],
    [
      {
        ...devices[0],
        memoryUsed: Array.from({ length: hours * 12 }, (_, slot) =>
          slot < 144 ? 7 : 90,
        ),
        memoryPeakBytes: 91,
        tenants: [
          handedOver(
            5,
            seconds(hour => hour < 12),
          ),
          handedOver(
            6,
            seconds(hour => hour >= 12),
          ),
        ],
      },
    ],
    [],
  );
  const [row] = [...fold.devices.values()].map(device => device.row(DAYS));
  expect(row).toMatchObject({ heldHours: 12, memoryPeakBytes: 7 });
});

it('mixes in nothing of the hours in which others held it', async () => {
  const hours = HOURS[0];
  const from = (start: number) =>
    Array.from({ length: hours }, (_, hour) => (hour >= start ? 3600 : 0));
  const tenant = (containerId: number, start: number) => ({
    ...devices[0].tenants[0],
    containerId,
    heldSecondsByHour: from(start),
    heldSeconds: (hours - start) * 3600,
    share: 1 / 3,
  });
  const fold = GpuReportFold.create({
    days: DAYS,
    zone: ZONE,
    mine: new Set([5]),
    visible: new Set([5]),
  });
  await fold.addDays(
    [DAYS[0]],
    [
      {
        ...devices[0],
        // Until it was theirs the counters read nothing that counts.
        busy: from(18).flatMap(held => Array(12).fill(held ? 0.5 : null)),
        readings: 6 * 12,
        setAside: { latched: 18 * 12 },
        tenants: [tenant(5, 18), tenant(6, 0), tenant(7, 0)],
      },
    ],
    [],
  );
  const [row] = [...fold.devices.values()].map(device => device.row(DAYS));
  expect(row).toMatchObject({ heldHours: 6, verdict: 'busy', setAside: {} });
  expect(
    row.tenants.map(({ workload, heldHours }) => [workload, heldHours]),
  ).toEqual([
    ['others', 6],
    ['ranker', 6],
  ]);
  expect(row.tenants[0].share).toBeCloseTo(2 / 3, 9);
  expect(row.tenants[1].share).toBeCloseTo(1 / 3, 9);
  expect(fold.setAside).toEqual({});
});

it('spans days without a gap, the next as long as it is told', () => {
  const lengths = [2, 0, 5];
  const spans = [
    ...daySpans(
      eachDay('2026-03-01', '2026-03-08'),
      () => lengths.shift() ?? 1,
    ),
  ];
  expect(spans.map(({ start, end }) => [start, end])).toEqual([
    ['2026-03-01', '2026-03-03'],
    ['2026-03-03', '2026-03-04'],
    ['2026-03-04', '2026-03-08'],
  ]);
});
