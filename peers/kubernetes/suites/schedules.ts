/**
 * Schedules of the whole back end, on the accounts that an operator is told to
 * install: a policy is made over HTTP, the API server's own controllers and KEDA's do
 * what comes of it, and what was before is there again when it is deleted.
 */
import {
  V1CronJob,
  V1StatefulSet,
  V2HorizontalPodAutoscaler,
} from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CRON_JOBS, HPAS, SCALED_OBJECTS, STATEFUL_SETS } from './access';
import { read, RESTORE } from './changes';
import { create, feedValue, INSTALLED_ACTOR, until } from './cluster';
import { startLoad } from './load';
import {
  createDeployment,
  createRoom,
  objectOf,
  podsOf,
  podTemplate,
  untilAvailable,
} from './room';
import { ScalingBackend, startScalingBackend } from './scalingBackend';

const ROOM = 'schedules';
const load = startLoad(ROOM, 'web');
const at = (kind: typeof HPAS, name: string) => ({
  ...kind,
  namespace: ROOM,
  name,
});

/** At all times: nothing depends on when the suite runs. */
const policy = (id: string, kind: string, name: string, outside: object) => ({
  id,
  title: id,
  scope: { type: 'workload', kind, namespace: ROOM, name },
  mode: 'enforce',
  outside,
  graceMinutes: 0,
});

const restoreOf = async (reference: Parameters<typeof read>[0]) =>
  (await read(reference)).metadata!.annotations?.[RESTORE];

async function boundsOf(name: string) {
  const { spec } = await read<V2HorizontalPodAutoscaler>(at(HPAS, name));
  return [spec!.minReplicas, spec!.maxReplicas];
}

async function createHpa(name: string) {
  await create<V2HorizontalPodAutoscaler>({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { namespace: ROOM, name },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [
        {
          type: 'Resource',
          resource: {
            name: 'cpu',
            target: { type: 'Utilization', averageUtilization: 50 },
          },
        },
      ],
    },
  });
}

async function createStatefulSet() {
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
}

async function createCronJob() {
  const template = podTemplate(ROOM, 'nightly');
  template.spec!.restartPolicy = 'Never';
  await create<V1CronJob>({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { namespace: ROOM, name: 'nightly' },
    spec: {
      schedule: '0 3 1 1 *',
      jobTemplate: { spec: { template } },
    },
  });
}

let backend: ScalingBackend;

before(async () => {
  await createRoom(ROOM);
  await createDeployment(ROOM, 'web', 2, { cpu: '100m' });
  await createHpa('web');
  await createDeployment(ROOM, 'api', 2, { cpu: '100m' });
  await createHpa('api');
  await createDeployment(ROOM, 'queue', 1);
  await create(
    objectOf('keda.sh/v1alpha1', 'ScaledObject', ROOM, 'queue', {
      spec: {
        scaleTargetRef: { name: 'queue' },
        minReplicaCount: 1,
        maxReplicaCount: 6,
        triggers: [
          {
            type: 'metrics-api',
            metadata: {
              url: await feedValue('schedules-queue', 20),
              valueLocation: 'value',
              targetValue: '5',
            },
          },
        ],
      },
    }),
  );
  await createStatefulSet();
  await createCronJob();
  load.cores = 0.38;
  await untilAvailable(ROOM, 'web', 8);
  await untilAvailable(ROOM, 'queue', 4);
  backend = await startScalingBackend(INSTALLED_ACTOR);
});

after(async () => {
  await backend?.stop();
  await load.stop();
});

const made = (wanted: object) => backend.ask('POST', '/policies', wanted);
const deleted = (id: string) => backend.ask('DELETE', `/policies/${id}`);

