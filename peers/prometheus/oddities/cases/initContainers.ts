import assert from 'node:assert/strict';
import { cgroup, KSM, node, phases, pod, said, usage } from '../cluster';
import { chargeOf, containersOf, problemsOf, Seen } from '../observe';
import { FROM, GIB, Series, TO } from '../series';
import { assertClose } from './right';
import { Cases } from './types';

const web = { namespace: 'shop', pod: 'web-1' };
/** h1 is from 3600 to 7200. */
const H1 = 3600;
const FORTY_PAST = H1 + 2400;

interface InitOptions {
  name: string;
  requests: Record<string, number>;
  from?: number;
  to?: number;
  /** Ready while it runs, as a native sidecar is; a plain one only when it has ended. */
  isSidecar?: boolean;
}

/** What kube-state-metrics says of an init container that runs from one time to another. */
function init(options: InitOptions): Series[] {
  const { name: container, requests, isSidecar = false } = options;
  const { from = -Infinity, to = Infinity } = options;
  const status = (metric: string, isTrue: (at: number) => boolean) =>
    said(KSM, metric, { ...web, container }, at => (isTrue(at) ? 1 : 0));
  const runs = (at: number) => at > from && at <= to;
  return [
    ...Object.entries(requests).map(([resource, value]) =>
      said(
        KSM,
        'kube_pod_init_container_resource_requests',
        { ...web, container, node: 'node-1', resource },
        value,
      ),
    ),
    status('kube_pod_init_container_status_running', runs),
    status('kube_pod_init_container_status_ready', at =>
      isSidecar ? runs(at) : at > to,
    ),
  ];
}

/** `web-1`, whose main container starts at a time. */
function waiting(start: number, requests: Record<string, number>): Series[] {
  return [
    ...pod({ requests }).filter(
      ({ metric }) =>
        metric !== 'kube_pod_status_phase' &&
        metric !== 'kube_pod_container_status_running',
    ),
    ...phases(KSM, web, 'Pending', FROM - 1, start),
    ...phases(KSM, web, 'Running', start, TO),
    said(
      KSM,
      'kube_pod_container_status_running',
      { ...web, container: 'web' },
      at => (at > start ? 1 : 0),
    ),
  ];
}

const api = (cpu: number) =>
  pod({
    name: 'api-1',
    container: 'api',
    owner: { kind: 'StatefulSet', name: 'api' },
    requests: { cpu },
  });

const usageOfInit = (cores: number, gib: number) =>
  usage({
    container: 'migrate',
    id: cgroup('d'.repeat(64)),
    name: 'd'.repeat(64),
    cores,
    gib,
    from: H1,
    to: FORTY_PAST,
  });

/** Each of two pods holds half of the node. */
function assertHalfEach(seen: Seen): void {
  const [ofWeb, ofApi] = ['web', 'api'].map(name => chargeOf(seen, 1, name));
  assertClose(ofWeb.coreHours, 4, 'core-hours of web');
  assertClose(ofApi.coreHours, 4, 'core-hours of api');
  assertClose(ofWeb.dollars - ofWeb.memoryDollars, 0.125, 'CPU of web');
  assertClose(
    ofWeb.dollars - ofWeb.memoryDollars,
    ofApi.dollars - ofApi.memoryDollars,
    'CPU of both',
  );
  assert.deepEqual(
    seen.observations.problems.filter(({ code }) => code === 'overcommitted'),
    [],
  );
}

const migrate = (requests: Record<string, number>) =>
  init({ name: 'migrate', requests, from: H1, to: FORTY_PAST });

