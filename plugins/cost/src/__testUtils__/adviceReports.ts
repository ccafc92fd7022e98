import {
  AdviceDetail,
  AdviceReport,
  AdviceRow,
  ResourceAdvice,
} from '@headroom/plugin-cost-common';

/** Advice as the back end would answer it, for tests. */

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

const window = { start: '2026-09-07', end: '2026-10-05', days: 28 };

/** A container with a change in both resources. */
export function adviceRow(extra: Partial<AdviceRow> = {}): AdviceRow {
  return {
    id: 'us-west~ml~Deployment~akidb-rest~app',
    cluster: 'us-west',
    workload: { namespace: 'ml', kind: 'Deployment', name: 'akidb-rest' },
    container: 'app',
    entityRef: 'component:default/akidb-rest',
    status: 'change',
    cpu: {
      status: 'change',
      request: 2,
      limit: 4,
      proposedRequest: 0.65,
      proposedLimit: null,
    },
    memory: {
      status: 'change',
      request: 4 * GIB,
      limit: 4 * GIB,
      proposedRequest: 1.5 * GIB,
      proposedLimit: 1.5 * GIB,
    },
    appetite: 'standard',
    confidence: 0.87,
    listSaving: '48200000',
    realisableSaving: '0',
    throttledMinutes: { current: 0, proposed: 12 },
    oomKills: { current: 0, proposed: 0 },
    reasons: [
      {
        code: 'weekly-peak',
        resource: 'cpu',
        message: 'A peak on Mondays is covered.',
      },
      {
        code: 'limit-removed',
        resource: 'cpu',
        message: 'Without a CPU limit nothing is throttled for no reason.',
      },
    ],
    steeredBy: ['HorizontalPodAutoscaler/akidb-rest'],
    ...extra,
  };
}

/** A container whose advice is held back. */
export function heldRow(): AdviceRow {
  return adviceRow({
    id: 'eu-central~search~StatefulSet~indexer~indexer',
    cluster: 'eu-central',
    workload: { namespace: 'search', kind: 'StatefulSet', name: 'indexer' },
    container: 'indexer',
    status: 'withheld',
    cpu: { status: 'keep', request: 1 },
    memory: {
      status: 'withheld',
      request: 8 * GIB,
      limit: 8 * GIB,
      heldRequest: 5 * GIB,
    },
    confidence: 0.41,
    listSaving: undefined,
    realisableSaving: undefined,
    heldSaving: '21500000',
    throttledMinutes: undefined,
    oomKills: undefined,
    reasons: [
      {
        code: 'fixed-heap',
        resource: 'memory',
        message: 'Its heap is set to 6 GiB by JAVA_TOOL_OPTIONS.',
      },
    ],
    steeredBy: [],
  });
}

/** A container that is right as it is. */
export function keepRow(): AdviceRow {
  return adviceRow({
    id: 'us-west~web~Deployment~web-frontend~web',
    workload: { namespace: 'web', kind: 'Deployment', name: 'web-frontend' },
    container: 'web',
    entityRef: undefined,
    status: 'keep',
    cpu: { status: 'keep', request: 0.25 },
    memory: { status: 'keep', request: 256 * MIB, limit: 256 * MIB },
    confidence: 0.93,
    listSaving: undefined,
    realisableSaving: undefined,
    throttledMinutes: { current: 0, proposed: 0 },
    oomKills: { current: 0, proposed: 0 },
    reasons: [{ code: 'already-right', message: 'It asks for what it needs.' }],
    steeredBy: [],
  });
}

/** Three containers: one to change, one held back, one right. */
export function adviceReport(extra: Partial<AdviceReport> = {}): AdviceReport {
  return {
    status: 'ok',
    window,
    timezone: 'UTC',
    currency: 'USD',
    computedAt: '2026-10-05T01:10:00.000Z',
    simulated: false,
    restricted: false,
    totals: {
      listSaving: '48200000',
      realisableSaving: '24000000',
      includingHeld: '69700000',
      decidedAgainst: '3000000',
      containers: { change: 1, keep: 1, withheld: 1 },
    },
    rows: [adviceRow(), heldRow(), keepRow()],
    totalRows: 3,
    pools: [
      {
        cluster: 'us-west',
        nodePool: 'general',
        nodes: 6,
        nodesNeeded: 6,
        nodesAfter: 5,
        boundBy: 'memory',
        nodeHourlyPrice: '0.032877',
        releasedMicros: '24000210',
      },
    ],
    problems: [],
    ...extra,
  };
}

const cpu: ResourceAdvice = {
  status: 'change',
  current: { request: 2, limit: 4 },
  proposed: { request: 0.65, limit: null },
  rule: { kind: 'daily-quantile', days: 14, quantile: 0.98, margin: 1.05 },
  reasons: adviceRow().reasons,
  usage: { p50: 0.21, p95: 0.48, p99: 0.6, peak: 1.1 },
};

const memory: ResourceAdvice = {
  status: 'change',
  current: { request: 4 * GIB, limit: 4 * GIB },
  proposed: { request: 1.5 * GIB, limit: 1.5 * GIB },
  rule: { kind: 'peak', margin: 1.1, peak: 1.36 * GIB },
  reasons: [],
  usage: { p50: 1.1 * GIB, p95: 1.2 * GIB, p99: 1.3 * GIB, peak: 1.36 * GIB },
};

const HOURS = 28 * 24;

