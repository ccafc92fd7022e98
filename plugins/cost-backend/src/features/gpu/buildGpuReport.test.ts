import { addDays, eachDay } from '@headroom/common';
import { GpuDeviceDay } from '../../database/GpuStore';
import { buildGpuReport, GpuReportInput } from './buildGpuReport';
import { GpuReportFold } from './GpuReportFold';

const days = eachDay('2026-03-01', '2026-03-02');

it('says of readings that were replaced that they were, not that nothing is known', () => {
  const fold = GpuReportFold.create({ days, zone: 'UTC' });
  fold.readings = 80;
  fold.setAside['profiling-silent'] = 12;
  fold.setAside.impossible = 8;
  const { problems } = buildGpuReport({
    status: 'ok',
    restricted: false,
    simulated: new Set(),
    request: {
      window: { start: days[0], end: '2026-03-02', timezone: 'UTC' },
      conversion: { currency: 'USD' },
    } as GpuReportInput['request'],
    days,
    fold,
    prices: [],
    problems: [],
  });
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^12 of 100 readings .* utilisation is taken/),
    '8 of 100 readings are out of range and count as not known',
  ]);
});

describe('a day of boards of which the first is half busy', () => {
  const DAY = days[0];
  const HOURS = 24;
  const board = (id: number): GpuDeviceDay => ({
    device: {
      id,
      clusterId: 1,
      cluster: 'c1',
      node: 'n1',
      board: `GPU-${id}`,
      sharing: 'whole',
      boardShare: 1,
    },
    day: DAY,
    start: `${DAY}T00:00:00.000Z`,
    end: '',
    hours: HOURS,
    busy: Array(HOURS * 12).fill(id === 1 ? 0.5 : 0),
    memoryUsed: Array(HOURS * 12).fill(0),
    seenByHour: Array(HOURS).fill(true),
    heldSecondsByHour: Array(HOURS).fill(3600),
    wattsByHour: Array(HOURS).fill(null),
    poweredSecondsByHour: Array(HOURS).fill(0),
    bases: { utilisation: HOURS },
    readings: HOURS * 12,
    setAside: {},
    tenants: [
      {
        containerId: 5,
        namespace: 'ml',
        workloadKind: 'Deployment',
        workload: 'ranker',
        container: 'main',
        heldSecondsByHour: Array(HOURS).fill(3600),
        heldSeconds: HOURS * 3600,
      },
    ],
  });

  /** All of them are one container's, which paid 2 an hour and board. */
  async function reportOf(boards: number, window = [DAY]) {
    const fold = GpuReportFold.create({ days: window, zone: 'UTC' });
    const ids = Array.from({ length: boards }, (_, i) => i + 1);
    await fold.addDays([DAY], ids.map(board), [
      {
        day: DAY,
        clusterId: 1,
        cluster: 'c1',
        containerId: 5,
        bucket: 'workload',
        namespace: 'ml',
        workloadKind: 'Deployment',
        workload: 'ranker',
        container: 'main',
        micros: BigInt(boards * HOURS) * 2_000_000n,
        deviceHours: boards * HOURS,
      },
    ]);
    return buildGpuReport({
      status: 'ok',
      restricted: true,
      simulated: new Set(['c1']),
      request: {
        window: { start: DAY, end: DAY, timezone: 'UTC' },
        conversion: { currency: 'USD' },
      } as GpuReportInput['request'],
      days: window,
      fold,
      prices: [],
      problems: [{ code: 'told', severity: 'info', message: 'Told.' }],
    });
  }

  it('has hours and money by what the boards did', async () => {
    const report = await reportOf(2);
    expect(report).toMatchObject({
      status: 'ok',
      restricted: true,
      simulated: true,
      currency: 'USD',
      window: { start: DAY, end: DAY, timezone: 'UTC' },
    });
    expect(report.headline).toEqual({
      deviceHours: 48,
      heldHours: 48,
      knownHours: 48,
      busyHours: expect.closeTo(12, 9),
      unusedHours: expect.closeTo(24, 9),
      // One run, less the hour a rule waits.
      reclaimableHours: expect.closeTo(23, 9),
      money: {
        cost: '96000000',
        used: '24000000',
        unused: '72000000',
        unknown: '0',
        unallocated: '0',
        stranded: '0',
      },
    });
    expect(report.bases).toEqual([{ basis: 'utilisation', hours: 48 }]);
    expect(report.verdicts).toEqual({ busy: 1, 'idle-memory-free': 1 });
    expect(report.readings).toBe(576);
    expect(report.problems.map(({ code }) => code)).toEqual(['told']);
  });

  it('has a row a board, that adds up to the headline', async () => {
    const { devices, days: rows, boards } = await reportOf(2);
    expect(
      devices.map(({ board: name, verdict, unusedHours, money }) => [
        name,
        verdict,
        unusedHours,
        money.used,
        money.unused,
      ]),
    ).toEqual([
      ['GPU-1', 'busy', 0, '24000000', '24000000'],
      ['GPU-2', 'idle-memory-free', expect.closeTo(24, 9), '0', '48000000'],
    ]);
    expect(rows).toMatchObject([
      { day: DAY, heldHours: 48, knownHours: 48, unallocatedHours: 0 },
    ]);
    expect(boards).toEqual([]);
  });

  it('lists as many boards as an answer can carry, and counts all', async () => {
    // 60,000 cells of a board and a day are two boards of 30,000 days.
    const long = Array.from({ length: 30_000 }, (_, i) => addDays(DAY, i));
    const { devices, headline, problems } = await reportOf(3, long);
    expect(devices.map(({ board: name }) => name)).toEqual(['GPU-1', 'GPU-2']);
    expect(headline.deviceHours).toBe(72);
    expect(headline.money.cost).toBe('144000000');
    expect(problems.map(({ code }) => code)).toEqual([
      'told',
      'gpu-devices-not-listed',
    ]);
  });
});
