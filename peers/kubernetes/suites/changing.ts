/** Workloads changed by the account that acts, as schedules and advice change them, and what comes of it. */
import {
  AppsV1Api,
  BatchV1Api,
  CoreV1Api,
  V1CronJob,
  V1Deployment,
  V1Pod,
  V1StatefulSet,
} from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  CRON_JOBS,
  DEPLOYMENTS,
  installedWriter,
  PODS,
  readerOf,
  STATEFUL_SETS,
  writerOf,
} from './access';
import { change, read, RESTORE } from './changes';
import { create, kubeConfigOf, stays, until } from './cluster';
import {
  createDeployment,
  createRoom,
  podsOf,
  podTemplate,
  untilAvailable,
} from './room';
import { errorOf, failureOf } from './writtenDeployment';

const ROOM = 'changing';
const admin = kubeConfigOf('admin');
const apps = admin.makeApiClient(AppsV1Api);
const batch = admin.makeApiClient(BatchV1Api);
const core = admin.makeApiClient(CoreV1Api);
const { signal } = new AbortController();
const at = (kind: typeof DEPLOYMENTS, name: string) => ({
  ...kind,
  namespace: ROOM,
  name,
});

/** One that never sleeps, one that does, and one that does and makes up for nothing. */
async function createCronJobs() {
  for (const [name, steering] of [
    ['awake', {}],
    ['asleep', { suspend: true }],
    ['strict', { suspend: true, startingDeadlineSeconds: 1 }],
  ] as const) {
    const template = podTemplate(ROOM, name);
    template.spec!.restartPolicy = 'Never';
    await create<V1CronJob>({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { namespace: ROOM, name },
      spec: {
        schedule: '* * * * *',
        ...steering,
        jobTemplate: {
          spec: { template },
        },
      },
    });
  }
}

async function jobsOf(cronJob: string) {
  const { items } = await batch.listNamespacedJob({ namespace: ROOM });
  return items.filter(({ metadata }) =>
    metadata!.ownerReferences?.some(({ name }) => name === cronJob),
  );
}

before(async () => {
  await createRoom(ROOM);
  // First, as their minute takes the longest.
  await createCronJobs();
});

describe('a StatefulSet', () => {
  const DB = at(STATEFUL_SETS, 'db');
  const db = async (replicas: number) =>
    until(`db has ${replicas} pods`, async () => {
      const { status } = await apps.readNamespacedStatefulSet(DB);
      const pods = await podsOf(ROOM, 'db');
      return (
        pods.length === replicas && (status?.readyReplicas ?? 0) === replicas
      );
    });
  before(async () => {
    await create<V1StatefulSet>({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { namespace: ROOM, name: 'db' },
      spec: {
        replicas: 3,
        serviceName: 'db',
        selector: { matchLabels: { app: 'db' } },
        template: podTemplate(ROOM, 'db'),
      },
    });
    await db(3);
  });

  it('goes to zero and back to what was before, as the object says', async () => {
    const { metadata, spec } = await read<V1StatefulSet>(DB);
    const was = spec!.replicas!;
    await change(DB, {
      metadata: { annotations: { [RESTORE]: JSON.stringify({ was }) } },
      spec: { replicas: 0 },
    });
    await db(0);
    const { annotations } = (await read(DB)).metadata!;
    await change(DB, {
      metadata: { annotations: { [RESTORE]: null } },
      spec: { replicas: JSON.parse(annotations![RESTORE]).was },
    });
    await db(3);
    const after = await read<V1StatefulSet>(DB);
    assert.equal(after.metadata!.uid, metadata!.uid);
    assert.equal(after.metadata!.annotations?.[RESTORE], undefined);
    assert.deepEqual(
      (await podsOf(ROOM, 'db')).map(pod => pod.metadata!.name).sort(),
      ['db-0', 'db-1', 'db-2'],
    );
  });
});

describe('requests of a Deployment', () => {
  const WEB = at(DEPLOYMENTS, 'web');
  const cpuOfPods = async () => {
    const pods = await podsOf(ROOM, 'web');
    return [
      ...new Set(
        pods.map(({ spec }) => spec!.containers[0].resources?.requests?.cpu),
      ),
    ];
  };
  /** As an actuator does it where a list is in the way. */
  const request = async (cpu: string) => {
    const { metadata } = await read<V1Deployment>(WEB);
    await installedWriter().patch(
      WEB,
      {
        type: 'json',
        operations: [
          {
            op: 'replace',
            path: '/spec/template/spec/containers/0/resources/requests/cpu',
            value: cpu,
          },
        ],
      },
      { precondition: { uid: metadata!.uid! }, signal },
    );
  };

  before(() => createDeployment(ROOM, 'web', 3, { cpu: '500m' }));

  it('are rolled out, and it stays available', async () => {
    await request('200m');
    await until('all pods have the new request', async () => {
      const { status } = await apps.readNamespacedDeployment(WEB);
      assert.ok((status?.availableReplicas ?? 0) >= 2);
      return (await cpuOfPods()).join() === '200m';
    });
    await untilAvailable(ROOM, 'web', 3);
  });

  it('that no node has room for leave the old pods, and go back', async () => {
    const before_ = await podsOf(ROOM, 'web');
    await request('1000');
    await until('a pod waits for room', async () =>
      (
        await podsOf(ROOM, 'web')
      ).some(
        ({ status }) =>
          status?.conditions?.find(({ type }) => type === 'PodScheduled')
            ?.reason === 'Unschedulable',
      ),
    );
    await stays('the old pods are available', 2, async () => {
      const { status } = await apps.readNamespacedDeployment(WEB);
      return status?.availableReplicas === 3;
    });
    await request('200m');
    await untilAvailable(ROOM, 'web', 3);
    const uids = (pods: V1Pod[]) => pods.map(pod => pod.metadata!.uid).sort();
    assert.deepEqual(uids(await podsOf(ROOM, 'web')), uids(before_));
  });
});

