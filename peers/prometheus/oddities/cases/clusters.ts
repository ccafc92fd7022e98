import assert from 'node:assert/strict';
import { Exporter, KSM, node, pod, said, usage } from '../cluster';
import { problemsOf, Seen } from '../observe';
import { Series } from '../series';
import { assertWebIsRight } from './right';
import { Cases } from './types';

/** The same as it is told by another exporter, in a cluster of its own or not. */
const other = (labels: Record<string, string> = {}): Exporter => ({
  ...KSM,
  phase: 19,
  labels: { ...KSM.labels, instance: '10.9.0.7:8080', ...labels },
});

/** Labels of `kube_node_info` beside its name. */
const info = (all: Series[], labels: Record<string, string>) =>
  all.map(one =>
    one.metric === 'kube_node_info'
      ? { ...one, labels: { ...one.labels, ...labels } }
      : one,
  );

const inAll = (code: string) => [[code], [code], [code]];

const mixed = (series: Series[], message: RegExp) => ({
  series,
  check: (seen: Seen) => {
    inAll('several-clusters').forEach((codes, hour) =>
      assert.deepEqual(problemsOf(seen, hour), codes),
    );
    for (const problem of seen.observations.problems) {
      assert.equal(problem.severity, 'error');
      assert.match(problem.message, message);
      assert.match(problem.message, /prometheus: matchers: \{ /);
    }
  },
});

const quiet = (series: Series[]) => ({
  series,
  check: (seen: Seen) => {
    assertWebIsRight(seen);
    assert.ok(!problemsOf(seen).includes('several-clusters'));
  },
});

const moving = (from: number, at: string, to: number, uid: string) =>
  pod({
    name: 'db-0',
    node: at,
    container: 'db',
    owner: { kind: 'StatefulSet', name: 'db' },
    from,
    to,
  }).map(one => ({
    ...one,
    labels: { ...one.labels, uid },
  }));

export const severalClusters: Cases = {
  'a pod runs on two nodes at once': mixed(
    [
      ...node(),
      ...node({ exporter: other(), name: 'node-2' }),
      ...pod(),
      ...pod({ exporter: other(), node: 'node-2' }),
      ...usage(),
    ],
    /pod shop\/web-1 runs on node-1 and node-2\./,
  ),
  'a node is two machines by its firmware': mixed(
    [
      ...info(node(), { system_uuid: 'a' }),
      ...info(node({ exporter: other() }), { system_uuid: 'b' }),
      ...pod(),
      ...pod({ exporter: other() }),
      ...usage(),
    ],
    /node node-1 is two machines\./,
  ),
  'a node is two machines by its provider': mixed(
    [
      ...info(node(), { provider_id: 'kind://docker/a/node-1' }),
      ...info(node({ exporter: other() }), {
        provider_id: 'kind://docker/b/node-1',
      }),
      ...pod(),
      ...usage(),
    ],
    /node node-1 is two machines\./,
  ),
  'a label names two clusters': mixed(
    [
      ...[
        ...node({ exporter: other({ k8s_cluster_name: 'east' }) }),
        ...node({
          exporter: other({ k8s_cluster_name: 'west' }),
          name: 'node-2',
        }),
      ],
      ...pod(),
      ...usage(),
    ],
    /k8s_cluster_name is east and west\..*\{ k8s_cluster_name: '/,
  ),
  'a node is two machines for five minutes': {
    series: [
      ...info(node({ to: 5700 }), { system_uuid: 'a', provider_id: 'p' }),
      ...info(node({ from: 5400, exporter: other() }), {
        system_uuid: 'b',
        provider_id: 'q',
      }),
      ...pod(),
      ...usage(),
    ],
    check: (seen: Seen) => {
      assert.ok(!problemsOf(seen).includes('several-clusters'));
      const remarks = seen.observations.problems.filter(
        ({ code }) => code === 'told-twice',
      );
      assert.deepEqual(
        remarks.map(({ severity, hour }) => [severity, hour?.slice(11, 13)]),
        [['info', '11']],
      );
      assert.match(remarks[0].message, /node node-1 is two machines \(\d min/);
    },
  },
  'a StatefulSet pod moves three times an hour': quiet([
    ...node(),
    ...node({ name: 'node-2' }),
    ...pod(),
    ...usage(),
    ...moving(-3600, 'node-1', 4500, 'a'),
    ...moving(4480, 'node-2', 5400, 'b'),
    ...moving(5380, 'node-1', 6600, 'c'),
    ...moving(6580, 'node-2', 12_000, 'd'),
  ]),
  'two replicas of kube-state-metrics and two Prometheus': quiet([
    ...[KSM, other({ prometheus: 'ops/b', prometheus_replica: 'b-0' })].flatMap(
      exporter => [
        ...info(node({ exporter }), { system_uuid: 'a', provider_id: 'p' }),
        ...pod({ exporter }),
      ],
    ),
    ...usage(),
  ]),
  'an exporter that says less of the machine': quiet([
    ...info(node(), { system_uuid: 'a', provider_id: 'p' }),
    said(other(), 'kube_node_info', { node: 'node-1' }),
    ...pod(),
    ...usage(),
  ]),
  'a machine is replaced by one of its name': quiet([
    ...info(node({ to: 5430 }), { system_uuid: 'a', provider_id: 'p' }),
    ...info(node({ from: 5400 }), { system_uuid: 'b', provider_id: 'q' }),
    ...pod(),
    ...usage(),
  ]),
  'a cluster gets another name': quiet([
    ...node({ exporter: { ...other({ cluster_name: 'a' }), to: 5400 } }),
    ...node({ exporter: { ...other({ cluster_name: 'b' }), from: 5400 } }),
    ...pod(),
    ...usage(),
  ]),
};
