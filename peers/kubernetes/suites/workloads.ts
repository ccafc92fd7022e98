/** Workloads, and what steers them, read from a real API server. */
import { CoreV1Api } from '@kubernetes/client-node';
import { ReadInventory, readInventory } from '@headroom/plugin-clusters-node';
import { ClusterInventory } from '@headroom/common';
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createNamespace, kubeConfigOf, until } from './cluster';
import { createSteering, createWorkloads, NAMESPACE } from './workloadObjects';

const { signal } = new AbortController();
const GIB = 2 ** 30;
const core = kubeConfigOf('admin').makeApiClient(CoreV1Api);

async function readAs(user: 'reader' | 'workloads-only') {
  return readInventory(kubeConfigOf(user), { signal });
}

const own = ({ workloads }: ClusterInventory) =>
  workloads.filter(({ namespace }) => namespace === NAMESPACE);

let inventory: ReadInventory;
const workload = (kind: string, name: string) =>
  own(inventory).find(one => one.kind === kind && one.name === name)!;
const steering = (kind: string, name: string) =>
  inventory.steering.find(
    one =>
      one.target.namespace === NAMESPACE &&
      one.kind === kind &&
      one.name === name,
  );

before(async () => {
  await createNamespace(NAMESPACE);
  await createWorkloads();
  await createSteering();
  inventory = await until('every pod is where it should be', async () => {
    const read = await readAs('reader');
    const pending = own(read).find(({ name }) => name === 'toolarge');
    return pending?.pendingPods === 2 && read;
  });
  // The CronJob's first run comes with the minute.
  await until('the CronJob ran', async () => {
    const { items } = await core.listNamespacedPod({ namespace: NAMESPACE });
    return items.some(({ metadata }) =>
      metadata!.name!.startsWith('minutely-'),
    );
  });
  inventory = await readAs('reader');
});

describe('workloads of a real API server', () => {
  it('have the labels of their templates, and nodes theirs where they may be listed', async () => {
    const { labels } = inventory;
    const web = labels.workloads.find(
      ({ namespace, kind, name }) =>
        namespace === NAMESPACE && kind === 'Deployment' && name === 'web',
    );
    assert.deepEqual(web?.labels, { app: 'web' });
    const { items } = await core.listNode();
    assert.deepEqual(
      labels.nodes?.map(({ uid }) => uid).sort(),
      items.map(({ metadata }) => metadata?.uid).sort(),
    );
    const { labels: without } = await readAs('workloads-only');
    assert.equal(without.nodes, undefined);
  });

  it('are the tops of all pods, and nothing in between', () => {
    assert.deepEqual(
      own(inventory).map(({ kind, name }) => `${kind} ${name}`),
      [
        'CronJob minutely',
        'DaemonSet agent',
        'Deployment toolarge',
        'Deployment web',
        'Job once',
        'Pod debug',
        'Rollout canary',
        'StatefulSet db',
      ],
    );
  });

  it('have their uid, replicas and appetite', () => {
    for (const { uid } of own(inventory)) {
      assert.match(uid, /^[0-9a-f-]{36}$/);
    }
    assert.equal(workload('Deployment', 'web').replicas, 2);
    assert.equal(workload('Rollout', 'canary').replicas, 2);
    assert.equal(workload('DaemonSet', 'agent').replicas, undefined);
    const pod = workload('Pod', 'debug');
    assert.deepEqual([pod.bare, pod.appetite], [true, 'dev']);
  });

  it('have the same container, whatever they are', () => {
    for (const [kind, name] of [
      ['StatefulSet', 'db'],
      ['DaemonSet', 'agent'],
      ['Job', 'once'],
      ['CronJob', 'minutely'],
      ['Pod', 'debug'],
      ['Rollout', 'canary'],
    ]) {
      assert.deepEqual(
        workload(kind, name).containers,
        [
          {
            name: 'main',
            role: 'main',
            spec: {
              cpuRequestCores: 0.25,
              memoryRequestBytes: 1.5 * GIB,
              memoryLimitBytes: 2e9,
              image: 'example.com/main:1',
            },
          },
        ],
        `${kind} ${name}`,
      );
    }
  });

  it('have init containers, sidecars, heaps and memory volumes, and no secrets', () => {
    const { containers } = workload('Deployment', 'web');
    assert.deepEqual(
      containers.map(({ name, role, memoryVolumes }) => [
        name,
        role,
        memoryVolumes,
      ]),
      [
        ['main', 'main', true],
        ['migrate', 'init', undefined],
        ['mesh', 'sidecar', undefined],
      ],
    );
    assert.deepEqual(containers[0].fixedHeap, {
      runtime: 'jvm',
      evidence: 'JAVA_TOOL_OPTIONS=-Xmx1g',
      heapBytes: GIB,
    });
    assert.ok(!JSON.stringify(inventory).includes('hunter2'));
  });

  it('count pods no node has room for', () => {
    assert.equal(workload('Deployment', 'toolarge').pendingPods, 2);
    assert.equal(workload('Deployment', 'web').pendingPods, undefined);
  });
});

