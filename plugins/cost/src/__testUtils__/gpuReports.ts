import {
  GpuDeviceRow,
  GpuEnergy,
  GpuReport,
} from '@headroom/plugin-cost-common';

/** GPU reports as the back end would answer them, for tests. */

const GIB = 1024 ** 3;

const NO_MONEY = {
  cost: '0',
  used: '0',
  unused: '0',
  unknown: '0',
  idle: '0',
  stranded: '0',
};

/** At 0.25 a kilowatt-hour. */
function energy(
  kilowattHours: number,
  deviceHours: number,
  knownHours = deviceHours,
): GpuEnergy {
  return {
    kilowattHours,
    deviceHours,
    knownHours,
    micros: String(kilowattHours * 250_000),
  };
}

function device(extra: Partial<GpuDeviceRow>): GpuDeviceRow {
  return {
    id: `us-west/${extra.node ?? 'gpu-1'}/${extra.board}/${
      extra.instance ?? ''
    }`,
    cluster: 'us-west',
    node: 'gpu-1',
    board: 'GPU-1',
    model: 'NVIDIA A10G',
    sharing: 'whole',
    boardShare: 1,
    memoryBytes: 24 * GIB,
    basis: 'sm-active',
    readings: 1440,
    setAside: {},
    hours: 100,
    heldHours: 100,
    knownHours: 100,
    busyHours: 36,
    unusedHours: 40,
    reclaimableHours: 30,
    memoryPeakBytes: 18 * GIB,
    verdict: 'busy-low',
    verdictReason: 'It computed for 36 % of the time it was held.',
    tenants: [
      {
        namespace: 'ml',
        workloadKind: 'Deployment',
        workload: 'akidb-rest',
        container: 'app',
        heldHours: 100,
        share: 1,
      },
    ],
    money: {
      ...NO_MONEY,
      cost: '50000000',
      used: '18000000',
      unused: '32000000',
    },
    energy: energy(30, 100),
    days: [],
    ...extra,
  };
}

/** Whole, time-sliced, MIG and idle devices; one of which no reading counts. */
export function gpuDevices(): GpuDeviceRow[] {
  return [
    device({ board: 'GPU-6f3a1b20-busy' }),
    device({
      board: 'GPU-77aa01-idle',
      busyHours: 0,
      unusedHours: 100,
      reclaimableHours: 96,
      verdict: 'unused-memory-held',
      verdictReason: 'A model is loaded, nothing asks it.',
      setAside: { latched: 12, impossible: 3 },
      money: { ...NO_MONEY, cost: '50000000', unused: '50000000' },
      tenants: ['a', 'b', 'c'].map(name => ({
        namespace: 'ml',
        workloadKind: 'Deployment',
        workload: `notebook-${name}`,
        container: 'nb',
        heldHours: 100,
        share: 0.25,
      })),
      sharing: 'time-slicing',
      replicas: 4,
    }),
    device({
      board: 'GPU-c0ffee-mig',
      instance: '1',
      model: 'NVIDIA A100-SXM4-80GB',
      sharing: 'mig',
      profile: '3g.40gb',
      boardShare: 0.5,
      basis: 'engine-active',
      verdict: 'busy',
      verdictReason: 'It computed for 81 % of the time it was held.',
      busyHours: 81,
      money: {
        ...NO_MONEY,
        cost: '80000000',
        used: '65000000',
        unused: '15000000',
      },
    }),
    device({
      board: 'GPU-dead-unknown',
      verdict: 'unknown',
      verdictReason: 'Its profiling counters read 0 while it was in use.',
      setAside: { 'profiling-silent': 1440 },
      readings: 0,
      knownHours: 0,
      busyHours: 0,
      unusedHours: 0,
      basis: undefined,
      money: { ...NO_MONEY, cost: '50000000', unknown: '50000000' },
    }),
    device({
      board: 'GPU-free',
      tenants: [],
      heldHours: 0,
      knownHours: 0,
      busyHours: 0,
      unusedHours: 0,
      memoryPeakBytes: undefined,
      verdict: 'idle',
      verdictReason: 'Nobody held it.',
      money: { ...NO_MONEY, cost: '50000000', idle: '50000000' },
    }),
  ];
}

