import {
  BreakdownRow,
  CostSettings,
  DayCost,
  FleetCostReport,
  Headline,
  Origin,
  ReportBase,
  ServiceCostReport,
  SourcesReport,
  TeamCostReport,
} from '@headroom/plugin-cost-common';

/** Reports as the back end would answer them, for tests. Sums hold: 3 whole days, one gap, one partial day. */

const base: ReportBase = {
  window: {
    preset: 'custom',
    start: '2026-10-01',
    end: '2026-10-06',
    timezone: 'Europe/Berlin',
    partialDay: '2026-10-05',
  },
  currency: 'USD',
  simulated: false,
  dataUntil: '2026-10-05T12:00:00.000Z',
  problems: [],
};

function day(
  name: string,
  gpuMicros: number,
  extra: Partial<DayCost> = {},
): DayCost {
  return {
    day: name,
    cost: {
      cpu: '1000000',
      memory: '500000',
      gpu: String(gpuMicros),
      storage: '2000',
      network: '0',
    },
    shared: '0',
    total: String(1_502_000 + gpuMicros),
    hours: 24,
    ...extra,
  };
}

const days: DayCost[] = [
  day('2026-10-01', 10_000_000),
  day('2026-10-02', 10_000_000),
  {
    ...day('2026-10-03', 0),
    cost: { cpu: '0', memory: '0', gpu: '0', storage: '0', network: '0' },
    total: '0',
    missingHours: 24,
  },
  day('2026-10-04', 12_000_000, { missingHours: 3 }),
  day('2026-10-05', 5_000_000, { partial: true }),
];

const headline: Headline = {
  total: '43008000',
  previous: {
    start: '2026-09-26',
    end: '2026-10-01',
    total: '38000000',
    changeRatio: 0.12,
    comparedStart: '2026-10-01',
    comparedEnd: '2026-10-05',
  },
  monthToDate: { start: '2026-10-01', end: '2026-10-06', total: '43008000' },
  projection: {
    status: 'ok',
    total: '330000000',
    low: '310000000',
    high: '352000000',
    confidence: 0.8,
    completeDays: 4,
    monthEnd: '2026-10-31',
  },
  efficiency: 0.43,
  unusedCost: '24512000',
  unusedShare: 0.57,
};

const origin: Origin = {
  sources: [
    {
      cluster: 'us-west',
      source: 'prometheus',
      simulated: false,
      lastHour: '2026-10-05T11:00:00.000Z',
      missingHours: 27,
    },
  ],
  prices: [
    {
      cluster: 'us-west',
      nodePool: 'gpu',
      instanceType: 'g5.2xlarge',
      region: 'us-west-2',
      capacityType: 'spot',
      hourlyPrice: '0.4848',
      currency: 'USD',
      nodeHours: 93,
      origin: { kind: 'config', description: 'g5.2xlarge, us-west-2, spot' },
    },
  ],
  formulas: [
    {
      resource: 'gpu',
      quantity: 74,
      unit: 'device-hour',
      effectivePrice: '0.5',
      cost: '37000000',
    },
  ],
  links: [
    {
      cluster: 'us-west',
      namespace: 'ml',
      workloadKind: 'Deployment',
      workload: 'akidb-rest',
      provenance: 'annotation',
      detail: 'backstage.io/kubernetes-id=akidb-rest',
    },
  ],
  sharing: { idle: 'separate', sharedNamespaces: [], split: 'weighted' },
};

/** A row of a breakdown with a total in micros. */
export function breakdownRow(
  key: string,
  totalMicros: bigint,
  extra: Partial<BreakdownRow> = {},
): BreakdownRow {
  return {
    key,
    label: key,
    kind: 'normal',
    cost: {
      cpu: totalMicros.toString(),
      memory: '0',
      gpu: '0',
      storage: '0',
      network: '0',
    },
    shared: '0',
    total: totalMicros.toString(),
    ...extra,
  };
}

