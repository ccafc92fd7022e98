import { Controller, Pod, Rollout } from '../objects';
import { WorkloadBook } from './WorkloadBook';

const argo = 'argoproj.io/v1alpha1';

function template(
  image: string,
  more: object = {},
): Controller['spec']['template'] {
  return {
    spec: {
      containers: [
        {
          name: 'main',
          image,
          resources: {
            requests: { cpu: '250m', memory: '1Gi', 'nvidia.com/gpu': '1' },
            limits: { memory: '2Gi', 'vpc.amazonaws.com/pod-eni': '1' },
          },
        },
      ],
      ...more,
    },
  };
}

function meta(name: string, more: object = {}) {
  return { namespace: 'shop', name, uid: `uid-${name}`, ...more };
}

function ownedBy(kind: string, name: string, apiVersion = 'apps/v1') {
  return {
    ownerReferences: [
      { apiVersion, kind, name, uid: `uid-${name}`, controller: true },
    ],
  };
}

function pod(
  name: string,
  more: Partial<Pod['metadata']>,
  status: Pod['status'],
) {
  return { metadata: meta(name, more), spec: template('img').spec, status };
}

const unschedulable = {
  phase: 'Pending',
  conditions: [
    { type: 'PodScheduled', status: 'False', reason: 'Unschedulable' },
  ],
};

