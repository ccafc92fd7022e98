/** The rights of an install, as docs/manifests has them: Headroom under them, and what they keep its accounts from. */
import {
  createClusterCaches,
  KubernetesPatch,
  KubernetesReference,
} from '@headroom/plugin-clusters-node';
import {
  CoreV1Api,
  KubeConfig,
  KubernetesObject,
  loadAllYaml,
  V1Deployment,
  V1Pod,
} from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { accessWith, DEPLOYMENTS, readerOf, writerOf } from './access';
import { read } from './changes';
import { create, kubeConfigOf, peer, until } from './cluster';
import { createRoom, podTemplate } from './room';
import { failureOf } from './writtenDeployment';

const MANIFESTS = new URL('../../../docs/manifests/', import.meta.url);
const ROOM = 'rights';
const ACTOR = 'headroom-actor';
const core = kubeConfigOf('admin').makeApiClient(CoreV1Api);
const stopping = new AbortController();
const { signal } = stopping;

const at = (
  group: string,
  version: string,
  kind: string,
  resource: string,
  name = 'web',
): KubernetesReference => ({
  group,
  version,
  kind,
  resource,
  namespace: ROOM,
  name,
});
const WEB = { ...DEPLOYMENTS, namespace: ROOM, name: 'web' };
const DAEMON_SET = at('apps', 'v1', 'DaemonSet', 'daemonsets');
const CRON_JOB = at('batch', 'v1', 'CronJob', 'cronjobs');
const HPA = at(
  'autoscaling',
  'v2',
  'HorizontalPodAutoscaler',
  'horizontalpodautoscalers',
);
const ROLLOUT = at('argoproj.io', 'v1alpha1', 'Rollout', 'rollouts');

const SCALED_OBJECT = at(
  'keda.sh',
  'v1alpha1',
  'ScaledObject',
  'scaledobjects',
  'other',
);

const utilization = (name: string, averageUtilization: number) => ({
  type: 'Resource',
  resource: { name, target: { type: 'Utilization', averageUtilization } },
});
const trigger = (value: string, more: object = {}) => ({
  type: 'cpu',
  metricType: 'Utilization',
  metadata: { value },
  ...more,
});

let reader: KubeConfig;
let actor: KubeConfig;

/** As `kubectl apply` makes them; what is there already stays. */
async function apply(file: string): Promise<void> {
  const text = await readFile(new URL(file, MANIFESTS), 'utf8');
  for (const object of loadAllYaml(text) as KubernetesObject[]) {
    await create(object).catch(error => {
      if (error.code !== 409) {
        throw error;
      }
    });
  }
}

async function signInAs(account: string): Promise<KubeConfig> {
  const { status } = await core.createNamespacedServiceAccountToken({
    namespace: 'headroom',
    name: account,
    body: { spec: { audiences: [] } } as never,
  });
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [{ name: 'peer', server: peer.server, caFile: peer.caFile }],
    users: [{ name: account, token: status!.token }],
    contexts: [{ name: 'peer', cluster: 'peer', user: account }],
    currentContext: 'peer',
  });
  return config;
}

async function patch(
  reference: KubernetesReference,
  change: KubernetesPatch,
  dryRun = true,
): Promise<void> {
  const { metadata } = await read(reference);
  await writerOf(actor).patch(reference, change, {
    precondition: { uid: metadata!.uid! },
    dryRun,
    signal,
  });
}

const merge = (change: object): KubernetesPatch => ({
  type: 'merge',
  patch: change as { metadata?: object },
});
const inTemplate = (spec: object): KubernetesPatch => ({
  type: 'strategic',
  patch: { spec: { template: { spec } } },
});
const inContainer = (change: object) =>
  inTemplate({ containers: [{ name: 'main', ...change }] });

