import { StartedPod, startUpOf } from './readStartUps';

const POD: StartedPod = {
  metadata: {
    name: 'web-7d9f-x',
    namespace: 'shop',
    uid: 'p',
    creationTimestamp: '2026-11-28T12:00:00Z',
    labels: { 'pod-template-hash': '7d9f' },
    ownerReferences: [
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        name: 'web-7d9f',
        uid: 'r',
        controller: true,
      },
    ],
  },
  status: {
    conditions: [
      {
        type: 'PodScheduled',
        status: 'True',
        lastTransitionTime: '2026-11-28T12:01:10Z',
      },
      {
        type: 'Ready',
        status: 'True',
        lastTransitionTime: '2026-11-28T12:02:05Z',
      },
    ],
    containerStatuses: [{ restartCount: 0 }],
  },
};

const withOwner = (
  owner: object,
  labels: Record<string, string> = {},
): StartedPod => ({
  ...POD,
  metadata: {
    ...POD.metadata,
    labels,
    ownerReferences: [{ ...POD.metadata.ownerReferences![0], ...owner }],
  },
});

const withReady = (ready: object): StartedPod => ({
  ...POD,
  status: {
    ...POD.status,
    conditions: [{ ...POD.status!.conditions![1], ...ready }],
  },
});

it('is from created to ready, waiting for a node included', () => {
  expect(startUpOf(POD)).toEqual({
    workload: { namespace: 'shop', kind: 'Deployment', name: 'web' },
    podUid: 'p',
    seconds: 125,
    readyAt: '2026-11-28T12:02:05.000Z',
  });
});

it('is of what a schedule can act on', () => {
  expect(
    startUpOf(withOwner({ kind: 'StatefulSet', name: 'db' }))?.workload,
  ).toEqual({ namespace: 'shop', kind: 'StatefulSet', name: 'db' });
  expect(
    startUpOf(withOwner({}, { 'rollouts-pod-template-hash': '7d9f' }))
      ?.workload,
  ).toEqual({ namespace: 'shop', kind: 'Rollout', name: 'web' });
});

it.each<[string, StartedPod]>([
  ['is not ready', withReady({ status: 'False' })],
  [
    'restarted',
    {
      ...POD,
      status: { ...POD.status, containerStatuses: [{ restartCount: 1 }] },
    },
  ],
  [
    'was ready again the next day',
    withReady({ lastTransitionTime: '2026-11-29T12:00:00Z' }),
  ],
  [
    'has a clock that goes wrong',
    withReady({ lastTransitionTime: '2026-11-28T11:59:00Z' }),
  ],
  ['is of a Job', withOwner({ kind: 'Job', name: 'report' })],
  ['is of a ReplicaSet of nobody', withOwner({}, {})],
])('is nothing of a pod that %s', (_, pod) => {
  expect(startUpOf(pod)).toBeUndefined();
});
