/** ScaledObjects, changed by the account that acts, and what KEDA's own operator then does. */
import {
  KubernetesObject,
  V2HorizontalPodAutoscaler,
} from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEPLOYMENTS, HPAS, SCALED_OBJECTS, writerOf } from './access';
import { change, read } from './changes';
import { control, create, feedValue, objects, stays, until } from './cluster';
import {
  createDeployment,
  createRoom,
  objectOf,
  replicasOf,
  untilAvailable,
} from './room';
import { errorOf } from './writtenDeployment';

const ROOM = 'keda-room';
const PAUSED_REPLICAS = 'autoscaling.keda.sh/paused-replicas';
const PAUSED = 'autoscaling.keda.sh/paused';
const { signal } = new AbortController();

const scaledObject = (name: string) => ({
  ...SCALED_OBJECTS,
  namespace: ROOM,
  name,
});
const hpaOf = (name: string) => ({
  ...HPAS,
  namespace: ROOM,
  name: `keda-hpa-${name}`,
});
const deployment = (name: string) => ({
  ...DEPLOYMENTS,
  namespace: ROOM,
  name,
});
const WEB = scaledObject('web');
const web = (replicas: number) => untilAvailable(ROOM, 'web', replicas);
/** What there is to do; a pod takes five of it. */
const work = (value: number) => feedValue('keda-web', value);

interface Status {
  status?: { conditions?: Array<{ type: string; status: string }> };
}

function newScaledObject(
  name: string,
  spec: { triggers: object[]; [field: string]: unknown },
  target = name,
): KubernetesObject {
  return objectOf('keda.sh/v1alpha1', 'ScaledObject', ROOM, name, {
    spec: {
      scaleTargetRef: { name: target },
      pollingInterval: 1,
      cooldownPeriod: 1,
      advanced: {
        horizontalPodAutoscalerConfig: {
          behavior: { scaleDown: { stabilizationWindowSeconds: 0 } },
        },
      },
      ...spec,
    },
  });
}

async function hpa(
  name: string,
): Promise<V2HorizontalPodAutoscaler | undefined> {
  return read<V2HorizontalPodAutoscaler>(hpaOf(name)).catch(error => {
    assert.equal(error.code, 404);
    return undefined;
  });
}

const isPaused = async () => {
  const { status } = await read<Status>(WEB);
  return status?.conditions?.find(({ type }) => type === 'Paused')?.status;
};

const annotate = (annotations: Record<string, string | null>) =>
  change(WEB, { metadata: { annotations } });

before(async () => {
  await createRoom(ROOM);
  await createDeployment(ROOM, 'web', 1);
  const url = await work(10);
  await create(
    newScaledObject('web', {
      minReplicaCount: 1,
      maxReplicaCount: 6,
      triggers: [
        {
          type: 'metrics-api',
          metadata: { url, valueLocation: 'value', targetValue: '5' },
        },
      ],
    }),
  );
});

describe('bounds of a ScaledObject', () => {
  it('are those of the HPA that KEDA makes of it', async () => {
    await web(2);
    const { spec } = (await hpa('web'))!;
    assert.deepEqual([spec!.minReplicas, spec!.maxReplicas], [1, 6]);
  });

  it('keep a floor, and let it go above where there is work', async () => {
    await change(WEB, { spec: { minReplicaCount: 3 } });
    await web(3);
    await work(25);
    await web(5);
  });

  it('keep a ceiling', async () => {
    await change(WEB, { spec: { minReplicaCount: 1, maxReplicaCount: 4 } });
    await web(4);
    await change(WEB, { spec: { maxReplicaCount: 6 } });
    await web(5);
  });

  it('are the ones to write: KEDA takes back what is written to its HPA', async () => {
    await change(hpaOf('web'), { spec: { maxReplicas: 3 } });
    await until('KEDA has its own ceiling again', async () => {
      return (await hpa('web'))!.spec!.maxReplicas === 6;
    });
    await web(5);
  });
});

