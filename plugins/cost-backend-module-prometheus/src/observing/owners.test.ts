import { part } from '../__testUtils__/fakeAnswers';
import { Owners } from './owners';
import { PodRecord } from './pods';

const pod = (
  kind: string,
  name: string,
  podName = 'redis-2-abc',
): PodRecord => ({
  namespace: 'shop',
  pod: podName,
  places: new Map(),
  createdBy: { kind, name },
  labels: [],
});

const owner = (
  of: string,
  object: Record<string, string>,
  kind: string,
  name: string,
) =>
  part(of, {
    namespace: 'shop',
    ...object,
    owner_kind: kind,
    owner_name: name,
    owner_is_controller: kind === '<none>' ? '<none>' : 'true',
  });

const ofController = (kind: string, name: string) =>
  owner(
    'replicationcontroller',
    { replicationcontroller: 'redis-2' },
    kind,
    name,
  );

describe('who a ReplicationController is of', () => {
  const redis = pod('ReplicationController', 'redis-2');
  const bare = { kind: 'ReplicationController', name: 'redis-2' };
  const config = { kind: 'DeploymentConfig', name: 'redis' };

  it('is nobody, whatever its name looks like', () => {
    const nobody = [ofController('<none>', '<none>')];
    expect(Owners.read(nobody).workloadOf(redis, {})).toEqual(bare);
    expect(Owners.read([]).workloadOf(redis, { app: 'redis' })).toEqual(bare);
  });

  it('is the DeploymentConfig that owns it', () => {
    const owned = [ofController('DeploymentConfig', 'redis')];
    expect(Owners.read(owned).workloadOf(redis, {})).toEqual(config);
  });

  it('is the one OpenShift names in a label of its pods', () => {
    const labels = { deploymentconfig: 'redis', deployment: 'redis-2' };
    expect(Owners.read([]).workloadOf(redis, labels)).toEqual(config);
  });

  it.each(['cache', 'redi', 'redis-2', ''])(
    'is not the one of a label %j that did not make it',
    deploymentconfig => {
      const owners = Owners.read([]);
      expect(owners.workloadOf(redis, { deploymentconfig })).toEqual(bare);
    },
  );
});

describe('who a ReplicaSet is of', () => {
  const web = pod('ReplicaSet', 'web-5d8f', 'web-5d8f-abc');
  const labels = { pod_template_hash: '5d8f' };
  const ofReplicaSet = (kind: string, name: string) =>
    owner('replicaset', { replicaset: 'web-5d8f' }, kind, name);
  const none = ofReplicaSet('<none>', '<none>');

  it('is a Deployment by its name only where nobody says who owns it', () => {
    const deployment = { kind: 'Deployment', name: 'web' };
    const itself = { kind: 'ReplicaSet', name: 'web-5d8f' };
    expect(Owners.read([]).workloadOf(web, labels)).toEqual(deployment);
    expect(Owners.read([none]).workloadOf(web, labels)).toEqual(itself);
    const adopted = [none, ofReplicaSet('Deployment', 'web')];
    expect(Owners.read(adopted).workloadOf(web, labels)).toEqual(deployment);
  });
});

describe('static pods', () => {
  it.each([
    ['etcd-master-1', 'master-1', 'etcd'],
    ['etcd-master-2', 'Master-2', 'etcd'],
  ])(
    '%s of node %s is one workload with its copies',
    (name, node, workload) => {
      const expected = { kind: 'Pod', name: workload };
      expect(Owners.read([]).workloadOf(pod('Node', node, name), {})).toEqual(
        expected,
      );
      const told = [owner('pod', { pod: name }, 'Node', node)];
      const untold = { ...pod('', '', name), createdBy: undefined };
      expect(Owners.read(told).workloadOf(untold, {})).toEqual(expected);
    },
  );
});

describe('whether it is said who owns', () => {
  const owners = Owners.read([
    owner('replicaset', { replicaset: 'web-1' }, 'Deployment', 'web'),
    owner('replicaset', { replicaset: 'bare' }, '<none>', '<none>'),
    owner('job', { job_name: 'once' }, '<none>', '<none>'),
  ]);

  it.each([
    ['ReplicaSet', 'web-1', true],
    ['ReplicaSet', 'bare', true],
    ['ReplicaSet', 'other', false],
    ['Job', 'once', true],
    ['Job', 'web-1', false],
    ['ReplicationController', 'web-1', false],
  ])('%s %s: %s', (kind, name, told) => {
    expect(owners.tellsOf(kind, 'shop', name)).toBe(told);
    expect(owners.tellsOf(kind, 'other', name)).toBe(false);
  });

  it('a pod', () => {
    expect(owners.tellsOfPods).toBe(false);
    const ofPods = Owners.read([
      owner('pod', { pod: 'web' }, '<none>', '<none>'),
    ]);
    expect(ofPods.tellsOfPods).toBe(true);
  });
});

describe('what the revisions of a Service of Knative are', () => {
  const labels = { serving_knative_dev_service: 'hello' };
  const replicaSet = 'hello-00001-deployment-7d9';
  const revised = [
    owner(
      'replicaset',
      { replicaset: replicaSet },
      'Deployment',
      'hello-00001-deployment',
    ),
  ];

  it.each([
    ['their Deployments are known', revised],
    ['they are not', []],
  ])('is the Service, where %s', (_, answer) => {
    expect(
      Owners.read(answer).workloadOf(pod('ReplicaSet', replicaSet), labels),
    ).toEqual({ kind: 'Service', name: 'hello' });
  });

  it('is nothing that a StatefulSet with the label is of', () => {
    expect(
      Owners.read([]).workloadOf(pod('StatefulSet', 'hello'), labels),
    ).toEqual({ kind: 'StatefulSet', name: 'hello' });
  });
});