before(async () => {
  await createRoom(ROOM);
  for (const file of ['read.yaml', 'act.yaml', 'act-guard.yaml']) {
    await apply(file);
  }
  [reader, actor] = await Promise.all(['headroom-reader', ACTOR].map(signInAs));
  const metadata = { namespace: ROOM, name: 'web' };
  for (const name of ['web', 'other']) {
    await create<V1Deployment>({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace: ROOM, name },
      spec: {
        replicas: 0,
        selector: { matchLabels: { app: name } },
        template: podTemplate(ROOM, name, { cpu: '100m' }),
      },
    });
  }
  const others: Array<KubernetesObject & { spec: object }> = [
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata,
      spec: {
        selector: { matchLabels: { app: 'agent' } },
        template: podTemplate(ROOM, 'agent', { cpu: '10m' }),
      },
    },
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata,
      spec: {
        schedule: '0 0 31 2 *',
        jobTemplate: {
          spec: {
            template: {
              spec: {
                restartPolicy: 'Never',
                containers: [{ name: 'main', image: 'example.com/main:1' }],
              },
            },
          },
        },
      },
    },
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata,
      spec: {
        scaleTargetRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'web',
        },
        maxReplicas: 5,
        metrics: [utilization('cpu', 70), utilization('memory', 80)],
      },
    },
    {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: { ...metadata, name: 'other' },
      spec: {
        scaleTargetRef: { name: 'other' },
        minReplicaCount: 1,
        triggers: [trigger('70')],
      },
    },
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata,
      spec: { replicas: 2, workloadRef: { kind: 'Deployment', name: 'none' } },
    },
  ];
  for (const object of others) {
    await create(object);
  }
  // A policy holds some time after it was made.
  await until('the policy holds', () =>
    patch(WEB, merge({ metadata: { labels: { by: 'x' } } })).then(
      () => false,
      () => true,
    ),
  );
});

after(() => stopping.abort(new Error('The suite is over')));

describe('the account that reads', () => {
  it('follows all that a controller wants to know', async () => {
    const access = accessWith({ kubeConfigFor: () => reader });
    const cache = createClusterCaches({ access, signal }).of('peer')!;
    await cache.ready({ signal });
    const { knowledge, trust } = cache.snapshot();
    assert.deepEqual(
      Object.values(knowledge).map(({ kind, state }) => [kind, state.state]),
      Object.values(knowledge).map(({ kind }) => [kind, 'current']),
    );
    assert.deepEqual(trust, { trustworthy: true });
  });

  it('reads no Secret and changes nothing', async () => {
    const secrets = at('', 'v1', 'Secret', 'secrets');
    assert.equal(
      await failureOf(readerOf(reader).get(secrets, { signal })),
      'Forbidden',
    );
    const { metadata } = await read(WEB);
    assert.equal(
      await failureOf(
        writerOf(reader).patch(WEB, merge({ spec: { replicas: 1 } }), {
          precondition: { uid: metadata!.uid! },
          dryRun: true,
          signal,
        }),
      ),
      'Forbidden',
    );
  });
});

