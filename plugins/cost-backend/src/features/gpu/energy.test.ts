import fc from 'fast-check';
import { GpuDeviceDay } from '../../database/GpuStore';
import { addEnergy, energyMicros, noEnergy } from './energy';
import { EnergyAnswer } from './EnergyAnswer';
import { GpuReportFold } from './GpuReportFold';

const DAY = '2026-03-02';
/** $0.25 a kilowatt-hour. */
const PRICE = 250_000;

type Tenants = Record<number, number[]>;

/** Four hours of a device; tenants hold it for so many seconds of each. */
function day(
  id: number,
  tenants: Tenants,
  watts: Array<number | null>,
  device: Partial<GpuDeviceDay['device']> = {},
  change: Partial<GpuDeviceDay> = {},
): GpuDeviceDay {
  const hours = 4;
  const held = Object.values(tenants);
  return {
    device: {
      id,
      clusterId: 1,
      cluster: 'c1',
      node: 'n1',
      board: `GPU-${id}`,
      sharing: 'whole',
      boardShare: 1,
      ...device,
    },
    day: DAY,
    start: `${DAY}T00:00:00.000Z`,
    end: `${DAY}T04:00:00.000Z`,
    hours,
    busy: Array(hours * 12).fill(0.5),
    memoryUsed: Array(hours * 12).fill(0),
    seenByHour: Array(hours).fill(true),
    heldSecondsByHour: watts.map((_, hour) =>
      Math.min(
        3600,
        held.reduce((sum, seconds) => sum + seconds[hour], 0),
      ),
    ),
    wattsByHour: watts,
    poweredSecondsByHour: watts.map(value => (value === null ? 0 : 3600)),
    bases: {},
    readings: hours * 12,
    setAside: {},
    tenants: Object.entries(tenants).map(([containerId, seconds]) => ({
      containerId: Number(containerId),
      namespace: 'ml',
      workloadKind: 'Deployment',
      workload: `w${containerId}`,
      container: 'main',
      entityRef: containerId === '9' ? undefined : `component:default/s`,
      heldSecondsByHour: seconds,
      heldSeconds: seconds.reduce((a, b) => a + b, 0),
    })),
    ...change,
  };
}

async function energyOf(
  devices: GpuDeviceDay[],
  options: { mine?: number[]; price?: boolean } = {},
) {
  const fold = GpuReportFold.create({
    days: [DAY],
    zone: 'UTC',
    mine: options.mine && new Set(options.mine),
    energyPrice: options.price === false ? undefined : () => PRICE,
  });
  await fold.addDays([DAY], devices, []);
  const answer = EnergyAnswer.create(fold);
  return {
    report: answer.report(undefined)!,
    devices: answer.devices(),
    days: answer.days(),
  };
}

const ALL = [3600, 3600, 3600, 3600];

