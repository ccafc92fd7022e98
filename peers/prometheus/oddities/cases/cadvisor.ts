import assert from 'node:assert/strict';
import {
  CADVISOR,
  Exporter,
  node,
  NodeOptions,
  pod,
  PodOptions,
  usage,
  UsageOptions,
} from '../cluster';
import { chargeOf, Seen } from '../observe';
import { withOwnLabels } from '../ownLabels';
import { GIB, Series } from '../series';
import { assertClose, assertComplete, assertWebIsRight } from './right';
import { Cases } from './types';

const MINUTE = 60;
/** Start of the hour that things happen in. */
const H1 = 3600;

/** `/metrics/resource` of the kubelet: the same containers without their cgroups. */
const RESOURCE: Exporter = {
  every: 30,
  phase: 21,
  labels: { ...CADVISOR.labels, metrics_path: '/metrics/resource' },
};

/** cAdvisor of node-1, silent from one time to another. */
function silent(from: number, to: number, options: UsageOptions = {}) {
  const before = usage({
    ...options,
    exporter: { ...CADVISOR, ...options.exporter, to: from },
  });
  const after = usage({
    ...options,
    exporter: { ...CADVISOR, ...options.exporter, from: to },
  });
  return [...before, ...after];
}

/** Another node with a pod of its own. */
function second(options: {
  ofNode?: NodeOptions;
  ofPod?: PodOptions;
  ofUsage?: UsageOptions | null;
}): Series[] {
  return [
    ...node({ name: 'node-2', ...options.ofNode }),
    ...pod({
      name: 'api-1',
      node: 'node-2',
      container: 'api',
      owner: { kind: 'StatefulSet', name: 'api' },
      ...options.ofPod,
    }),
    ...(options.ofUsage === null
      ? []
      : usage({
          pod: 'api-1',
          container: 'api',
          id: '/kubepods/burstable/podapi/api',
          name: 'api',
          ...options.ofUsage,
        })),
  ];
}

const API = {
  pod: 'api-1',
  container: 'api',
  id: '/kubepods/burstable/podapi/api',
  name: 'api',
};

/** What is said of nodes whose cAdvisor was silent, hour by hour. */
const saidOfNodes = ({ observations }: Seen) =>
  observations.problems
    .filter(({ code }) => code === 'no-usage-of-node')
    .map(({ hour, message }) => [hour?.slice(11, 16), message] as const);

const right = (series: Series[]) => ({
  series,
  check: (seen: Seen) => {
    assertWebIsRight(seen);
    assertComplete(seen);
  },
});

/** A Job that runs ten minutes and is listed by cAdvisor for four more. */
function ghostOf(running: boolean): Series[] {
  const [from, to] = [H1 + 5 * MINUTE, H1 + 15 * MINUTE];
  const ofPod = pod({
    name: 'report-1',
    container: 'report',
    owner: { kind: 'Job', name: 'report' },
    requests: { cpu: 0.1, memory: GIB },
    from,
    to,
  });
  const ofUsage = usage({
    pod: 'report-1',
    container: 'report',
    id: '/kubepods/podr/r',
    name: 'r',
    from,
    to,
  }).map(({ samples, ...rest }) => {
    const [at, value] = samples[samples.length - 1];
    return {
      ...rest,
      samples: [
        ...samples,
        ...Array.from({ length: 8 }, (_, index): [number, number] => [
          at + (index + 1) * 30,
          value,
        ]),
      ],
    };
  });
  return [
    ...ofPod.filter(
      ({ metric }) => running || metric !== 'kube_pod_container_status_running',
    ),
    ...ofUsage,
  ];
}

const ghost = (running: boolean) => ({
  series: [...node(), ...pod(), ...usage(), ...ghostOf(running)],
  check: (seen: Seen) => {
    assertWebIsRight(seen);
    assertClose(chargeOf(seen, 1, 'report').gibHours, 4 / 6, 'memory', 0.06);
    assertClose(
      chargeOf(seen, 1, 'report').usedCoreHours,
      0.5 / 6,
      'CPU',
      0.06,
    );
  },
});