/** A day's curve with a peak on Mondays, and half a day of which nothing is known. */
function history(base: number, swing: number): Array<number | null> {
  return Array.from({ length: HOURS }, (_, hour) => {
    if (hour >= 300 && hour < 312) {
      return null;
    }
    const monday = Math.floor(hour / 24) % 7 === 0 ? 1.6 : 1;
    return (
      base +
      swing *
        monday *
        (1 + Math.sin(((hour % 24) / 24) * 2 * Math.PI - Math.PI / 2)) *
        (0.9 + 0.2 * Math.abs(Math.sin(hour * 12.9898)))
    );
  });
}

function distribution(values: Array<number | null>) {
  const known = values.flatMap(value => (value === null ? [] : [value]));
  const edge = Math.max(...known);
  const count = 40;
  return Array.from({ length: count }, (_, index) => {
    const from = (edge / count) * index;
    const upTo = (edge / count) * (index + 1);
    const inside = known.filter(
      value => value > from && (value <= upTo || index === count - 1),
    );
    return { from, upTo, share: inside.length / known.length };
  }).filter(({ share }) => share > 0);
}

/** One container with everything that can be said about it. */
export function adviceDetail(extra: Partial<AdviceDetail> = {}): AdviceDetail {
  const cpuCores = history(0.1, 0.2);
  const memoryBytes = history(1.05 * GIB, 0.06 * GIB);
  return {
    row: adviceRow(),
    currency: 'USD',
    timezone: 'UTC',
    simulated: false,
    computedAt: '2026-10-05T01:10:00.000Z',
    advice: {
      status: 'change',
      cpu,
      memory,
      hpa: [
        {
          kind: 'HorizontalPodAutoscaler',
          name: 'akidb-rest',
          resource: 'cpu',
          currentTarget: 20,
          proposedTarget: 62,
        },
      ],
      vpa: {
        container: 'app',
        name: 'akidb-rest',
        updateMode: 'Off',
        target: { cpuCores: 0.587, memoryBytes: 1.42 * GIB },
        lowerBound: { cpuCores: 0.3, memoryBytes: 1.1 * GIB },
      },
      backtest: {
        days: 28,
        start: '2026-09-07T00:00:00.000Z',
        end: '2026-10-05T00:00:00.000Z',
        current: {
          throttledMinutes: 0,
          throttledShare: 0,
          oomKills: 0,
          costMicros: '66000000',
        },
        proposed: {
          throttledMinutes: 12,
          throttledShare: 0.0003,
          oomKills: 0,
          costMicros: '21600000',
        },
        dayAhead: { days: 20, overShare: 0.012, slackShare: 0.44 },
      },
      money: {
        currency: 'USD',
        listMicros: '48200000',
        realisableMicros: '0',
      },
      confidence: 0.87,
      evidence: {
        cluster: 'us-west',
        workload: adviceRow().workload,
        container: 'app',
        window: {
          start: '2026-09-07T00:00:00.000Z',
          end: '2026-10-05T00:00:00.000Z',
        },
        usedFrom: '2026-09-07T00:00:00.000Z',
        days: 28,
        coverage: 0.98,
        samples: 23_900,
        pods: 3,
        appetite: { value: 'standard', origin: 'lifecycle' },
        policy: {
          lookBackDays: 28,
          minimumDays: 14,
          minimumCoverage: 0.9,
          cpuLimit: 'none',
          memoryLimitRatio: 1,
          floors: { cpuCores: 0.01, memoryBytes: 32 * MIB },
          noise: { ratio: 0.05, microsPerMonth: '1000000' },
        },
        prices: {
          currency: 'USD',
          cpuCoreHour: 31_611,
          memoryGibHour: 4_237,
        },
        spec: {
          cpuRequestCores: 2,
          cpuLimitCores: 4,
          memoryRequestBytes: 4 * GIB,
          memoryLimitBytes: 4 * GIB,
        },
        steering: [
          {
            kind: 'HorizontalPodAutoscaler',
            name: 'akidb-rest',
            target: {
              namespace: 'ml',
              kind: 'Deployment',
              name: 'akidb-rest',
            },
            minReplicas: 2,
            maxReplicas: 8,
            metrics: [{ resource: 'cpu', targetUtilization: 20 }],
            otherMetrics: 0,
          },
        ],
        oomKills: 0,
        throttledShare: 0.001,
        startup: { cpuCores: 0.62, memoryBytes: 0.8 * GIB },
      },
    },
    explanation: {
      cpu: {
        message: 'Set the request to 650m instead of 2 cores.',
        wording: {
          key: 'adviceExplanation.request',
          params: {
            request: '650m',
            now: { key: 'adviceAmounts.cores', params: { count: 2 } },
          },
        },
      },
      // As an earlier version said it.
      memory: {
        message:
          'In 28 days the largest pod held 1.36 GiB; 1.5 GiB is that and 10 % more.',
      },
    },
    history: {
      start: '2026-09-07T00:00:00.000Z',
      stepSeconds: 3600,
      cpuCores,
      memoryBytes,
    },
    distribution: {
      cpu: distribution(cpuCores),
      memory: distribution(memoryBytes),
    },
    appetiteOrigin: 'lifecycle',
    patches: {
      strategicMerge: `spec:
  template:
    spec:
      containers:
        - name: app
          resources:
            requests:
              cpu: 650m
              memory: 1536Mi
            limits:
              cpu: null
              memory: 1536Mi
`,
      kustomize: `patches:
  - target:
      kind: Deployment
      name: akidb-rest
`,
      helmValues: `resources:
  requests:
    cpu: 650m
`,
    },
    ...extra,
  };
}