describe('a pause', () => {
  let firstHpa: string;

  it('at zero stops all pods, and KEDA takes its HPA away', async () => {
    firstHpa = (await hpa('web'))!.metadata!.uid!;
    await annotate({ [PAUSED_REPLICAS]: '0' });
    await web(0);
    await until('it is paused', async () => (await isPaused()) === 'True');
    assert.equal(await hpa('web'), undefined);
  });

  it('lasts while there is more to do', async () => {
    await work(30);
    await stays(
      'all is at zero',
      4,
      async () => (await replicasOf(ROOM, 'web')) === 0,
    );
  });

  it('does not hold what somebody scales meanwhile', async () => {
    await change(deployment('web'), { spec: { replicas: 2 } });
    await web(2);
    await stays(
      'there are two',
      4,
      async () => (await replicasOf(ROOM, 'web')) === 2,
    );
    await change(deployment('web'), { spec: { replicas: 0 } });
    await web(0);
  });

  it('outlasts a restart of the operator', async () => {
    await control('keda-operator', 'kill');
    await control('keda-operator', 'start');
    await stays(
      'all is at zero',
      6,
      async () => (await replicasOf(ROOM, 'web')) === 0,
    );
  });

  it('ends with its annotation, and another HPA goes on', async () => {
    await annotate({ [PAUSED_REPLICAS]: null });
    await web(6);
    await until('it is not paused', async () => (await isPaused()) === 'False');
    assert.notEqual((await hpa('web'))!.metadata!.uid, firstHpa);
  });

  it('that was taken back is forgotten over a restart of the operator', async () => {
    await control('keda-operator', 'kill');
    await control('keda-operator', 'start');
    await stays(
      'all of them run',
      6,
      async () => (await replicasOf(ROOM, 'web')) === 6,
    );
  });

  it('that says no number keeps what there is, whatever there is to do', async () => {
    await annotate({ [PAUSED]: 'true' });
    await until('it is paused', async () => (await isPaused()) === 'True');
    // It says so before its HPA is gone, which may act once more.
    await until('its HPA is gone', async () => !(await hpa('web')));
    // What it had decided before may still come, later on a busy machine: only what
    // there is then has to stay.
    let kept = -1;
    await until('the number stands still', async () => {
      const first = await replicasOf(ROOM, 'web');
      await sleep(10_000);
      kept = await replicasOf(ROOM, 'web');
      return kept === first;
    });
    assert.ok(kept > 0);
    try {
      await work(kept > 2 ? 1 : 6);
      await stays(
        'there are as many as were',
        4,
        async () => (await replicasOf(ROOM, 'web')) === kept,
      );
    } finally {
      // Other suites count on it.
      await work(1);
    }
    await annotate({ [PAUSED]: null });
    await web(1);
  });

  it('is by the mere presence of a number, whatever else it says', async () => {
    await annotate({ [PAUSED_REPLICAS]: '3', [PAUSED]: 'false' });
    await web(3);
    await annotate({ [PAUSED_REPLICAS]: null, [PAUSED]: null });
    await web(1);
  });
});

describe('triggers', () => {
  it('of cron give a floor, under the ceiling that is written', async () => {
    await createDeployment(ROOM, 'office', 1);
    const now = new Date();
    const hours = now.getUTCHours();
    await create(
      newScaledObject('office', {
        minReplicaCount: 1,
        maxReplicaCount: 8,
        triggers: [
          {
            type: 'cron',
            metadata: {
              timezone: 'Etc/UTC',
              start: `0 ${hours} * * *`,
              end: `59 ${(hours + 1) % 24} * * *`,
              desiredReplicas: '4',
            },
          },
        ],
      }),
    );
    await untilAvailable(ROOM, 'office', 4);
    await change(scaledObject('office'), { spec: { maxReplicaCount: 2 } });
    await untilAvailable(ROOM, 'office', 2);
    await change(scaledObject('office'), { spec: { maxReplicaCount: 8 } });
    await untilAvailable(ROOM, 'office', 4);
    await objects.delete(
      objectOf('keda.sh/v1alpha1', 'ScaledObject', ROOM, 'office', {}),
    );
  });

  it('that count pods follow a workload that sleeps, to zero and back', async () => {
    await createDeployment(ROOM, 'workers', 3);
    await createDeployment(ROOM, 'helpers', 1);
    await create(
      newScaledObject('helpers', {
        minReplicaCount: 0,
        maxReplicaCount: 8,
        triggers: [
          {
            type: 'kubernetes-workload',
            metadata: { podSelector: 'app=workers', value: '1' },
          },
        ],
      }),
    );
    await untilAvailable(ROOM, 'helpers', 3);
    await change(deployment('workers'), { spec: { replicas: 0 } });
    await untilAvailable(ROOM, 'helpers', 0);
    await change(deployment('workers'), { spec: { replicas: 2 } });
    await untilAvailable(ROOM, 'helpers', 2);
  });
});

describe('what KEDA does not take', () => {
  const refusalOf = async (name: string, spec: object, dryRun: boolean) => {
    const { uid } = (await read(scaledObject(name))).metadata!;
    return errorOf(
      writerOf().patch(
        scaledObject(name),
        { type: 'merge', patch: { spec } },
        { precondition: { uid: uid! }, dryRun, signal },
      ),
    );
  };

  it('is a floor above the ceiling, in a dry run as well', async () => {
    for (const dryRun of [true, false]) {
      const { failure, fields } = await refusalOf(
        'web',
        { minReplicaCount: 7 },
        dryRun,
      );
      assert.deepEqual([failure, ...fields], ['Invalid', 'spec']);
    }
  });

  it('is another one for the same workload, by its webhooks', async () => {
    for (const dryRun of [true, false]) {
      const { failure, message } = await refusalOf(
        'helpers',
        { scaleTargetRef: { name: 'web' } },
        dryRun,
      );
      assert.equal(failure, 'Rejected');
      assert.match(
        message,
        /webhook vscaledobject\.kb\.io\) doesn't allow changing/,
      );
    }
  });
});
