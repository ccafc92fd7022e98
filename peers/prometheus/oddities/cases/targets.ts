import assert from 'node:assert/strict';
import { CADVISOR, Exporter, KSM, node, pod, said, usage } from '../cluster';
import { chargeOf, problemsOf, Seen } from '../observe';
import { Series } from '../series';
import { assertClose, assertComplete, assertWebIsRight } from './right';
import { Cases } from './types';

/** h1 is from 3600 to 7200. */
const MINUTE = 60;
const H1 = 3600;

const other = (change: Partial<Exporter> = {}): Exporter => ({
  ...KSM,
  phase: 19,
  labels: { job: 'kube-state-metrics', instance: '10.0.0.8:8080' },
  ...change,
});

const right = (all: Series[]) => ({
  series: all,
  check: (seen: Seen) => {
    assertWebIsRight(seen);
    assertComplete(seen);
  },
});

/** Node-hours of nodes by name in an hour. */
function upOf({ observations }: Seen, hour: number): Record<string, number> {
  const at = observations.nodes.map(each => each.hour).sort()[0];
  const wanted = new Date(Date.parse(at) + hour * 3_600_000).toISOString();
  return Object.fromEntries(
    observations.nodes
      .filter(each => each.hour === wanted)
      .map(each => [each.node, each.upSeconds]),
  );
}

/** Nodes whose stay is known, while nothing is missing. */
const replacedNodes = (
  all: Series[],
  expected: Array<Record<string, number>>,
) => ({
  series: all,
  check: (seen: Seen) => {
    assert.deepEqual(seen.observations.missingHours, []);
    expected.forEach((nodes, hour) => {
      const up = upOf(seen, hour);
      assert.deepEqual(Object.keys(up).sort(), Object.keys(nodes).sort());
      for (const [name, seconds] of Object.entries(nodes)) {
        // An instant of the grid more or less.
        assertClose(up[name], seconds, `seconds of ${name}`, 30 / seconds);
      }
    });
    assertComplete(seen, ['no-usage-of-node', 'node-unmeasured']);
  },
});

/** The same series as Prometheus stores them with honor_labels off. */
const withLabelsOfTarget = (all: Series[]): Series[] =>
  all.map(({ labels: { namespace, pod: name, ...labels }, ...rest }) => ({
    ...rest,
    labels: {
      ...labels,
      namespace: 'monitoring',
      pod: 'kube-state-metrics-1',
      exported_namespace: namespace,
      exported_pod: name,
    },
  }));

/** The same series as an exporter with a label `node` of its own gets them. */
const withNodeOfTarget = (all: Series[], own: string): Series[] =>
  all.map(({ labels: { node: ofObject, ...labels }, ...rest }) => ({
    ...rest,
    labels: {
      ...labels,
      node: own,
      ...(ofObject !== undefined && { exported_node: ofObject }),
    },
  }));

const both = (exporter: Exporter) => [
  ...node({ exporter }),
  ...pod({ exporter }),
];

const nodeTo = H1 + 40 * MINUTE;
const nodeFrom = H1 + 20 * MINUTE;
const half = H1 + 30 * MINUTE;

/** Shards, of which the second tells of `api`. */
const shards = (second: Exporter[], replicas: Exporter[] = [KSM]) => [
  ...replicas.flatMap(both),
  ...second.flatMap(exporter =>
    pod({
      exporter,
      name: 'api-1',
      container: 'api',
      owner: { kind: 'StatefulSet', name: 'api' },
    }),
  ),
  ...usage(),
];

/** Of an exporter that fails one scrape in seven. */
const failing = (exporter: Exporter, all: Series[]): Series[] => {
  const { every, phase = 0 } = exporter;
  const fails = (at: number) => Math.round((at - phase) / every) % 7 === 0;
  return [
    ...all.map(one => ({
      ...one,
      samples: one.samples.filter(([at]) => !fails(at)),
    })),
    said(exporter, 'up', {}, at => (fails(at) ? 0 : 1)),
  ];
};

