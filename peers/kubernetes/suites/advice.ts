/**
 * Advice of the whole back end, on the accounts that an operator is told to install: it
 * is asked for over HTTP, approved, and taken back, and the API server's own controllers
 * and KEDA's do what comes of it. A target in percent of the request moves with the
 * request, so that as many pods are wanted as before.
 */
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { StoredPlan } from '@headroom/common';
import { AdviceDetail } from '@headroom/plugin-cost-common';
import {
  V1Deployment,
  V2HorizontalPodAutoscaler,
} from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DEPLOYMENTS, HPAS, SCALED_OBJECTS } from './access';
import { read } from './changes';
import { create, INSTALLED_ACTOR, until } from './cluster';
import { Load, startLoad } from './load';
import {
  createDeployment,
  createRoom,
  objectOf,
  podsOf,
  untilAvailable,
} from './room';
import { ScalingBackend, startScalingBackend } from './scalingBackend';

const ROOM = 'advice';
/** Whose advice is done in place, without an approval. */
const IN_PLACE = 'advice-in-place';
/**
 * So many pods use this at half of a request of 100m, or all of one of 50m. With one more
 * or one fewer an HPA is beyond its tolerance, which rounds each pod up to a millicore.
 */
const PODS = 8;
const CORES = 0.395;

type Moves = AdviceDetail['advice']['hpa'];

/** To give each container of a Deployment half of the 100m that it asks for. */
function halved(namespace: string, name: string, hpa: Moves) {
  const workload = { namespace, kind: 'Deployment', name };
  const detail = {
    row: { cluster: 'peer', workload, listSaving: '7300000' },
    currency: 'USD',
    explanation: {
      cpu: { message: 'It uses half of it.' },
      memory: { message: 'It uses all of it.' },
    },
    advice: {
      status: 'change',
      hpa,
      cpu: {
        status: 'change',
        current: { request: 0.1 },
        proposed: { request: 0.05, limit: null },
        reasons: [],
      },
      memory: { status: 'keep', current: {}, reasons: [] },
      evidence: { container: 'main', workload },
    },
  };
  return detail as unknown as AdviceDetail;
}

const ADVICE: Record<string, AdviceDetail> = {
  web: halved(ROOM, 'web', [
    {
      kind: 'HorizontalPodAutoscaler',
      name: 'web',
      resource: 'cpu',
      currentTarget: 50,
      proposedTarget: 100,
    },
  ]),
  queue: halved(ROOM, 'queue', [
    {
      kind: 'ScaledObject',
      name: 'queue',
      resource: 'cpu',
      currentTarget: 50,
      proposedTarget: 100,
    },
  ]),
  steady: halved(IN_PLACE, 'steady', []),
};

/** What of the cost back end is asked for. */
const costs = createBackendPlugin({
  pluginId: 'cost',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter },
      async init({ http }) {
        http.use((req, res) => {
          const [, id = ''] = /^\/v1\/advice\/(\w+)$/.exec(req.path) ?? [];
          res.json(ADVICE[id]);
        });
      },
    });
  },
});

const at = (kind: typeof HPAS, name: string, namespace = ROOM) => ({
  ...kind,
  namespace,
  name,
});

const behavior = { scaleDown: { stabilizationWindowSeconds: 0 } };

