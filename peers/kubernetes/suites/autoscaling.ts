/** Bounds of a HorizontalPodAutoscaler, changed by the account that acts, and what its controller then does. */
import {
  V2HorizontalPodAutoscaler,
  V2HorizontalPodAutoscalerStatus,
} from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DEPLOYMENTS, HPAS, installedWriter } from './access';
import { change, read, RESTORE } from './changes';
import { control, create, stays, until } from './cluster';
import { startLoad } from './load';
import {
  createDeployment,
  createRoom,
  replicasOf,
  untilAvailable,
} from './room';
import { errorOf } from './writtenDeployment';

const ROOM = 'autoscaling';
const WEB = { ...DEPLOYMENTS, namespace: ROOM, name: 'web' };
const HPA = { ...HPAS, namespace: ROOM, name: 'web' };
/** A pod asks for 100m and is to use half of it. */
const CORES_PER_POD = 0.05;
/** Work for eight pods, and clearly neither for seven nor for nine: an HPA lets a tenth pass. */
const MUCH = 7.6 * CORES_PER_POD;
const { signal } = new AbortController();
const load = startLoad(ROOM, 'web');

interface Hpa {
  spec: { minReplicas: number; maxReplicas: number };
  status?: V2HorizontalPodAutoscalerStatus;
}

const web = (replicas: number) => untilAvailable(ROOM, 'web', replicas);
const bounds = (minReplicas: number, maxReplicas: number) =>
  change(HPA, { spec: { minReplicas, maxReplicas } });

/** Waits until a condition of the HPA has a reason. */
async function untilSaid(type: string, reason: string): Promise<void> {
  let seen: string | undefined;
  await until(
    () => `${type} is for ${reason}, not for ${seen}`,
    async () => {
      const { status } = await read<Hpa>(HPA);
      seen = status?.conditions?.find(one => one.type === type)?.reason;
      return seen === reason;
    },
  );
}

before(async () => {
  await createRoom(ROOM);
  await createDeployment(ROOM, 'web', 2, { cpu: '100m', memory: '128Mi' });
  await create<V2HorizontalPodAutoscaler>({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { namespace: ROOM, name: 'web' },
    spec: {
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'web',
      },
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
});

after(() => load.stop());

describe('an HPA', () => {
  it('follows what its pods use', async () => {
    load.cores = MUCH;
    await web(8);
    load.cores = CORES_PER_POD;
    await web(2);
  });

  it('keeps a floor, and goes above it where there is work', async () => {
    await change(HPA, {
      metadata: { annotations: { [RESTORE]: '{"v":1}' } },
      spec: { minReplicas: 5 },
    });
    await web(5);
    await untilSaid('ScalingLimited', 'TooFewReplicas');
    load.cores = MUCH;
    await web(8);
  });

  it('keeps a ceiling, whatever there is to do', async () => {
    await bounds(1, 3);
    await web(3);
    await untilSaid('ScalingLimited', 'TooManyReplicas');
  });

  it('goes on as before when its bounds are as before', async () => {
    await change(HPA, {
      metadata: { annotations: { [RESTORE]: null } },
      spec: { minReplicas: 2, maxReplicas: 10 },
    });
    await web(8);
    const { metadata } = await read(HPA);
    assert.equal(metadata?.annotations?.[RESTORE], undefined);
  });

  it('keeps a new floor also where nobody measures', async () => {
    load.cores = undefined;
    await untilSaid('ScalingActive', 'FailedGetResourceMetric');
    await bounds(9, 10);
    await web(9);
    load.cores = MUCH;
    await bounds(2, 10);
    await web(8);
  });

  it('takes back what is written to its Deployment', async () => {
    await change(WEB, { spec: { replicas: 4 } });
    await web(8);
  });

  it('sleeps while its Deployment is at zero, and wakes with it', async () => {
    await change(WEB, { spec: { replicas: 0 } });
    await untilSaid('ScalingActive', 'ScalingDisabled');
    await stays(
      'the Deployment stays at zero',
      5,
      async () => (await replicasOf(ROOM, 'web')) === 0,
    );
    await change(WEB, { spec: { replicas: 2 } });
    await web(8);
  });

  it('keeps its bounds over a restart of the controllers', async () => {
    await control('kube-controller-manager', 'kill');
    await bounds(6, 6);
    await control('kube-controller-manager', 'start');
    await web(6);
    await bounds(2, 10);
    await web(8);
  });
});

describe('bounds that are none', () => {
  const refused = async (spec: object) => {
    const { uid } = (await read(HPA)).metadata!;
    const { failure, fields } = await errorOf(
      installedWriter().patch(
        HPA,
        { type: 'merge', patch: { spec } },
        { precondition: { uid: uid! }, dryRun: true, signal },
      ),
    );
    return [failure, ...fields];
  };

  it('are refused, a floor above the ceiling at the ceiling', async () => {
    assert.deepEqual(await refused({ minReplicas: 11 }), [
      'Invalid',
      'spec.maxReplicas',
    ]);
  });

  it('are refused, a floor of zero as long as no gate lets it in', async () => {
    assert.deepEqual(await refused({ minReplicas: 0 }), [
      'Invalid',
      'spec.minReplicas',
      'spec.metrics',
    ]);
  });
});

describe('the version of an HPA', () => {
  it('moves with what is measured, so that a plan has to be made on a fresh one', async () => {
    const { metadata } = await read(HPA);
    load.cores = 7.8 * CORES_PER_POD;
    await until('the version moves', async () => {
      const now = await read(HPA);
      return now.metadata!.resourceVersion !== metadata!.resourceVersion;
    });
    const { failure } = await errorOf(
      installedWriter().patch(
        HPA,
        { type: 'merge', patch: { spec: { minReplicas: 3 } } },
        {
          precondition: {
            uid: metadata!.uid!,
            resourceVersion: metadata!.resourceVersion,
          },
          signal,
        },
      ),
    );
    assert.equal(failure, 'Conflict');
    assert.equal((await read<Hpa>(HPA)).spec.minReplicas, 2);
  });
});
