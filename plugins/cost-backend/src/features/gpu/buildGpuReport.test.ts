import { addDays, eachDay } from '@headroom/common';
import { GpuMoneyDay } from '../../database/GpuMoneyStore';
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
        idle: '0',
        stranded: '0',
      },
    });
    expect(report.bases).toEqual([{ basis: 'utilisation', hours: 48 }]);
    expect(report.verdicts).toEqual({ busy: 1, 'unused-memory-free': 1 });
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
      ['GPU-2', 'unused-memory-free', expect.closeTo(24, 9), '0', '48000000'],
    ]);
    expect(rows).toMatchObject([
      { day: DAY, heldHours: 48, knownHours: 48, idleHours: 0 },
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

describe('a day of a board that is cut, 400 W and one kilowatt-hour for 1.00', () => {
  const DAY = days[0];
  const HOURS = 24;
  const GB = 1e9;
  const hourly = <T>(value: T) => Array<T>(HOURS).fill(value);
  const slotted = <T>(value: T) => Array<T>(HOURS * 12).fill(value);

  /** Nobody holds it unless `change` says who does. */
  function instance(
    id: number,
    device: Partial<GpuDeviceDay['device']>,
    change: Partial<GpuDeviceDay> = {},
  ): GpuDeviceDay {
    return {
      device: {
        id,
        clusterId: 1,
        cluster: 'c1',
        node: 'n1',
        nodePool: 'gpu',
        board: 'GPU-1',
        model: 'A100-SXM4-80GB',
        sharing: 'mig',
        boardShare: 0.5,
        memoryBytes: 40 * GB,
        ...device,
      },
      day: DAY,
      start: `${DAY}T00:00:00.000Z`,
      end: '',
      hours: HOURS,
      busy: slotted(0),
      memoryUsed: slotted(0),
      seenByHour: hourly(true),
      heldSecondsByHour: hourly(0),
      wattsByHour: hourly(400),
      poweredSecondsByHour: hourly(3600),
      bases: { 'engine-active': HOURS },
      readings: HOURS * 12,
      setAside: {},
      tenants: [],
      ...change,
    };
  }

  const chat = {
    containerId: 5,
    namespace: 'ml',
    workloadKind: 'Deployment',
    workload: 'chat',
    container: 'main',
  };
  const held = instance(
    1,
    { instance: '1', profile: '3g.40gb' },
    {
      busy: slotted(0.5),
      memoryUsed: slotted(10 * GB),
      heldSecondsByHour: hourly(3600),
      tenants: [
        {
          ...chat,
          heldSecondsByHour: hourly(3600),
          heldSeconds: HOURS * 3600,
        },
      ],
    },
  );
  const free = instance(2, {
    instance: '2',
    profile: '1g.20gb',
    boardShare: 0.25,
    memoryBytes: 20 * GB,
  });
  const unlabelled = instance(
    3,
    { board: 'GPU-2', sharing: 'whole', boardShare: 1, nodePool: 'other' },
    { heldSecondsByHour: hourly(null) },
  );
  const paid = (change: Partial<GpuMoneyDay>): GpuMoneyDay => ({
    ...chat,
    day: DAY,
    clusterId: 1,
    cluster: 'c1',
    bucket: 'workload',
    micros: 24_000_000n,
    deviceHours: 12,
    ...change,
  });
  const idle = paid({
    bucket: 'idle',
    containerId: 6,
    namespace: '',
    workloadKind: '',
    workload: 'gpu',
    container: '',
    deviceHours: 12,
  });

  async function reportOf(
    devices: GpuDeviceDay[],
    money: GpuMoneyDay[],
    input: Partial<GpuReportInput> = {},
  ) {
    const fold = GpuReportFold.create({
      days: [DAY],
      zone: 'UTC',
      energyPrice: () => 1_000_000,
    });
    await fold.addDays([DAY], devices, money);
    return buildGpuReport({
      status: 'ok',
      restricted: false,
      simulated: new Set(['another']),
      request: {
        window: { start: DAY, end: DAY, timezone: 'UTC', partialDay: DAY },
        conversion: { currency: 'EUR' },
      } as GpuReportInput['request'],
      days: [DAY],
      fold,
      prices: [],
      problems: [],
      ...input,
    });
  }

  it('gives idle money to what nobody held and to what no instance covers, by hours', async () => {
    const { headline, boards, devices, verdicts } = await reportOf(
      [held, free],
      [paid({}), idle],
    );
    // 24 of the idle half: 6 board-hours free, 6 that no instance covers.
    expect(headline).toEqual({
      deviceHours: 18,
      heldHours: 12,
      knownHours: 12,
      busyHours: 6,
      unusedHours: 0,
      reclaimableHours: 0,
      money: {
        cost: '48000000',
        used: '12000000',
        unused: '12000000',
        unknown: '0',
        idle: '12000000',
        stranded: '12000000',
      },
    });
    expect(boards).toEqual([
      {
        cluster: 'c1',
        node: 'n1',
        board: 'GPU-1',
        model: 'A100-SXM4-80GB',
        instances: ['1g.20gb 2', '3g.40gb 1'],
        strandedShare: 0.25,
        strandedMicros: '12000000',
      },
    ]);
    expect(devices.map(({ id, money }) => [id, money.cost])).toEqual([
      ['1', '24000000'],
      ['2', '12000000'],
    ]);
    expect(verdicts).toEqual({ busy: 1, idle: 1 });
  });

  it('says of a day what was held, free, computing and in memory', async () => {
    const { days: rows } = await reportOf([held, free], [paid({}), idle]);
    expect(rows).toEqual([
      {
        day: DAY,
        heldHours: 12,
        knownHours: 12,
        busyHours: 6,
        idleHours: 6,
        // 10 of the 40 GB that were held; what nobody held doesn't count.
        memoryHeldShare: 0.25,
        energy: {
          kilowattHours: expect.closeTo(9.6, 9),
          deviceHours: 24,
          knownHours: 24,
          micros: '9600000',
        },
      },
    ]);
  });

  it('has the energy of the whole board, and its price', async () => {
    const price = { perKilowattHour: '1', currency: 'EUR' };
    const { energy, devices } = await reportOf([held, free], [paid({}), idle], {
      energyPrice: price,
    });
    const part = (kilowattHours: number, deviceHours: number) => ({
      kilowattHours: expect.closeTo(kilowattHours, 9),
      deviceHours,
      knownHours: deviceHours,
      micros: String(kilowattHours * 1e6),
    });
    expect(energy).toMatchObject({
      total: part(9.6, 24),
      held: part(4.8, 12),
      idle: part(2.4, 6),
      ownerUnknown: part(0, 0),
      stranded: part(2.4, 6),
      price,
    });
    expect(energy?.workloads).toEqual([
      {
        cluster: 'c1',
        namespace: 'ml',
        workloadKind: 'Deployment',
        workload: 'chat',
        container: 'main',
        ...part(4.8, 12),
      },
    ]);
    expect(devices.map(({ energy: own }) => own)).toEqual([
      part(4.8, 12),
      part(2.4, 6),
    ]);
  });

  it('says what nobody knows the holder or the device of', async () => {
    const {
      headline,
      days: rows,
      problems,
    } = await reportOf(
      [held, unlabelled],
      [paid({}), paid({ containerId: 9, micros: 1_000_000n })],
    );
    expect(headline.money).toMatchObject({
      cost: '25000000',
      unknown: '1000000',
    });
    expect(headline.heldHours).toBe(12);
    expect(rows[0]).toMatchObject({ heldHours: 12, idleHours: 0 });
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([
      ['gpu-owner-unknown', 'warning'],
      ['gpu-cost-without-device', 'warning'],
    ]);
    // The one board of unknown holder, all day.
    expect(problems[0].message).toContain('24.0 device-hours');
  });

  it('knows nothing of what a day without readings did', async () => {
    const {
      headline,
      days: rows,
      bases,
    } = await reportOf(
      [{ ...held, busy: slotted(null), bases: {}, readings: 0 }],
      [paid({})],
    );
    expect(headline).toMatchObject({
      heldHours: 12,
      knownHours: 0,
      busyHours: 0,
      money: { cost: '24000000', unknown: '24000000', used: '0', unused: '0' },
    });
    expect(rows[0].busyHours).toBeNull();
    expect(bases).toEqual([]);
  });

  it('passes on whose report it is, of what, and against what', async () => {
    const previous = {
      start: '2026-02-28',
      end: DAY,
      total: '1',
      comparedStart: DAY,
      comparedEnd: DAY,
    };
    const report = await reportOf([held], [paid({})], {
      entityRef: 'component:default/chat',
      status: 'ok',
      previous,
    });
    expect(report).toMatchObject({
      entityRef: 'component:default/chat',
      currency: 'EUR',
      simulated: false,
      window: { start: DAY, end: DAY, timezone: 'UTC', partialDay: DAY },
      headline: { previous },
    });
    const bare = await reportOf([held], [paid({})]);
    expect(bare).not.toHaveProperty('entityRef');
    expect(bare.headline).not.toHaveProperty('previous');
  });

  it('is of nothing where nothing was reported', async () => {
    const {
      headline,
      energy,
      problems,
      devices,
      advice,
      days: rows,
    } = await reportOf([], [paid({ micros: 5n })]);
    expect(headline).toMatchObject({ deviceHours: 0, heldHours: 0 });
    // What was paid stays, as unknown.
    expect(headline.money).toMatchObject({ cost: '5', unknown: '5' });
    expect(energy).toBeUndefined();
    expect([problems, devices, advice, rows]).toEqual([[], [], [], []]);
  });

  it('has first what can be done now, then by what it saves', async () => {
    const fortnight = eachDay('2026-03-01', '2026-03-15');
    const holders = [1, 2, 3].map(id => ({
      ...chat,
      containerId: id,
      workload: `w${id}`,
    }));
    const fold = GpuReportFold.create({ days: fortnight, zone: 'UTC' });
    for (const day of fortnight) {
      await fold.addDays(
        [day],
        holders.map(who => ({
          ...instance(
            who.containerId,
            { board: `GPU-${who.containerId}`, sharing: 'whole' },
            {
              // Whether the third has a model loaded is not known.
              memoryUsed: slotted(who.containerId === 3 ? null : 0),
              // 400 W would say that they are in use.
              wattsByHour: hourly(60),
              heldSecondsByHour: hourly(3600),
              tenants: [
                {
                  ...who,
                  heldSecondsByHour: hourly(3600),
                  heldSeconds: HOURS * 3600,
                },
              ],
            },
          ),
          day,
          start: `${day}T00:00:00.000Z`,
        })),
        holders.map(who =>
          paid({ ...who, day, micros: BigInt(who.containerId) * 24_000_000n }),
        ),
      );
    }
    const { advice } = await reportOf([], [], { fold, days: fortnight });
    expect(
      advice.map(({ workload, proposal, withheld }) => [
        workload.name,
        proposal.kind,
        withheld !== undefined,
      ]),
    ).toEqual([
      ['w2', 'remove', false],
      ['w1', 'remove', false],
      ['w3', 'remove', true],
    ]);
    const [first, second] = advice.map(({ savingMicros }) =>
      Number(savingMicros),
    );
    expect(first).toBe(2 * second);
  });
});