describe('a resize in place', () => {
  let pod: V1Pod;
  const place = () => ({ namespace: ROOM, name: pod.metadata!.name! });
  const uid = () => pod.metadata!.uid!;
  const now = () => readerOf().get<V1Pod>({ ...PODS, ...place() }, { signal });
  const running = ({ status }: V1Pod) => status?.containerStatuses?.[0];
  const resize = (
    requests: Record<string, string>,
    more: object = {},
    precondition = { uid: uid() },
  ) =>
    writerOf().resize<V1Pod>(place(), [{ name: 'main', requests, ...more }], {
      precondition,
      signal,
    });

  before(async () => {
    await createDeployment(ROOM, 'resized', 1, { cpu: '100m', memory: '1Gi' });
    [pod] = await podsOf(ROOM, 'resized');
  });

  it('gives a running pod what it asks for, and is a dry run at first', async () => {
    await writerOf().resize(
      place(),
      [{ name: 'main', requests: { cpu: '300m' } }],
      { precondition: { uid: uid() }, dryRun: true, signal },
    );
    assert.equal(
      (await now()).spec!.containers[0].resources?.requests?.cpu,
      '100m',
    );
    await resize({ cpu: '300m' });
    const resized = await until('the kubelet has done it', async () => {
      const read_ = await now();
      return running(read_)?.resources?.requests?.cpu === '300m' && read_;
    });
    assert.equal(resized.metadata!.uid, uid());
    assert.equal(running(resized)?.restartCount, 0);
    assert.deepEqual(running(resized)?.allocatedResources, {
      cpu: '300m',
      memory: '1Gi',
    });
  });

  it('is of the pod alone: the next one has what its Deployment says', async () => {
    await change(at(DEPLOYMENTS, 'resized'), { spec: { replicas: 2 } });
    await untilAvailable(ROOM, 'resized', 2);
    const cpus = (await podsOf(ROOM, 'resized')).map(
      ({ spec }) => spec!.containers[0].resources?.requests?.cpu,
    );
    assert.deepEqual(cpus.sort(), ['100m', '300m']);
  });

  it('is of the pod that was meant', async () => {
    const other = { uid: '00000000-0000-0000-0000-000000000000' };
    assert.equal(
      await failureOf(resize({ cpu: '400m' }, {}, other)),
      'Conflict',
    );
  });

  it('does not change the class of service', async () => {
    const limits = { cpu: '300m', memory: '1Gi' };
    const { failure } = await errorOf(resize(limits, { limits }));
    assert.equal(failure, 'Invalid');
  });

  it('that is larger than the node is not admitted', async () => {
    const { failure, message } = await errorOf(resize({ cpu: '900' }));
    assert.equal(failure, 'Rejected');
    assert.match(message, /the size of the node/);
  });

  it('that the node has no room for is said by the pod, which goes on as it is', async () => {
    await core.patchNamespacedPod({
      ...place(),
      body: [
        {
          op: 'add',
          path: '/metadata/annotations',
          value: { 'headroom.io/test-resize': 'Infeasible' },
        },
      ],
    });
    await resize({ cpu: '60' });
    const refused = await until('the kubelet has refused', async () => {
      const read_ = await now();
      return (
        read_.status?.conditions?.some(
          ({ type, reason }) =>
            type === 'PodResizePending' && reason === 'Infeasible',
        ) && read_
      );
    });
    // What was asked for stays in the spec; what it has, the status says.
    assert.equal(refused.spec!.containers[0].resources?.requests?.cpu, '60');
    assert.equal(running(refused)?.resources?.requests?.cpu, '300m');
  });
});

describe('a CronJob', () => {
  it('that is suspended starts no job while another does', async () => {
    await until('the other one starts', async () => {
      return (await jobsOf('awake')).length > 0;
    });
    assert.deepEqual(await jobsOf('asleep'), []);
    assert.deepEqual(await jobsOf('strict'), []);
  });

  it('that is suspended lets a running job end', async () => {
    await change(at(CRON_JOBS, 'awake'), { spec: { suspend: true } });
    await until('its job has ended', async () => {
      const [{ status }] = await jobsOf('awake');
      return status?.succeeded === 1;
    });
  });

  it('makes up for a start that it missed, unless it has a deadline', async () => {
    const resumed = Date.now();
    await change(at(CRON_JOBS, 'strict'), { spec: { suspend: false } });
    await change(at(CRON_JOBS, 'asleep'), { spec: { suspend: false } });
    const [job] = await until('a job starts', async () => {
      const jobs = await jobsOf('asleep');
      return jobs.length > 0 && jobs;
    });
    const scheduled =
      job.metadata!.annotations![
        'batch.kubernetes.io/cronjob-scheduled-timestamp'
      ];
    assert.ok(Date.parse(scheduled) < resumed, scheduled);
    await stays('none of its own time', 2, async () => {
      return (await jobsOf('strict')).length === 0;
    });
  });
});