describe('Energy of GPUs', () => {
  it('is power × time of whoever held the device, and of nobody', async () => {
    const { report, devices, days } = await energyOf([
      day(1, { 5: ALL }, [500, 500, 100, 100]),
      day(2, { 6: [3600, 1800, 0, 0] }, [400, 400, 80, 80]),
    ]);
    expect(report.held.kilowattHours).toBeCloseTo(1.2 + 0.6, 9);
    expect(report.idle.kilowattHours).toBeCloseTo(0.2 + 0.16, 9);
    expect(report.total).toMatchObject({
      kilowattHours: expect.closeTo(2.16, 9),
      deviceHours: 8,
      knownHours: 8,
      micros: '540000',
    });
    expect(devices.get(1)).toMatchObject({ micros: '300000' });
    expect(days.get(DAY)).toMatchObject({ micros: '540000' });
    expect(report.workloads).toMatchObject([
      { workload: 'w5', kilowattHours: expect.closeTo(1.2, 9) },
      { workload: 'w6', kilowattHours: expect.closeTo(0.6, 9) },
    ]);
    expect(report.services).toMatchObject([
      { entityRef: 'component:default/s', micros: '450000' },
    ]);
  });

  it('is not known where power is not, and says of how much it is', async () => {
    const { report } = await energyOf([
      day(1, { 5: ALL }, [500, null, 100, null], undefined, {
        poweredSecondsByHour: [1800, 0, 3600, 0],
      }),
    ]);
    expect(report.total).toMatchObject({
      kilowattHours: expect.closeTo(0.35, 9),
      deviceHours: 4,
      knownHours: 1.5,
    });
  });

  it('of a shared device is split as its time is', async () => {
    const { report } = await energyOf([
      day(1, { 5: ALL, 6: [3600, 3600, 0, 0] }, [400, 400, 400, 400], {
        sharing: 'time-slicing',
        replicas: 4,
      }),
    ]);
    expect(report.workloads.map(({ kilowattHours }) => kilowattHours)).toEqual([
      expect.closeTo(0.4, 9),
      expect.closeTo(0.2, 9),
    ]);
    expect(report.idle.kilowattHours).toBeCloseTo(1, 9);
  });

  it('of a board that is cut counts once, with what no instance covers', async () => {
    const mig = (id: number, boardShare: number, tenants: Tenants) =>
      day(id, tenants, [350, 350, 350, null], {
        board: 'GPU-cut',
        instance: String(id),
        sharing: 'mig',
        profile: 'x',
        boardShare,
      });
    const { report } = await energyOf([
      mig(1, 2 / 7, { 5: ALL }),
      mig(2, 3 / 7, {}),
    ]);
    expect(report.total).toMatchObject({
      kilowattHours: expect.closeTo(3 * 0.35, 9),
      deviceHours: expect.closeTo(4, 9),
      knownHours: expect.closeTo(3, 9),
    });
    expect(report.held.kilowattHours).toBeCloseTo(0.3, 9);
    expect(report.idle.kilowattHours).toBeCloseTo(0.45, 9);
    expect(report.stranded.kilowattHours).toBeCloseTo(0.3, 9);
  });

  it('of hours in which nobody knows who held it is nobody’s', async () => {
    const { report } = await energyOf([
      day(1, {}, [200, 200, 200, 200], undefined, {
        heldSecondsByHour: [null, null, 0, 0],
      }),
    ]);
    expect(report.ownerUnknown.kilowattHours).toBeCloseTo(0.4, 9);
    expect(report.idle.kilowattHours).toBeCloseTo(0.4, 9);
  });

  it('of a service is that of its own share only', async () => {
    const both = day(1, { 5: ALL, 9: ALL }, [400, 400, 400, 400], {
      sharing: 'time-slicing',
      replicas: 2,
    });
    const { report } = await energyOf([both], { mine: [5] });
    expect(report.total.kilowattHours).toBeCloseTo(0.8, 9);
    expect(report.workloads).toHaveLength(1);
    expect(report.idle.kilowattHours).toBe(0);
  });

  it('has no money without a price', async () => {
    const { report, devices, days } = await energyOf(
      [
        day(
          1,
          { 5: ALL },
          ALL.map(() => 100),
        ),
      ],
      { price: false },
    );
    expect(JSON.stringify([report, [...devices], [...days]])).not.toContain(
      'micros',
    );
  });

  it('has parts that sum to the whole, to the micro', () => {
    const part = fc.record({
      boards: fc.double({ min: 0, max: 1, noNaN: true }),
      watts: fc.option(fc.double({ min: 0, max: 1500, noNaN: true })),
      poweredPart: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 30 }),
        fc.double({ min: 1, max: 2e6, noNaN: true }),
        (parts, price) => {
          const all = noEnergy();
          const each = parts.map(({ boards, ...power }) => {
            const sum = noEnergy();
            addEnergy(sum, boards, { ...power, price });
            addEnergy(all, boards, { ...power, price });
            expect(sum.knownHours).toBeLessThanOrEqual(sum.hours + 1e-12);
            return sum;
          });
          const micros = energyMicros(each);
          const total = micros.reduce((sum, one) => sum + one, 0n);
          expect(Math.abs(Number(total) - all.micros)).toBeLessThanOrEqual(
            0.5 + 1e-6 * all.micros,
          );
          micros.forEach((one, index) =>
            expect(
              Math.abs(Number(one) - each[index].micros),
            ).toBeLessThanOrEqual(1 + 1e-6 * all.micros),
          );
        },
      ),
    );
  });
});