describe('a schedule', () => {
  it('gives an HPA a ceiling, and puts its bounds back', async () => {
    await made(
      policy('low', 'Deployment', 'web', {
        type: 'bounds',
        floor: 1,
        ceiling: 3,
      }),
    );
    await untilAvailable(ROOM, 'web', 3);
    assert.deepEqual(await boundsOf('web'), [1, 3]);
    assert.match((await restoreOf(at(HPAS, 'web')))!, /"was":10/);
    await deleted('low');
    await untilAvailable(ROOM, 'web', 8);
    assert.deepEqual(await boundsOf('web'), [2, 10]);
    assert.equal(await restoreOf(at(HPAS, 'web')), undefined);
  });

  it('gives an HPA a floor, also where nobody measures', async () => {
    await made(
      policy('high', 'Deployment', 'api', { type: 'bounds', floor: 5 }),
    );
    await untilAvailable(ROOM, 'api', 5);
    await deleted('high');
    await until('the floor is as before', async () => {
      return (await boundsOf('api')).join() === '2,10';
    });
    assert.equal(await restoreOf(at(HPAS, 'api')), undefined);
  });

  it('pauses a ScaledObject at zero and has it go on, and gives it bounds', async () => {
    const queue = at(SCALED_OBJECTS, 'queue');
    await made(policy('asleep', 'Deployment', 'queue', { type: 'zero' }));
    await untilAvailable(ROOM, 'queue', 0);
    await deleted('asleep');
    await untilAvailable(ROOM, 'queue', 4);
    assert.equal(await restoreOf(queue), undefined);
    await made(
      policy('small', 'Deployment', 'queue', { type: 'bounds', ceiling: 2 }),
    );
    await untilAvailable(ROOM, 'queue', 2);
    await deleted('small');
    await untilAvailable(ROOM, 'queue', 4);
    assert.equal(await restoreOf(queue), undefined);
  });

  it('has a StatefulSet sleep, and gives it back what it had', async () => {
    await made(policy('db', 'StatefulSet', 'db', { type: 'zero' }));
    await until('no pod is left', async () => {
      const { spec } = await read<V1StatefulSet>(at(STATEFUL_SETS, 'db'));
      return spec!.replicas === 0 && (await podsOf(ROOM, 'db')).length === 0;
    });
    await deleted('db');
    await until('all are there', async () => {
      const { status } = await read<V1StatefulSet>(at(STATEFUL_SETS, 'db'));
      return status?.readyReplicas === 3;
    });
    assert.equal(await restoreOf(at(STATEFUL_SETS, 'db')), undefined);
  });

  it('suspends a CronJob, and has it go on', async () => {
    const isSuspended = async () =>
      (await read<V1CronJob>(at(CRON_JOBS, 'nightly'))).spec!.suspend;
    await made(policy('quiet', 'CronJob', 'nightly', { type: 'zero' }));
    await until('it is suspended', async () => (await isSuspended()) === true);
    await deleted('quiet');
    await until('it goes on', async () => (await isSuspended()) === false);
  });

  it('leaves a ledger of all that it did', async () => {
    const rows = await backend.ledger();
    // Done, and put back.
    for (const id of ['low', 'high', 'asleep', 'small', 'db', 'quiet']) {
      const events = rows
        .filter(({ policyId }) => policyId === id)
        .map(({ event }) => event);
      assert.deepEqual(events, ['applied', 'applied'], id);
    }
  });
});

describe('a verb that is missing', () => {
  it('is named, with the rule that gives it, and nothing is changed', async () => {
    await backend.stop();
    backend = await startScalingBackend('no-autoscalers');
    await made(
      policy('denied', 'Deployment', 'web', { type: 'bounds', ceiling: 3 }),
    );
    const failed = await until('it is said', async () => {
      const { rows } = await backend.ask('GET', '/plans?policyId=denied');
      const [action] = rows[0]?.actions ?? [];
      return action?.state === 'failed' && action;
    });
    assert.match(
      failed.remark.message,
      /don't allow changing horizontalpodautoscalers schedules\/web/,
    );
    assert.equal(
      failed.mend,
      "- { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: [get, patch] } # for namespace schedules",
    );
    assert.deepEqual(
      (await backend.ledger()).map(({ event }) => event),
      ['refused'],
    );
    assert.deepEqual(await boundsOf('web'), [2, 10]);
  });
});