/** What a service with a GPU costs. */
export function serviceReport(
  extra: Partial<ServiceCostReport> = {},
): ServiceCostReport {
  return {
    ...base,
    entityRef: 'component:default/akidb-rest',
    status: 'ok',
    headline,
    days,
    breakdowns: {
      cluster: [
        breakdownRow('us-west', 40_000_000n),
        breakdownRow('eu-central', 3_008_000n),
      ],
      region: [breakdownRow('us-west-2', 43_008_000n)],
      workload: [
        breakdownRow('ml/akidb-rest', 43_000_000n, { efficiency: 0.43 }),
        breakdownRow('ml/akidb-cron', 8_000n),
      ],
      container: [breakdownRow('ml/akidb-rest/app', 43_008_000n)],
      capacity: [breakdownRow('spot', 43_008_000n)],
    },
    gpu: {
      paidHours: 74,
      busyHours: 25.9,
      cost: '37000000',
      days: [{ day: '2026-10-01', paidHours: 24, busyHours: 8 }],
    },
    units: [
      {
        metric: 'tokens',
        title: 'Tokens',
        per: 1_000_000,
        quantity: 12_300_000,
        failed: 100,
        unitCost: '0.277780000',
        previousUnitCost: '0.250000000',
        days: [
          { day: '2026-10-01', quantity: 4_000_000, unitCost: '0.277780000' },
        ],
      },
      {
        metric: 'requests',
        title: 'Requests',
        per: 1,
        reason: 'no-units',
        days: [],
      },
    ],
    origin,
    ...extra,
  };
}

/** What a fleet with idle and unallocated cost costs, by team. */
export function fleetReport(
  extra: Partial<FleetCostReport> = {},
): FleetCostReport {
  return {
    ...base,
    restricted: false,
    status: 'ok',
    idleMode: 'separate',
    headline: { ...headline, unallocated: '2000000', idle: '11008000' },
    days,
    groupBy: 'team',
    rows: [
      breakdownRow('group:default/ml', 20_000_000n, {
        label: 'ml',
        entityRef: 'group:default/ml',
        previousTotal: '10000000',
        changeRatio: 1,
      }),
      breakdownRow('group:default/web', 10_000_000n, {
        label: 'web',
        entityRef: 'group:default/web',
      }),
      breakdownRow('__idle__', 11_008_000n, { label: 'Idle', kind: 'idle' }),
      breakdownRow('__unallocated__', 2_000_000n, {
        label: 'Unallocated',
        kind: 'unallocated',
      }),
    ],
    movers: [
      {
        entityRef: 'component:default/akidb-rest',
        label: 'akidb-rest',
        total: '20000000',
        previousTotal: '10000000',
        change: '10000000',
      },
      {
        entityRef: 'component:default/web-frontend',
        label: 'web-frontend',
        total: '1000000',
        previousTotal: '13000000',
        change: '-12000000',
      },
    ],
    origin: {
      sources: origin.sources,
      prices: origin.prices,
      sharing: origin.sharing,
    },
    ...extra,
  };
}

/** What a team with one service costs. */
export function teamReport(
  extra: Partial<TeamCostReport> = {},
): TeamCostReport {
  return {
    ...base,
    entityRef: 'group:default/ml',
    groups: ['group:default/ml', 'group:default/ml-serving'],
    status: 'ok',
    restricted: false,
    headline,
    days,
    services: [
      breakdownRow('component:default/akidb-rest', 43_008_000n, {
        label: 'akidb-rest',
        entityRef: 'component:default/akidb-rest',
      }),
    ],
    notAllocated: [],
    ...extra,
  };
}

/** One cluster that is down and was being back-filled. */
export function sourcesReport(): SourcesReport {
  return {
    timezone: 'Europe/Berlin',
    currency: 'USD',
    currencies: ['USD', 'EUR'],
    clusters: [
      {
        name: 'us-west',
        title: 'US West',
        source: 'prometheus',
        simulated: false,
        region: 'us-west-2',
        state: 'down',
        downSince: '2026-10-05T11:00:00.000Z',
        lastError: 'It did not answer within 30 seconds.',
        firstHour: '2026-09-06T00:00:00.000Z',
        lastHour: '2026-10-05T10:00:00.000Z',
        lastRunAt: '2026-10-05T11:20:00.000Z',
        backfill: {
          from: '2026-09-05T00:00:00.000Z',
          doneHours: 312,
          totalHours: 720,
          finished: false,
        },
        gaps: [
          {
            start: '2026-10-03T00:00:00.000Z',
            end: '2026-10-04T00:00:00.000Z',
            hours: 24,
            reason: 'no-data',
          },
        ],
        unfinished: { again: 3, left: 1 },
        queriesPerHour: 12,
        problems: [
          {
            code: 'usage-above-capacity',
            message: 'Node n1 used more CPU than it has.',
            severity: 'warning',
          },
        ],
      },
    ],
  };
}

/** What the pickers offer. */
export function costSettings(): CostSettings {
  return {
    timezone: 'Europe/Berlin',
    currency: 'USD',
    currencies: ['USD', 'EUR'],
    simulated: false,
    unitMetrics: [],
  };
}