export const initContainers: Cases = {
  'a native sidecar requests 2 cores and 4 GiB': {
    series: [
      ...node(),
      ...pod(),
      ...usage(),
      ...init({
        name: 'proxy',
        requests: { cpu: 2, memory: 4 * GIB },
        isSidecar: true,
      }),
    ],
    check: seen => {
      const { coreHours, gibHours } = chargeOf(seen, 1, 'web');
      assertClose(coreHours, 3, 'core-hours');
      assertClose(gibHours, 8, 'GiB-hours');
      const proxy = containersOf(seen, 1).find(
        ({ container }) => container === 'proxy',
      );
      assertClose(proxy?.cpuRequestCoreSeconds ?? 0, 7200, 'its request');
    },
  },
  'an init container of 4 cores runs for 40 minutes before a main one of 4': {
    series: [
      ...node(),
      ...waiting(FORTY_PAST, { cpu: 4 }),
      ...migrate({ cpu: 4 }),
      ...api(4),
    ],
    check: seen => {
      assertHalfEach(seen);
      assert.ok(!problemsOf(seen, 1).includes('no-init-ready'));
    },
  },
  'the same while it uses most of what it requests': {
    series: [
      ...node(),
      ...waiting(FORTY_PAST, { cpu: 4, memory: 8 * GIB }),
      ...migrate({ cpu: 4, memory: 8 * GIB }),
      ...usageOfInit(3.5, 6),
      ...api(4),
    ],
    check: seen => {
      assertHalfEach(seen);
      const { usedCoreHours, gibHours } = chargeOf(seen, 1, 'web');
      assertClose(usedCoreHours, (3.5 * 2) / 3, 'used core-hours', 0.02);
      assertClose(gibHours, 8, 'GiB-hours', 0.01);
    },
  },
  'an init container holds what it requests beyond the main one while it runs':
    {
      series: [
        ...node(),
        ...waiting(H1 + 600, { cpu: 1 }),
        ...init({
          name: 'migrate',
          requests: { cpu: 3 },
          from: H1,
          to: H1 + 600,
        }),
      ],
      check: seen => {
        assertClose(chargeOf(seen, 0, 'web').coreHours, 1, 'before');
        assertClose(
          chargeOf(seen, 1, 'web').coreHours,
          3 / 6 + 5 / 6,
          'then',
          0.01,
        );
        assertClose(chargeOf(seen, 2, 'web').coreHours, 1, 'after');
      },
    },
  'an init container bursts beyond what the main one holds': {
    series: [
      ...node(),
      ...waiting(FORTY_PAST, { cpu: 2 }),
      ...migrate({ cpu: 1 }),
      ...usageOfInit(5, 1),
    ],
    check: seen =>
      assertClose(
        chargeOf(seen, 1, 'web').coreHours,
        (5 * 2 + 2) / 3,
        'core-hours',
        0.02,
      ),
  },
  'a native sidecar runs while a plain init container does': {
    series: [
      ...node(),
      ...waiting(FORTY_PAST, { cpu: 2 }),
      ...init({ name: 'proxy', requests: { cpu: 1 }, isSidecar: true }),
      ...migrate({ cpu: 4 }),
    ],
    check: seen =>
      // max(4 + 1, 2 + 1) for forty minutes, then 2 + 1.
      assertClose(
        chargeOf(seen, 1, 'web').coreHours,
        (5 * 2 + 3) / 3,
        'core-hours',
        0.01,
      ),
  },
  'a native sidecar is not ready while the main container crashes': {
    series: [
      ...node(),
      ...pod().filter(
        ({ metric }) => metric !== 'kube_pod_container_status_running',
      ),
      said(
        KSM,
        'kube_pod_container_status_running',
        { ...web, container: 'web' },
        0,
      ),
      ...init({ name: 'proxy', requests: { cpu: 1 } }),
    ],
    check: seen =>
      assertClose(chargeOf(seen, 1, 'web').coreHours, 2, 'core-hours'),
  },
  'without phases no init container is free': {
    series: [
      ...node(),
      ...waiting(FORTY_PAST, { cpu: 2 }),
      ...init({ name: 'proxy', requests: { cpu: 1 } }),
    ].filter(({ metric }) => metric !== 'kube_pod_status_phase'),
    check: seen => {
      assertClose(chargeOf(seen, 1, 'web').coreHours, 3, 'core-hours');
      assert.ok(problemsOf(seen, 1).includes('no-phases'));
    },
  },
  'it is not known whether an init container is ready': {
    series: [
      ...node(),
      ...waiting(FORTY_PAST, { cpu: 4 }),
      ...migrate({ cpu: 4 }),
      ...api(4),
    ].filter(({ metric }) => metric !== 'kube_pod_init_container_status_ready'),
    check: seen => {
      assertHalfEach(seen);
      assert.ok(problemsOf(seen, 1).includes('no-init-ready'));
      assert.ok(!problemsOf(seen, 0).includes('no-init-ready'));
    },
  },
  'it is not known whether a native sidecar runs': {
    series: [
      ...node(),
      ...pod(),
      ...init({
        name: 'proxy',
        requests: { cpu: 1 },
        isSidecar: true,
      }).filter(
        ({ metric }) => metric !== 'kube_pod_init_container_status_running',
      ),
    ],
    check: seen => {
      assertClose(chargeOf(seen, 1, 'web').coreHours, 1, 'core-hours');
      assert.ok(problemsOf(seen, 1).includes('no-init-status'));
    },
  },
};