function assertPartial(seen: Seen, hour: number, minutes: number): void {
  assert.deepEqual(seen.observations.missingHours, []);
  assert.deepEqual(
    [0, 1, 2].filter(each => problemsOf(seen, each).includes('partial-hour')),
    [hour],
  );
  const { message } = seen.observations.problems.find(
    ({ code }) => code === 'partial-hour',
  )!;
  assert.match(
    message,
    new RegExp(`kube-state-metrics \\S+ ${minutes} of 60 minutes`),
  );
}

export const targets: Cases = {
  'all nodes are replaced within an hour, with twenty minutes of both':
    replacedNodes(
      [
        ...['old-1', 'old-2'].flatMap(name => node({ name, to: nodeTo })),
        ...['new-1', 'new-2'].flatMap(name => node({ name, from: nodeFrom })),
        ...pod({ node: 'old-1', to: nodeTo }),
        ...pod({ node: 'new-1', name: 'web-2', from: nodeFrom }),
        ...usage({ to: nodeTo }),
        ...usage({ pod: 'web-2', from: nodeFrom }),
      ],
      [
        { 'old-1': 3600, 'old-2': 3600 },
        { 'old-1': 2400, 'old-2': 2400, 'new-1': 2400, 'new-2': 2400 },
        { 'new-1': 3600, 'new-2': 3600 },
      ],
    ),
  'the only node is replaced at half past': replacedNodes(
    [
      ...node({ name: 'old', to: half }),
      ...node({ name: 'new', from: half }),
      ...pod({ node: 'old', to: half }),
      ...pod({ node: 'new', name: 'web-2', from: half }),
      ...usage({ to: half }),
      ...usage({ pod: 'web-2', from: half }),
    ],
    [{ old: 3600 }, { old: 1800, new: 1800 }, { new: 3600 }],
  ),
  'a roll-over to a kube-state-metrics whose nodes are renamed': right([
    ...both({ ...KSM, to: half + 30 }),
    ...withNodeOfTarget(both(other({ from: half - 30 })), 'node-9'),
    ...usage(),
  ]),
  'three replicas of Prometheus, told apart by a label of their own': right([
    ...['a', 'b', 'c'].flatMap((replica, index) =>
      both({
        ...KSM,
        phase: 7 + index,
        labels: { ...KSM.labels, replica },
      }),
    ),
    ...usage(),
  ]),
  ...Object.fromEntries(
    [
      [30, 60],
      [15, 60],
      [60, 15],
      [30, 300],
    ].map(([ofNodes, ofPods]) => [
      `nodes every ${ofNodes} s and pods every ${ofPods} s`,
      right([
        ...node({ exporter: { ...KSM, every: ofNodes } }),
        ...pod({ exporter: other({ every: ofPods }) }),
        ...usage(),
      ]),
    ]),
  ),
  'nodes and pods told of by two at two paces, with labels of pods renamed':
    right([
      ...node({ exporter: { ...KSM, every: 15 } }),
      ...withLabelsOfTarget(pod({ exporter: other({ every: 60 }) })),
      ...usage(),
    ]),
  'pods that live a quarter of an hour, told of by another than nodes': {
    series: [
      ...node(),
      ...Array.from({ length: 17 }, (_, index) =>
        pod({
          exporter: other({ every: 60 }),
          name: `web-${index}`,
          from: -H1 + index * 15 * MINUTE,
          to: -H1 + (index + 1) * 15 * MINUTE,
        }),
      ).flat(),
    ],
    check: seen => {
      assert.deepEqual(seen.observations.missingHours, []);
      assertComplete(seen, ['no-usage']);
      for (const hour of [0, 1, 2]) {
        assertClose(chargeOf(seen, hour, 'web').coreHours, 1, 'core-hours');
      }
    },
  },
  'a shard is silent for half an hour': {
    series: shards([
      other({ to: H1 + 10 * MINUTE }),
      other({ from: H1 + 40 * MINUTE }),
    ]),
    check: seen => {
      assertWebIsRight(seen);
      assertPartial(seen, 1, 30);
      // Nothing else tells of `api`: what was seen of it is charged.
      assertClose(chargeOf(seen, 1, 'api').coreHours, 0.5, 'core-hours', 0.02);
    },
  },
  'a shard is replaced, ten minutes late': {
    series: shards([
      other({ to: H1 + 10 * MINUTE }),
      other({
        from: H1 + 20 * MINUTE,
        labels: { job: 'kube-state-metrics', instance: '10.0.0.9:8080' },
      }),
    ]),
    check: seen => {
      assertWebIsRight(seen);
      assertPartial(seen, 1, 50);
    },
  },
  'a shard rolls over, with a minute of both': {
    series: shards([
      other({ to: half + 30 }),
      other({
        from: half - 30,
        labels: { job: 'kube-state-metrics', instance: '10.0.0.9:8080' },
      }),
    ]),
    check: seen => {
      assertWebIsRight(seen);
      assertComplete(seen);
      assertClose(chargeOf(seen, 1, 'api').coreHours, 1, 'core-hours');
    },
  },
  'a replica is silent for half an hour, while pods come and go': {
    series: [
      ...both(KSM),
      ...both(other({ to: H1 + 10 * MINUTE })),
      ...both(other({ from: H1 + 40 * MINUTE })),
      ...[12, 24, 36].flatMap(minute =>
        pod({
          name: `job-${minute}`,
          owner: { kind: 'Job', name: 'job' },
          requests: { cpu: 1 },
          from: H1 + (minute - 8) * MINUTE,
          to: H1 + minute * MINUTE,
        }),
      ),
      said(KSM, 'kube_job_owner', {
        namespace: 'shop',
        job_name: 'job',
        owner_kind: '<none>',
        owner_name: '<none>',
        owner_is_controller: '<none>',
      }),
      ...usage(),
    ],
    check: assertComplete,
  },
  'a kube-state-metrics a node, of which one leaves with its node': {
    series: [
      ...node(),
      ...node({ name: 'node-2', to: half }),
      ...pod({ exporter: other() }),
      ...pod({
        exporter: other({
          to: half,
          phase: 3,
          labels: { job: 'kube-state-metrics', instance: '10.0.0.9:8080' },
        }),
        name: 'api-1',
        node: 'node-2',
        owner: { kind: 'StatefulSet', name: 'api' },
      }),
      ...usage(),
    ],
    check: seen => {
      assert.deepEqual(seen.observations.missingHours, []);
      assertComplete(seen, ['no-usage-of-node', 'node-unmeasured']);
    },
  },
  'one scrape in seven fails, of kube-state-metrics and of a node’s cAdvisor': {
    series: [
      ...failing(KSM, both(KSM)),
      ...failing(CADVISOR, [
        ...usage(),
        said(CADVISOR, 'machine_cpu_cores', {}, 8),
      ]),
      // Nothing is read of it.
      said({ every: 30, labels: { job: 'app', instance: 'a' } }, 'up', {}, 0),
    ],
    check: seen => {
      const of = (code: string) =>
        seen.observations.problems.filter(each => each.code === code);
      assert.equal(of('scrapes-failed').length, 3);
      for (const { message } of of('scrapes-failed')) {
        assert.match(
          message,
          /: kube-state-metrics at 10\.0\.0\.7:8080 \(1[45] %\), kubelet at 10\.0\.1\.1:10250\/metrics\/cadvisor \(1[45] %\)\./,
        );
      }
      assert.equal(of('partial-hour').length, 3);
      for (const { message } of of('partial-hour')) {
        assert.match(message, /: kube-state-metrics 10\.0\.0\.7:8080 5\d of/);
      }
    },
  },
  'pods are told of and nodes are not': {
    series: [...pod(), ...usage()],
    check: seen => {
      assert.equal(seen.observations.missingHours.length, 3);
      assert.deepEqual(problemsOf(seen, 1), ['no-nodes']);
    },
  },
};