describe('the account that acts', () => {
  const restore = { annotations: { 'headroom.io/restore': '{}' } };
  const allowed: Array<[string, KubernetesReference, KubernetesPatch]> = [
    [
      'replicas, with the record of what was',
      WEB,
      merge({ spec: { replicas: 2 }, metadata: restore }),
    ],
    [
      'requests and limits',
      WEB,
      inContainer({
        resources: { requests: { cpu: '50m' }, limits: { memory: '1Gi' } },
      }),
    ],
    ['suspension', CRON_JOB, merge({ spec: { suspend: true } })],
    ['bounds', HPA, merge({ spec: { minReplicas: 1, maxReplicas: 4 } })],
    [
      'requests of a DaemonSet',
      DAEMON_SET,
      inContainer({ resources: { requests: { cpu: '20m' } } }),
    ],
    [
      'the target of a metric, which moves with the request',
      HPA,
      {
        type: 'json',
        operations: [
          {
            op: 'add',
            path: '/spec/metrics/0/resource/target/averageUtilization',
            value: 90,
          },
        ],
      },
    ],
    [
      'the value of a trigger on CPU',
      SCALED_OBJECT,
      merge({ spec: { triggers: [trigger('90')] } }),
    ],
    ['replicas of a Rollout', ROLLOUT, merge({ spec: { replicas: 0 } })],
  ];
  for (const [what, reference, change] of allowed) {
    it(`changes ${what}`, () => patch(reference, change));
  }

  const refused: Array<[string, KubernetesReference, KubernetesPatch]> = [
    ['an image', WEB, inContainer({ image: 'example.com/other:1' })],
    [
      'that of a DaemonSet',
      DAEMON_SET,
      inContainer({ image: 'example.com/other:1' }),
    ],
    ['a command', WEB, inContainer({ command: ['sh'] })],
    ['a variable', WEB, inContainer({ env: [{ name: 'A', value: 'b' }] })],
    [
      'the list of containers',
      WEB,
      inTemplate({ containers: [{ name: 'new', image: 'example.com/x:1' }] }),
    ],
    [
      'the list of init containers',
      WEB,
      inTemplate({
        initContainers: [{ name: 'new', image: 'example.com/x:1' }],
      }),
    ],
    ['an account of pods', WEB, inTemplate({ serviceAccountName: 'admin' })],
    ['labels', WEB, merge({ metadata: { labels: { a: 'b' } } })],
    [
      'annotations of others',
      WEB,
      merge({ metadata: { annotations: { a: 'b' } } }),
    ],
    ['a schedule', CRON_JOB, merge({ spec: { schedule: '* * * * *' } })],
    [
      'jobs',
      CRON_JOB,
      merge({ spec: { jobTemplate: { spec: { backoffLimit: 9 } } } }),
    ],
    [
      'what a metric is about',
      HPA,
      merge({
        spec: { metrics: [utilization('cpu', 70), utilization('cpu', 80)] },
      }),
    ],
    [
      'which metrics there are',
      HPA,
      merge({ spec: { metrics: [utilization('cpu', 70)] } }),
    ],
    [
      'what a trigger asks',
      SCALED_OBJECT,
      merge({ spec: { triggers: [trigger('70', { name: 'other' })] } }),
    ],
    [
      'what an autoscaler scales',
      HPA,
      merge({ spec: { scaleTargetRef: { name: 'other' } } }),
    ],
    [
      'the template of a Rollout',
      ROLLOUT,
      merge({ spec: { workloadRef: { name: 'other' } } }),
    ],
  ];
  for (const [what, reference, change] of refused) {
    it(`does not change ${what}`, async () => {
      assert.equal(await failureOf(patch(reference, change)), 'Rejected');
    });
  }

  it('resizes a pod that runs, and changes nothing else of it', async () => {
    const pod = at('', 'v1', 'Pod', 'pods', 'single');
    const { metadata } = await create<V1Pod>({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: ROOM, name: 'single' },
      spec: {
        containers: [
          {
            name: 'main',
            image: 'example.com/main:1',
            resources: { requests: { cpu: '200m' } },
          },
        ],
      },
    });
    const options = {
      precondition: { uid: metadata!.uid! },
      dryRun: true,
      signal,
    };
    await writerOf(actor).resize(
      { namespace: ROOM, name: 'single' },
      [{ name: 'main', requests: { cpu: '100m' } }],
      options,
    );
    assert.equal(
      await failureOf(
        writerOf(actor).patch(
          pod,
          merge({ metadata: { labels: { a: 'b' } } }),
          options,
        ),
      ),
      'Forbidden',
    );
  });

  it('reads nothing, and patches nothing else', async () => {
    assert.equal(
      await failureOf(readerOf(actor).get(WEB, { signal })),
      'Forbidden',
    );
    const map = await create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { namespace: ROOM, name: 'web' },
    });
    assert.equal(
      await failureOf(
        writerOf(actor).patch(
          at('', 'v1', 'ConfigMap', 'configmaps'),
          merge({ data: { a: 'b' } }),
          { precondition: { uid: map.metadata.uid }, dryRun: true, signal },
        ),
      ),
      'Forbidden',
    );
  });

  it('is alone held by the policy', async () => {
    const { metadata } = await read(WEB);
    await writerOf(kubeConfigOf('admin')).patch(
      WEB,
      merge({ metadata: { labels: { by: 'admin' } } }),
      { precondition: { uid: metadata!.uid! }, dryRun: true, signal },
    );
  });
});