async function createHpa(name: string) {
  await create<V2HorizontalPodAutoscaler>({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { namespace: ROOM, name },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: 2,
      maxReplicas: 20,
      behavior,
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

async function createScaledObject(name: string) {
  await create(
    objectOf('keda.sh/v1alpha1', 'ScaledObject', ROOM, name, {
      spec: {
        scaleTargetRef: { name },
        minReplicaCount: 2,
        maxReplicaCount: 20,
        advanced: { horizontalPodAutoscalerConfig: { behavior } },
        triggers: [
          {
            type: 'cpu',
            metricType: 'Utilization',
            metadata: { value: '50' },
          },
        ],
      },
    }),
  );
}

/** What the template asks for. */
async function requestOf(name: string, namespace = ROOM) {
  const { spec } = await read<V1Deployment>(at(DEPLOYMENTS, name, namespace));
  return spec!.template.spec!.containers[0].resources?.requests?.cpu;
}

/** The target of an HPA, in percent. */
async function targetOf(name: string) {
  const { spec } = await read<V2HorizontalPodAutoscaler>(at(HPAS, name));
  return spec!.metrics![0].resource?.target.averageUtilization;
}

async function triggerOf(name: string) {
  const { spec } = await read<{
    spec: { triggers: Array<{ metadata: { value: string } }> };
  }>(at(SCALED_OBJECTS, name));
  return spec.triggers[0].metadata.value;
}

let backend: ScalingBackend;
let load: Load | undefined;

before(async () => {
  await createRoom(ROOM);
  await createRoom(IN_PLACE);
  await createDeployment(ROOM, 'web', 2, { cpu: '100m' });
  await createDeployment(ROOM, 'queue', 2, { cpu: '100m' });
  await createDeployment(IN_PLACE, 'steady', 2, { cpu: '100m' });
  backend = await startScalingBackend(INSTALLED_ACTOR, {
    features: [costs],
    scaling: {
      rightsizing: {
        rules: [{ namespaces: [IN_PLACE], mode: 'enforce', by: 'resize' }],
      },
    },
  });
});

after(async () => {
  await backend?.stop();
  await load?.stop();
});

/** Has pods of one app measured, and nothing else. */
async function loadOf(app: string) {
  await load?.stop();
  load = startLoad(ROOM, app);
  load.cores = CORES;
}

const asked = (id: string): Promise<StoredPlan> =>
  backend.ask('POST', `/advice/${id}/plan`, {
    how: 'cluster',
    reason: 'It asks for twice of what it uses',
  });

/** Asks until no guard is against it: a cluster that is not followed yet is one of which nothing is known. */
async function planned(id: string): Promise<StoredPlan> {
  let seen = '';
  return until(
    () => `a plan of ${id} without vetoes, not with ${seen}`,
    async () => {
      const plan = await asked(id);
      const vetoes = plan.actions.flatMap(action => action.vetoes);
      seen = JSON.stringify(vetoes);
      return vetoes.length === 0 && plan;
    },
  );
}

async function approved(id: string): Promise<StoredPlan> {
  const plan = await planned(id);
  return backend.ask('PUT', `/plans/${plan.id}/decision`, {
    decision: 'approved',
    hash: plan.hash,
  });
}

const takenBack = (plan: StoredPlan) =>
  backend.ask('POST', `/actions/${plan.actions[0].id}/undo`, {
    reason: 'It was tried',
  });

/** What was done about a Deployment, oldest first. */
async function doneTo(name: string) {
  const rows = await backend.ledger();
  return rows
    .filter(({ subject }) => subject.endsWith(`/${name}`))
    .filter(({ event }) => event === 'applied' || event === 'undone')
    .map(({ event, target }) =>
      target.type === 'kubernetes' ? `${event} ${target.kind}` : event,
    )
    .reverse();
}

describe('advice on what an HPA measures in percent', () => {
  let plan: StoredPlan;

  it('changes the request and then the target: as many pods are wanted as before', async () => {
    await createHpa('web');
    await loadOf('web');
    await untilAvailable(ROOM, 'web', PODS);
    plan = await approved('web');
    await until('both are changed', async () => {
      return (
        (await requestOf('web')) === '50m' && (await targetOf('web')) === 100
      );
    });
    await untilAvailable(ROOM, 'web', PODS);
    assert.deepEqual(await doneTo('web'), [
      'applied Deployment',
      'applied HorizontalPodAutoscaler',
    ]);
  });

  it('takes both back together', async () => {
    await takenBack(plan);
    await until('both are as before', async () => {
      return (
        (await requestOf('web')) === '100m' && (await targetOf('web')) === 50
      );
    });
    await untilAvailable(ROOM, 'web', PODS);
  });
});

describe('advice on what KEDA measures in percent', () => {
  const hpa = 'keda-hpa-queue';
  let plan: StoredPlan;

  it('moves the value of the trigger, and KEDA the target of its HPA', async () => {
    await createScaledObject('queue');
    await loadOf('queue');
    await untilAvailable(ROOM, 'queue', PODS);
    plan = await approved('queue');
    await until('both are changed', async () => {
      return (
        (await requestOf('queue')) === '50m' &&
        (await triggerOf('queue')) === '100'
      );
    });
    await until('KEDA has followed', async () => (await targetOf(hpa)) === 100);
    await untilAvailable(ROOM, 'queue', PODS);
    assert.deepEqual(await doneTo('queue'), [
      'applied Deployment',
      'applied ScaledObject',
    ]);
  });

  it('takes both back together', async () => {
    await takenBack(plan);
    await until('both are as before', async () => {
      return (
        (await requestOf('queue')) === '100m' &&
        (await triggerOf('queue')) === '50'
      );
    });
    await until('KEDA has followed', async () => (await targetOf(hpa)) === 50);
    await untilAvailable(ROOM, 'queue', PODS);
  });
});

describe('advice in place', () => {
  let plan: StoredPlan;
  let before_: string[];
  let seen = '';

  /** What the kubelet has given each pod, by its uid. */
  const given = async () =>
    (await podsOf(IN_PLACE, 'steady')).map(({ metadata, status }) => [
      metadata!.uid!,
      status?.containerStatuses?.[0].resources?.requests?.cpu,
    ]);
  const areGiven = (cpu: string) => async () => {
    const pods = await given();
    return pods.length === 2 && pods.every(([, now]) => now === cpu);
  };

  it('gives the pods that run what is advised, and leaves their template', async () => {
    before_ = (await given()).map(([uid]) => uid!).sort();
    plan = await planned('steady');
    assert.equal(plan.actions.length, 2);
    await until(
      () => `both pods have it, not ${seen}`,
      async () => {
        const { actions } = await backend.ask('GET', `/plans/${plan.id}`);
        seen = JSON.stringify([actions, await given()]);
        return areGiven('50m')();
      },
    );
    assert.equal(await requestOf('steady', IN_PLACE), '100m');
    const now = (await given()).map(([uid]) => uid!).sort();
    assert.deepEqual(now, before_);
  });

  it('gives all of them back what they had', async () => {
    await until('both are written down', async () => {
      return (await doneTo('steady')).length === 2;
    });
    await takenBack(plan);
    await until('both pods have it', areGiven('100m'));
    const now = (await given()).map(([uid]) => uid!).sort();
    assert.deepEqual(now, before_);
  });
});
