import assert from 'node:assert/strict';
import { KSM, node, pod, said, usage } from '../cluster';
import { containersOf, Seen } from '../observe';
import { Cases } from './types';

const workloadsOf = (seen: Seen) =>
  [
    ...new Set(
      containersOf(seen, 1).map(
        each => `${each.workloadKind}/${each.workload}`,
      ),
    ),
  ].sort();

const controller = { kind: 'ReplicationController', name: 'redis-2' };

const owned = (kind: string, name: string) =>
  said(KSM, 'kube_replicationcontroller_owner', {
    namespace: 'shop',
    replicationcontroller: 'redis-2',
    owner_kind: kind,
    owner_name: name,
    owner_is_controller: kind === '<none>' ? '<none>' : 'true',
  });

export const owners: Cases = {
  'a ReplicationController that nobody owns is no rollout': {
    series: [
      ...node(),
      ...pod({ owner: controller }),
      owned('<none>', '<none>'),
      ...usage(),
    ],
    check: seen =>
      assert.deepEqual(workloadsOf(seen), ['ReplicationController/redis-2']),
  },
  'a ReplicationController of a DeploymentConfig is one': {
    series: [
      ...node(),
      ...pod({ owner: controller }),
      owned('DeploymentConfig', 'redis'),
      ...usage(),
    ],
    check: seen =>
      assert.deepEqual(workloadsOf(seen), ['DeploymentConfig/redis']),
  },
  'all revisions of a Service of Knative are one': {
    series: [
      ...node(),
      ...['hello-00001', 'hello-00002'].flatMap(revision => [
        ...pod({
          name: `${revision}-deployment-7d9-x`,
          owner: { kind: 'ReplicaSet', name: `${revision}-deployment-7d9` },
          labels: {
            label_serving_knative_dev_service: 'hello',
            label_serving_knative_dev_revision: revision,
          },
        }),
        said(KSM, 'kube_replicaset_owner', {
          namespace: 'shop',
          replicaset: `${revision}-deployment-7d9`,
          owner_kind: 'Deployment',
          owner_name: `${revision}-deployment`,
          owner_is_controller: 'true',
        }),
      ]),
    ],
    check: seen => assert.deepEqual(workloadsOf(seen), ['Service/hello']),
  },
  'a static pod is one workload on all its nodes': {
    series: ['master-1', 'Master-2'].flatMap(name => [
      ...node({ name }),
      ...pod({
        namespace: 'kube-system',
        name: `etcd-${name.toLowerCase()}`,
        node: name,
        container: 'etcd',
        owner: { kind: 'Node', name },
      }),
      ...usage({
        namespace: 'kube-system',
        pod: `etcd-${name.toLowerCase()}`,
        container: 'etcd',
        id: `/kubepods/burstable/pod${name}/etcd`,
        name: '',
      }),
    ]),
    check: seen => {
      assert.deepEqual(workloadsOf(seen), ['Pod/etcd']);
      assert.equal(containersOf(seen, 1).length, 2);
    },
  },
};
