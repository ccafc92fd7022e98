import { GIB } from '../oddities/series';

/** Hours of the day that is generated. */
export const HOURS_OF_DAY = 24;
const HOUR = 3600;
/** Objects come and go with a scrape, so that how long they were there is no matter of rounding. */
export const PHASE = 7;

export interface RealContainer {
  name: string;
  /** `sidecar`: a native one, which kube-state-metrics lists among init containers. */
  role?: 'sidecar';
  requests: { cpu?: number; memory?: number };
  memoryLimit?: number;
  /** Cores at a second of the day. */
  cores: (second: number) => number;
  /** Bytes held at a second of the day. */
  bytes: (second: number) => number;
}

export interface RealPod {
  service: string;
  name: string;
  node: string;
  owner: { kind: string; name: string };
  /** As kube-state-metrics 2 writes them. */
  labels: Record<string, string>;
  /** Seconds of the day. */
  from: number;
  to: number;
  /** Listed as failed from `to` until then. */
  listedUntil?: number;
  /** Ended by the kernel for lack of memory. */
  killed?: boolean;
  /** Seconds between two ends of its container, after each of which the old run is listed for a while. */
  crashesEvery?: { seconds: number; from: number; to: number };
  containers: RealContainer[];
}

const day = { from: -HOUR, to: 25 * HOUR };
const at = (hour: number, minute: number) => hour * HOUR + minute * 60 + PHASE;

/** Between two values, once in so many seconds. */
const swing = (low: number, high: number, period: number) => (second: number) =>
  low + ((high - low) * (1 + Math.sin((2 * Math.PI * second) / period))) / 2;

const steady = (value: number) => () => value;

/** High for the first minutes of each hour. */
const burst =
  (low: number, high: number, minutes: number) => (second: number) =>
    ((second % HOUR) + HOUR) % HOUR < minutes * 60 ? high : low;

/** The label Backstage's selector `appName=…` means, as kube-state-metrics 2 writes it. */
const named = (service: string) => ({ label_app_name: service });

export const PODS: RealPod[] = [
  ...['a', 'b'].map(
    (suffix, index): RealPod => ({
      service: 'web',
      name: `web-6d4b-${suffix}`,
      node: `node-${index + 1}`,
      owner: { kind: 'StatefulSet', name: 'web' },
      labels: named('web'),
      ...day,
      containers: [
        {
          name: 'web',
          requests: { cpu: 1, memory: 2 * GIB },
          cores: swing(0.4, 1.8, 2400 + index * 600),
          bytes: swing(1 * GIB, 5 * GIB, 7200),
        },
      ],
    }),
  ),
  {
    service: 'api',
    name: 'api-0',
    node: 'node-1',
    owner: { kind: 'StatefulSet', name: 'api' },
    labels: named('api'),
    ...day,
    containers: [
      {
        name: 'api',
        requests: { cpu: 1, memory: 1 * GIB },
        cores: steady(0.6),
        bytes: steady(0.8 * GIB),
      },
      {
        name: 'proxy',
        role: 'sidecar',
        requests: { cpu: 0.5, memory: 0.5 * GIB },
        cores: steady(0.7),
        bytes: steady(0.3 * GIB),
      },
    ],
  },
  {
    service: 'mailer',
    name: 'mailer-0',
    node: 'node-2',
    owner: { kind: 'StatefulSet', name: 'mailer' },
    labels: named('mailer'),
    ...day,
    containers: [
      {
        name: 'mailer',
        requests: { cpu: 1, memory: 1 * GIB },
        cores: burst(0.1, 3, 10),
        bytes: steady(0.5 * GIB),
      },
    ],
  },
  {
    service: 'parser',
    name: 'parser-0',
    node: 'node-2',
    owner: { kind: 'StatefulSet', name: 'parser' },
    labels: named('parser'),
    ...day,
    crashesEvery: { seconds: 420, from: at(6, 0), to: at(9, 0) },
    containers: [
      {
        name: 'parser',
        requests: { cpu: 0.25, memory: 1 * GIB },
        cores: steady(0.5),
        bytes: steady(4 * GIB),
      },
    ],
  },
  {
    service: 'report',
    name: 'report-28-x7k2w',
    node: 'node-1',
    owner: { kind: 'Job', name: 'report-28' },
    labels: named('report'),
    from: at(2, 10),
    to: at(2, 25),
    listedUntil: at(5, 0),
    killed: true,
    containers: [
      {
        name: 'report',
        requests: { cpu: 1, memory: 4 * GIB },
        memoryLimit: 4 * GIB,
        cores: steady(0.9),
        bytes: steady(1.2 * GIB),
      },
    ],
  },
  // Replaced at half past twelve by one of its name that asks for more.
  ...[
    { cpu: 1, from: day.from, to: at(12, 30) },
    { cpu: 3, from: at(12, 30), to: day.to },
  ].map(
    ({ cpu, from, to }): RealPod => ({
      service: 'db',
      name: 'db-0',
      node: 'node-1',
      owner: { kind: 'StatefulSet', name: 'db' },
      labels: named('db'),
      from,
      to,
      containers: [
        {
          name: 'db',
          requests: { cpu, memory: cpu * 2 * GIB },
          cores: steady(0.3),
          bytes: steady(GIB),
        },
      ],
    }),
  ),
  ...[1, 2].map(
    (index): RealPod => ({
      service: '',
      name: `agent-${index}`,
      node: `node-${index}`,
      owner: { kind: 'DaemonSet', name: 'agent' },
      labels: { label_name: 'agent' },
      ...day,
      containers: [
        {
          name: 'agent',
          requests: { cpu: 0.1, memory: 0.2 * GIB },
          cores: swing(0.02, 0.3, 14_400),
          bytes: steady(0.25 * GIB),
        },
      ],
    }),
  ),
];
