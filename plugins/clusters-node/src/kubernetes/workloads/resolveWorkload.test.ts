import { OwnerReference } from '../objects';
import { resolveWorkload } from './resolveWorkload';

function owner(
  kind: string,
  name: string,
  apiVersion = 'apps/v1',
): OwnerReference {
  return { apiVersion, kind, name, uid: `uid-${name}`, controller: true };
}

function pod(
  ownerReferences?: OwnerReference[],
  annotations?: Record<string, string>,
) {
  return {
    metadata: {
      namespace: 'shop',
      name: 'web-1',
      uid: 'uid-pod',
      ownerReferences,
      annotations,
    },
  };
}

const known = new Map([
  ['uid-web-abc', owner('Deployment', 'web')],
  ['uid-canary-abc', owner('Rollout', 'canary', 'argoproj.io/v1alpha1')],
  ['uid-nightly-1', owner('CronJob', 'nightly', 'batch/v1')],
  ['uid-shop-3', owner('DeploymentConfig', 'shop', 'apps.openshift.io/v1')],
]);
const resolve = (of: Parameters<typeof resolveWorkload>[0]) =>
  resolveWorkload(of, uid => known.get(uid));

describe('resolveWorkload', () => {
  it.each([
    ['Deployment', 'web', owner('ReplicaSet', 'web-abc')],
    ['Rollout', 'canary', owner('ReplicaSet', 'canary-abc')],
    ['ReplicaSet', 'lonely', owner('ReplicaSet', 'lonely')],
    ['CronJob', 'nightly', owner('Job', 'nightly-1', 'batch/v1')],
    ['Job', 'once', owner('Job', 'once', 'batch/v1')],
    [
      'DeploymentConfig',
      'shop',
      owner('ReplicationController', 'shop-3', 'v1'),
    ],
    [
      'ReplicationController',
      'old-1',
      owner('ReplicationController', 'old-1', 'v1'),
    ],
    ['StatefulSet', 'db', owner('StatefulSet', 'db')],
    ['DaemonSet', 'agent', owner('DaemonSet', 'agent')],
    ['Workflow', 'etl', owner('Workflow', 'etl', 'argoproj.io/v1alpha1')],
    // Another group's Job is not what CronJobs make.
    ['Job', 'train', owner('Job', 'train', 'batch.volcano.sh/v1alpha1')],
  ])('finds the %s %s', (kind, name, reference) => {
    expect(resolve(pod([reference]))).toMatchObject({
      namespace: 'shop',
      kind,
      name,
    });
  });

  it('looks at the controller only, of several owners', () => {
    const other = { ...owner('Backup', 'x'), controller: undefined };
    expect(resolve(pod([other, owner('StatefulSet', 'db')]))).toMatchObject({
      kind: 'StatefulSet',
      name: 'db',
      uid: 'uid-db',
    });
    expect(resolve(pod([other]))).toMatchObject({ kind: 'Pod' });
  });

  it('finds the Service of Knative by the label of the pods of its revisions', () => {
    const labels = { 'serving.knative.dev/service': 'hello' };
    const labelled = (reference: OwnerReference) => {
      const { metadata } = pod([reference]);
      return resolve({ metadata: { ...metadata, labels } });
    };
    expect(labelled(owner('ReplicaSet', 'web-abc'))).toMatchObject({
      apiVersion: 'serving.knative.dev/v1',
      kind: 'Service',
      name: 'hello',
    });
    expect(labelled(owner('StatefulSet', 'db'))).toMatchObject({
      kind: 'StatefulSet',
    });
  });

  it('takes a pod for itself when it has no controller', () => {
    const itself = { kind: 'Pod', name: 'web-1', uid: 'uid-pod' };
    expect(resolve(pod())).toMatchObject(itself);
  });

  it('takes a static pod for one workload on all its nodes', () => {
    const mirror = { 'kubernetes.io/config.mirror': 'hash' };
    const onNode = (name: string, node: string, owned = true) => {
      const of = pod(owned ? [owner('Node', node, 'v1')] : undefined, mirror);
      return resolve({
        metadata: { ...of.metadata, name },
        ...{ spec: { nodeName: node } },
      });
    };
    expect(onNode('etcd-master-1', 'master-1')).toMatchObject({
      kind: 'Pod',
      name: 'etcd',
    });
    expect(onNode('etcd-master-2', 'master-2', false)).toMatchObject({
      kind: 'Pod',
      name: 'etcd',
    });
  });

  it('tells a static pod by its owner alone, as metrics do', () => {
    const { metadata } = pod([owner('Node', 'Master-1', 'v1')]);
    expect(
      resolve({ metadata: { ...metadata, name: 'etcd-master-1' } }),
    ).toMatchObject({ kind: 'Pod', name: 'etcd' });
  });

  it('finds the DeploymentConfig a pod names when its controllers can’t be listed', () => {
    const named = { 'openshift.io/deployment-config.name': 'cart' };
    const config = { kind: 'DeploymentConfig', name: 'cart' };
    const controller = owner('ReplicationController', 'cart-7', 'v1');
    expect(resolve(pod([controller], named))).toMatchObject(config);
    // The pod that rolls it out has an owner that doesn't control it.
    const deployer = { ...controller, controller: undefined };
    expect(resolve(pod([deployer], named))).toMatchObject(config);
  });
});
