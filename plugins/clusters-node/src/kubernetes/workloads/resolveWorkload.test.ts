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
]);
const resolve = (of: ReturnType<typeof pod>) =>
  resolveWorkload(of, uid => known.get(uid));

describe('resolveWorkload', () => {
  it.each([
    ['Deployment', 'web', owner('ReplicaSet', 'web-abc')],
    ['Rollout', 'canary', owner('ReplicaSet', 'canary-abc')],
    ['ReplicaSet', 'lonely', owner('ReplicaSet', 'lonely')],
    ['CronJob', 'nightly', owner('Job', 'nightly-1', 'batch/v1')],
    ['Job', 'once', owner('Job', 'once', 'batch/v1')],
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

  it('takes a pod for itself when it has no controller, or a kubelet', () => {
    const itself = { kind: 'Pod', name: 'web-1', uid: 'uid-pod' };
    expect(resolve(pod())).toMatchObject(itself);
    expect(
      resolve(
        pod([owner('Node', 'node-1', 'v1')], {
          'kubernetes.io/config.mirror': 'hash',
        }),
      ),
    ).toMatchObject(itself);
  });
});