export const cadvisorSilent: Cases = {
  "one node's cAdvisor is silent for fifty minutes": {
    series: [
      ...node(),
      ...pod(),
      ...usage(),
      ...second({ ofUsage: null }),
      ...silent(H1 + 5 * MINUTE, H1 + 55 * MINUTE, API),
    ],
    check: seen => {
      assertWebIsRight(seen);
      const said = saidOfNodes(seen);
      assert.deepEqual(
        said.map(([hour]) => hour),
        ['11:00'],
      );
      assert.match(
        said[0][1],
        /node-2 \(10 of 60 minutes\).*metrics\/cadvisor.*target/,
      );
    },
  },
  "one node's cAdvisor is silent, and nobody says what runs": {
    series: [
      ...node(),
      ...pod(),
      ...usage(),
      ...second({ ofUsage: null }),
      ...silent(H1 + 5 * MINUTE, H1 + 55 * MINUTE, API),
    ].filter(({ metric }) => metric !== 'kube_pod_container_status_running'),
    check: seen =>
      assert.match(saidOfNodes(seen)[0]?.[1] ?? '', /node-2 \(10 of 60/),
  },
  'a node that nothing ran on but a pod that waits for its image': right([
    ...node(),
    ...pod(),
    ...usage(),
    ...second({
      ofPod: { from: H1 + 10 * MINUTE },
      ofUsage: null,
    }).filter(({ metric }) => metric !== 'kube_pod_container_status_running'),
    ...usage({ ...API, from: H1 + 40 * MINUTE }),
  ]),
  'a node that is there for a quarter of an hour': right([
    ...node(),
    ...pod(),
    ...usage(),
    ...second({
      ofNode: { from: H1 + 20 * MINUTE, to: H1 + 35 * MINUTE },
      ofPod: { from: H1 + 20 * MINUTE, to: H1 + 40 * MINUTE },
      ofUsage: { from: H1 + 22 * MINUTE, to: H1 + 35 * MINUTE },
    }),
  ]),
  'cAdvisor dies at half past while /metrics/resource goes on': right([
    ...node(),
    ...pod(),
    ...usage({ exporter: { ...CADVISOR, to: H1 + 30 * MINUTE } }),
    ...usage({ exporter: RESOURCE, id: '', name: '' }),
  ]),
  'cAdvisor is silent in the midst of slots while /metrics/resource goes on':
    right([
      ...node(),
      ...pod(),
      ...silent(H1 + 12 * MINUTE, H1 + 33 * MINUTE),
      ...usage({ exporter: RESOURCE, id: '', name: '' }),
    ]),
};

export const cadvisorNames: Cases = {
  "honor_labels is off, and the kubelet's target has a namespace": right([
    ...node(),
    ...pod(),
    ...withOwnLabels({ namespace: 'kube-system' }, usage()),
  ]),
  'honor_labels is off, and the target has all three': right([
    ...node(),
    ...pod(),
    ...withOwnLabels(
      { namespace: 'monitoring', pod: 'agent-1', container: 'agent' },
      [
        ...usage(),
        // The pod's own cgroup, and the root of all, are of no container.
        ...usage({ id: '/kubepods/burstable/podx', name: '', gib: 6 }).map(
          ({ labels: { container: _, ...labels }, ...rest }) => ({
            ...rest,
            labels,
          }),
        ),
        ...usage({ id: '/', name: '', gib: 20 }).map(
          ({
            labels: { container: _, pod: _pod, namespace: _ns, ...labels },
            ...rest
          }) => ({ ...rest, labels }),
        ),
      ],
    ),
  ]),
};

export const ghosts: Cases = {
  'a Job that cAdvisor lists for four minutes after its end': ghost(true),
  'the same where nobody says what runs': ghost(false),
};