/** Four days of five devices: one a gap, one partial. */
export function gpuReport(extra: Partial<GpuReport> = {}): GpuReport {
  return {
    status: 'ok',
    window: {
      start: '2026-10-01',
      end: '2026-10-06',
      timezone: 'Europe/Berlin',
      partialDay: '2026-10-05',
    },
    currency: 'USD',
    simulated: false,
    restricted: false,
    headline: {
      deviceHours: 500,
      heldHours: 400,
      knownHours: 300,
      busyHours: 117,
      unusedHours: 180,
      reclaimableHours: 156,
      money: {
        cost: '290000000',
        used: '83000000',
        unused: '97000000',
        unknown: '50000000',
        idle: '50000000',
        stranded: '10000000',
      },
      previous: {
        start: '2026-09-26',
        end: '2026-10-01',
        total: '250000000',
        changeRatio: 0.16,
        comparedStart: '2026-10-01',
        comparedEnd: '2026-10-05',
        comparedDays: 4,
      },
    },
    energy: {
      total: energy(80, 500, 450),
      held: energy(70, 400, 350),
      idle: energy(8, 75),
      ownerUnknown: energy(0, 0),
      stranded: energy(2, 25),
      price: { perKilowattHour: '0.25', currency: 'USD' },
      workloads: [
        {
          cluster: 'us-west',
          namespace: 'ml',
          workloadKind: 'Deployment',
          workload: 'akidb-rest',
          container: 'app',
          entityRef: 'component:default/akidb-rest',
          ...energy(48, 300, 250),
        },
        {
          cluster: 'us-west',
          namespace: 'ml',
          workloadKind: 'Deployment',
          workload: 'notebook-a',
          container: 'nb',
          ...energy(16, 75),
        },
      ],
      services: [
        { entityRef: 'component:default/akidb-rest', ...energy(48, 300, 250) },
      ],
    },
    bases: [
      { basis: 'sm-active', hours: 225 },
      { basis: 'engine-active', hours: 75 },
    ],
    readings: 5760,
    setAside: { 'profiling-silent': 1440, latched: 12, impossible: 3 },
    days: [
      ['2026-10-01', 96, 30],
      ['2026-10-02', 96, 34],
      ['2026-10-04', 96, null],
      ['2026-10-05', 40, 12],
    ].map(([day, heldHours, busyHours]) => ({
      day: day as string,
      heldHours: heldHours as number,
      busyHours: busyHours as number | null,
      idleHours: 24,
      memoryHeldShare: 0.7,
      energy: energy(20, 120, 110),
    })),
    heatMap: Array.from({ length: 168 }, (_, index) => {
      if (index === 167) {
        return null;
      }
      const hour = index % 24;
      const weekend = index >= 120;
      if (weekend && hour < 6) {
        return { held: 0, busy: null };
      }
      const busy = Math.max(0, Math.sin(((hour - 5) / 14) * Math.PI));
      return { held: 4, busy: 4 * busy * (weekend ? 0.3 : 1) };
    }),
    verdicts: { busy: 1, 'busy-low': 1, 'unused-memory-held': 1 },
    devices: gpuDevices(),
    boards: [
      {
        cluster: 'us-west',
        node: 'gpu-9',
        board: 'GPU-c0ffee-mig',
        model: 'NVIDIA A100-SXM4-80GB',
        instances: ['3g.40gb', '2g.20gb'],
        strandedShare: 0.25,
        strandedMicros: '10000000',
      },
    ],
    advice: [
      {
        kind: 'remove',
        workload: {
          namespace: 'ml',
          kind: 'Deployment',
          name: 'notebook-a',
          container: 'nb',
        },
        summary: 'It held a GPU for 28 days and computed nothing.',
        tradeOff: 'A model has to be loaded again: about a minute.',
        proposal: { kind: 'remove' },
        evidence: { knownHours: 672, computingHours: 0, peakMemoryBytes: GIB },
        savingMicros: '365000000',
        confidence: 0.9,
      },
      {
        kind: 'schedule',
        workload: {
          namespace: 'ml',
          kind: 'Deployment',
          name: 'akidb-rest',
          container: 'app',
        },
        entityRef: 'component:default/akidb-rest',
        summary: 'It computes on weekdays from 7 to 19 only.',
        proposal: {
          kind: 'schedule',
          busyHoursOfWeek: Array.from({ length: 168 }, (_, i) => i).filter(
            i => i < 120 && i % 24 >= 7 && i % 24 < 19,
          ),
        },
        evidence: { busyHoursOfWeek: 60 },
        savingMicros: '120000000',
        confidence: 0.6,
        withheld: 'Not every hour of the week was seen twice yet.',
      },
    ],
    problems: [],
    ...extra,
  };
}