describe('steering of a real API server', () => {
  const web = { namespace: NAMESPACE, kind: 'Deployment', name: 'web' };

  it('reads an HPA', () => {
    assert.deepEqual(steering('HorizontalPodAutoscaler', 'web'), {
      kind: 'HorizontalPodAutoscaler',
      name: 'web',
      target: web,
      minReplicas: 1,
      maxReplicas: 5,
      metrics: [
        { resource: 'cpu', container: 'main', targetUtilization: 70 },
        { resource: 'memory', targetAverageValue: 1.5 * GIB },
      ],
      otherMetrics: 1,
    });
  });

  it('reads what the API server gives an HPA that names no metric', () => {
    const hpa = steering('HorizontalPodAutoscaler', 'silent');
    assert.ok(hpa?.kind === 'HorizontalPodAutoscaler');
    assert.deepEqual(hpa.metrics, [{ resource: 'cpu', targetUtilization: 80 }]);
  });

  it('reads a ScaledObject', () => {
    assert.deepEqual(steering('ScaledObject', 'canary'), {
      kind: 'ScaledObject',
      name: 'canary',
      target: { namespace: NAMESPACE, kind: 'Rollout', name: 'canary' },
      minReplicas: 0,
      maxReplicas: 9,
      metrics: [{ resource: 'cpu', targetUtilization: 60 }],
      otherMetrics: 1,
      paused: true,
    });
  });

  it('reads a VPA’s policies', () => {
    const vpa = steering('VerticalPodAutoscaler', 'agent');
    assert.ok(vpa?.kind === 'VerticalPodAutoscaler');
    assert.equal(vpa.updateMode, 'Initial');
    assert.deepEqual(
      vpa.controlled.map(({ container, mode, resources: which }) => [
        container,
        mode,
        which,
      ]),
      [
        ['main', 'Auto', ['memory']],
        ['*', 'Auto', ['cpu', 'memory']],
      ],
    );
  });

  it('leaves nothing unread for a token with the documented rights', () => {
    assert.deepEqual(inventory.unreadable, []);
  });

  it('names what a token may not list, and takes it for unknown', async () => {
    const {
      unreadable,
      steering: found,
      ...read
    } = await readAs('workloads-only');
    assert.equal(own({ ...read, unreadable, steering: found }).length, 8);
    assert.deepEqual(found, []);
    assert.deepEqual(unreadable.map(({ kind }) => kind).sort(), [
      'HorizontalPodAutoscaler',
      'LimitRange',
      'ResourceQuota',
      'ScaledObject',
      'VerticalPodAutoscaler',
    ]);
    assert.deepEqual(read.limits, []);
    for (const { reason } of unreadable) {
      assert.match(
        reason,
        /don't allow listing .* of cluster peer \(HTTP 403\)/,
      );
    }
  });

  it('throws one sentence when the token is refused', async () => {
    const config = kubeConfigOf('reader');
    config.users[0] = { name: 'reader', token: 'wrong' };
    await assert.rejects(readInventory(config, { signal }), {
      message:
        'The API server refused the configured credentials when asked for deployments of cluster peer (HTTP 401)',
    });
  });

  it('throws when the certificate is not to be trusted', async () => {
    const config = kubeConfigOf('reader');
    config.clusters[0] = { ...config.clusters[0], caFile: undefined };
    await assert.rejects(
      readInventory(config, { signal }),
      /can't be reached for deployments of cluster peer: its certificate .*\(.*\)/,
    );
  });
});