describe('WorkloadBook', () => {
  it('reads a container’s spec, its role and its volumes in memory', () => {
    const book = WorkloadBook.create();
    book.addController('Deployment', {
      metadata: meta('web', { annotations: { 'headroom.io/appetite': 'dev' } }),
      spec: {
        replicas: 3,
        template: template('web:1', {
          initContainers: [
            { name: 'mesh', restartPolicy: 'Always' },
            {
              name: 'migrate',
              volumeMounts: [{ name: 'scratch' }, { name: 'disk' }],
            },
          ],
          volumes: [
            { name: 'scratch', emptyDir: { medium: 'Memory' } },
            { name: 'disk', emptyDir: {} },
          ],
        }),
      },
    });
    expect(book.workloads()).toEqual([
      {
        namespace: 'shop',
        kind: 'Deployment',
        name: 'web',
        uid: 'uid-web',
        replicas: 3,
        appetite: 'dev',
        containers: [
          {
            name: 'main',
            role: 'main',
            spec: {
              cpuRequestCores: 0.25,
              memoryRequestBytes: 2 ** 30,
              memoryLimitBytes: 2 ** 31,
              gpus: { 'nvidia.com/gpu': 1 },
              image: 'web:1',
            },
          },
          { name: 'mesh', role: 'sidecar', spec: {} },
          { name: 'migrate', role: 'init', spec: {}, memoryVolumes: true },
        ],
      },
    ]);
  });

  it('reads the nodes that pods ask for or prefer, where one value will do', () => {
    const book = WorkloadBook.create();
    const expression = (key: string, ...values: string[]) => ({
      matchExpressions: [{ key, operator: 'In', values }],
    });
    const placed = (name: string, more: object) =>
      book.addController('Deployment', {
        metadata: meta(name),
        spec: { template: template('img', more) },
      });
    placed('selects', { nodeSelector: { pool: 'a' } });
    placed('prefers', {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [expression('pool', 'a')],
          },
          preferredDuringSchedulingIgnoredDuringExecution: [
            { preference: expression('capacity', 'spot') },
            { preference: expression('pool', 'b') },
          ],
        },
      },
    });
    placed('any', {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              expression('pool', 'a'),
              expression('pool', 'b'),
            ],
          },
          preferredDuringSchedulingIgnoredDuringExecution: [
            { preference: expression('capacity', 'spot', 'on-demand') },
          ],
        },
      },
    });
    const labels = book
      .workloads()
      .map(({ name, nodeLabels }) => [name, nodeLabels]);
    expect(labels).toEqual([
      ['any', undefined],
      ['prefers', { capacity: 'spot', pool: 'a' }],
      ['selects', { pool: 'a' }],
    ]);
  });

  it('reads the volumes that each pod claims', () => {
    const book = WorkloadBook.create();
    book.addController('StatefulSet', {
      metadata: meta('db'),
      spec: {
        template: template('db'),
        volumeClaimTemplates: [
          {
            spec: {
              storageClassName: 'fast',
              resources: { requests: { storage: '10Gi' } },
            },
          },
          { spec: { resources: { requests: { storage: '1Gi' } } } },
        ],
      },
    });
    expect(book.workloads()[0].volumeClaims).toEqual([
      { bytes: 10 * 2 ** 30, storageClass: 'fast' },
      { bytes: 2 ** 30 },
    ]);
  });

  it('refuses labels of nodes that are none', () => {
    const book = WorkloadBook.create();
    expect(() =>
      book.addRollout({
        metadata: meta('odd'),
        spec: {
          template: template('img', { nodeSelector: { pool: {} } }),
        },
      }),
    ).toThrow('Malformed Rollout');
  });

  it('adds pods that wait to their workload', () => {
    const book = WorkloadBook.create();
    book.addController('Deployment', {
      metadata: meta('web'),
      spec: { template: template('web:1') },
    });
    book.addIntermediate('ReplicaSet', {
      metadata: meta('web-abc', ownedBy('Deployment', 'web')),
      spec: { replicas: 4, template: template('web:1') },
    });
    const owner = ownedBy('ReplicaSet', 'web-abc');
    book.addPod(pod('web-1', owner, { phase: 'Running' }));
    book.addPod(pod('web-2', owner, unschedulable));
    book.addPod(pod('web-3', owner, { phase: 'Failed', reason: 'Evicted' }));
    book.addPod(pod('web-4', owner, { phase: 'Failed', reason: 'Error' }));
    book.addPod(pod('web-5', owner, { phase: 'Pending' }));
    // Its ReplicaSet was made after ReplicaSets were listed.
    book.addPod(pod('new-1', ownedBy('ReplicaSet', 'new-abc'), unschedulable));
    expect(book.workloads()).toMatchObject([
      { kind: 'Deployment', name: 'web', replicas: 1, pendingPods: 2 },
    ]);
  });

  it('knows bare pods, which static pods are not; finished ones are gone', () => {
    const book = WorkloadBook.create();
    book.addPod(pod('debug', {}, { phase: 'Running' }));
    book.addPod(pod('done', {}, { phase: 'Succeeded' }));
    for (const node of ['node-1', 'node-2']) {
      book.addPod(
        pod(
          `etcd-${node}`,
          {
            ...ownedBy('Node', node, 'v1'),
            annotations: { 'kubernetes.io/config.mirror': 'x' },
          },
          { phase: 'Running' },
        ),
      );
    }
    expect(book.workloads()).toMatchObject([
      { kind: 'Pod', name: 'debug', bare: true },
      { kind: 'Pod', name: 'etcd', replicas: 2 },
    ]);
    expect(book.workloads()[1]).not.toHaveProperty('bare');
  });

  const rolledOut = (n: number, replicas: number) => ({
    metadata: meta(`web-${n}`, {
      ...ownedBy('DeploymentConfig', 'web', 'apps.openshift.io/v1'),
      creationTimestamp: `2026-02-0${n}T00:00:00Z`,
    }),
    spec: { replicas, template: template(`v${n}`) },
  });
  const ofRollout = (name: string, n: number, owner: object = {}) =>
    pod(
      name,
      {
        ...ownedBy('ReplicationController', `web-${n}`, 'v1'),
        ...owner,
        annotations: { 'openshift.io/deployment-config.name': 'web' },
      },
      unschedulable,
    );

  it('takes a DeploymentConfig for one workload over its rollouts', () => {
    const book = WorkloadBook.create();
    book.addDeploymentConfig({
      metadata: meta('web'),
      spec: { replicas: 3, template: template('v3') },
    });
    for (const n of [1, 2, 3]) {
      book.addIntermediate('ReplicationController', rolledOut(n, n));
    }
    book.addPod(ofRollout('web-3-abc', 3));
    book.addPod(ofRollout('web-3-deploy', 3, { ownerReferences: [] }));
    expect(book.workloads()).toMatchObject([
      {
        kind: 'DeploymentConfig',
        name: 'web',
        replicas: 3,
        pendingPods: 2,
        containers: [{ spec: { image: 'v3' } }],
      },
    ]);
  });

  it('reads a DeploymentConfig from what is below it, as far as that may be listed', () => {
    const controllers = WorkloadBook.create();
    controllers.addIntermediate('ReplicationController', rolledOut(2, 2));
    controllers.addIntermediate('ReplicationController', rolledOut(1, 0));
    controllers.addPod(ofRollout('web-2-abc', 2));
    const pods = WorkloadBook.create();
    pods.addPod(ofRollout('web-2-abc', 2));
    pods.addPod(ofRollout('web-2-def', 2));
    for (const book of [controllers, pods]) {
      expect(book.workloads()).toMatchObject([
        { kind: 'DeploymentConfig', name: 'web', replicas: 2 },
      ]);
    }
  });

  it('keeps a ReplicationController that nobody made', () => {
    const book = WorkloadBook.create();
    book.addIntermediate('ReplicationController', {
      metadata: meta('plain'),
      spec: { replicas: 2, template: template('img') },
    });
    book.addPod(
      pod('plain-a', ownedBy('ReplicationController', 'plain', 'v1'), {
        phase: 'Running',
      }),
    );
    expect(book.workloads()).toMatchObject([
      { kind: 'ReplicationController', name: 'plain', replicas: 2 },
    ]);
  });

  it('learns what a RuntimeClass adds from the pods: templates don’t say', () => {
    const book = WorkloadBook.create();
    book.addController('Deployment', {
      metadata: meta('web'),
      spec: { template: template('web:1', { runtimeClassName: 'kata' }) },
    });
    book.addIntermediate('ReplicaSet', {
      metadata: meta('web-abc', ownedBy('Deployment', 'web')),
      spec: { replicas: 1, template: template('web:1') },
    });
    const running = pod('web-1', ownedBy('ReplicaSet', 'web-abc'), {
      phase: 'Running',
    });
    const overhead = { cpu: '250m', memory: '160Mi' };
    book.addPod({ ...running, spec: { ...running.spec, overhead } });
    expect(book.workloads()[0]).toMatchObject({
      name: 'web',
      podOverhead: { cpuCores: 0.25, memoryBytes: 160 * 2 ** 20 },
    });
  });

  it('takes the revisions of a Service of Knative for that Service', () => {
    const book = WorkloadBook.create();
    const labels = { 'serving.knative.dev/service': 'hello' };
    const revision = (name: string, day: string, replicas: number) =>
      book.addController('Deployment', {
        metadata: meta(name, {
          creationTimestamp: `2026-03-0${day}T00:00:00Z`,
        }),
        spec: {
          replicas,
          template: { metadata: { labels }, ...template(`hello:${day}`) },
        },
      });
    revision('hello-00002-deployment', '2', 2);
    revision('hello-00001-deployment', '1', 1);
    expect(book.workloads()).toMatchObject([
      { kind: 'Service', name: 'hello', replicas: 3 },
    ]);
    expect(book.labels()).toMatchObject([{ kind: 'Service', labels }]);
  });

  it('has the labels of pod templates by their own keys, bounded in size', () => {
    const book = WorkloadBook.create();
    const labelled = (labels: Record<string, string>) => ({
      metadata: { labels },
      ...template('img'),
    });
    book.addController('Deployment', {
      metadata: meta('web', { labels: { of: 'the Deployment' } }),
      spec: { template: labelled({ appName: 'web', 'acme.io/Team': 'shop' }) },
    });
    book.addController('StatefulSet', {
      metadata: meta('db'),
      spec: {
        template: labelled(
          Object.fromEntries(
            Array.from({ length: 1000 }, (_, i) => [
              `key-${i}`,
              'x'.repeat(63),
            ]),
          ),
        ),
      },
    });
    book.addController('DaemonSet', {
      metadata: meta('bare'),
      spec: { template: template('img') },
    });
    book.addPod(
      pod('debug', { labels: { run: 'debug' } }, { phase: 'Running' }),
    );
    const labels = book.labels();
    expect(labels.map(({ kind, name }) => `${kind}/${name}`)).toEqual([
      'Deployment/web',
      'StatefulSet/db',
      'Pod/debug',
    ]);
    expect(labels[0].labels).toEqual({
      appName: 'web',
      'acme.io/Team': 'shop',
    });
    expect(JSON.stringify(labels[1]).length).toBeLessThan(20_000);
    expect(labels[2].labels).toEqual({ run: 'debug' });
  });

  it('keeps Jobs nobody makes, and not those of a CronJob', () => {
    const book = WorkloadBook.create();
    book.addCronJob({
      metadata: meta('nightly'),
      spec: { jobTemplate: { spec: { template: template('report') } } },
    });
    book.addIntermediate('Job', {
      metadata: meta('nightly-1', ownedBy('CronJob', 'nightly', 'batch/v1')),
      spec: { parallelism: 2, template: template('report') },
    });
    book.addIntermediate('Job', {
      metadata: meta('once'),
      spec: { parallelism: 2, template: template('import') },
    });
    expect(book.workloads()).toMatchObject([
      { kind: 'CronJob', name: 'nightly', containers: [{ name: 'main' }] },
      { kind: 'Job', name: 'once', replicas: 2 },
    ]);
  });

  it('reads an owner it doesn’t know from what it owns: the newest template, all replicas', () => {
    const book = WorkloadBook.create();
    const owner = ownedBy('Rollout', 'canary', argo);
    book.addIntermediate('ReplicaSet', {
      metadata: meta('canary-2', {
        ...owner,
        creationTimestamp: '2026-02-02T00:00:00Z',
      }),
      spec: { replicas: 1, template: template('v2') },
    });
    book.addIntermediate('ReplicaSet', {
      metadata: meta('canary-1', {
        ...owner,
        creationTimestamp: '2026-02-01T00:00:00Z',
      }),
      spec: { replicas: 4, template: template('v1') },
    });
    const run = ownedBy('Workflow', 'etl', argo);
    book.addPod(pod('etl-1', run, { phase: 'Running' }));
    book.addPod(pod('etl-2', run, { phase: 'Succeeded' }));
    expect(book.workloads()).toMatchObject([
      {
        kind: 'Rollout',
        name: 'canary',
        replicas: 5,
        containers: [{ spec: { image: 'v2' } }],
      },
      { kind: 'Workflow', name: 'etl', replicas: 1 },
    ]);
  });

  it('reads a Rollout’s own template, or the one of the Deployment it refers to', () => {
    const book = WorkloadBook.create();
    book.addController('Deployment', {
      metadata: meta('referred'),
      spec: { replicas: 0, template: template('from-deployment') },
    });
    const rollout = (name: string, spec: Rollout['spec']) =>
      book.addRollout({ metadata: meta(name), spec });
    rollout('own', { replicas: 2, template: template('own') });
    rollout('refers', {
      replicas: 3,
      workloadRef: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'referred',
      },
    });
    rollout('astray', {
      workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'gone' },
    });
    for (const name of ['own', 'refers', 'astray']) {
      book.addIntermediate('ReplicaSet', {
        metadata: meta(`${name}-1`, ownedBy('Rollout', name, argo)),
        spec: { replicas: 9, template: template('from-replicaset') },
      });
    }
    expect(
      book
        .workloads()
        .filter(({ kind }) => kind === 'Rollout')
        .map(({ name, replicas, containers }) => [
          name,
          replicas,
          containers[0].spec.image,
        ]),
    ).toEqual([
      ['astray', 1, 'from-replicaset'],
      ['own', 2, 'own'],
      ['refers', 3, 'from-deployment'],
    ]);
  });
});
