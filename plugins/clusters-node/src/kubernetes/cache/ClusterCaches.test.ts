import {
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import { kubernetesAccessServiceRef } from '../KubernetesAccess';
import { FakeApiServer } from './__testUtils__/FakeApiServer';
import { until } from './__testUtils__/until';
import { ClusterCache } from './ClusterCache';
import { clusterCachesServiceRef, createClusterCaches } from './ClusterCaches';
import { clusterKindOf } from './clusterKinds';

const DEPLOYMENTS = '/apis/apps/v1/deployments';
const HPAS = '/apis/autoscaling/v2/horizontalpodautoscalers';
const BUDGETS = '/apis/policy/v1/poddisruptionbudgets';
const NAMESPACES = '/api/v1/namespaces';
const SCALED_OBJECTS = '/apis/keda.sh/v1alpha1/scaledobjects';
const ROLLOUTS = '/apis/argoproj.io/v1alpha1/rollouts';

let api: FakeApiServer;
let stopping: AbortController;
let said: string[];

const caches = () =>
  createClusterCaches({
    access: api.access(),
    signal: stopping.signal,
    log: sentence => said.push(sentence),
  });

const deployment = (replicas: number) => ({
  spec: { replicas, template: { spec: { containers: [{ name: 'main' }] } } },
});

beforeEach(async () => {
  api = await FakeApiServer.start();
  stopping = new AbortController();
  said = [];
  api.set(NAMESPACES, 'shop', {}, '');
  for (let index = 0; index < 20; index++) {
    api.set(DEPLOYMENTS, `web-${index}`, deployment(2));
  }
  api.set(HPAS, 'web-0', {
    spec: {
      scaleTargetRef: { kind: 'Deployment', name: 'web-0' },
      maxReplicas: 5,
    },
  });
  for (const path of [SCALED_OBJECTS, ROLLOUTS]) {
    api.refused.set(path, { code: 404, reason: 'NotFound' });
  }
});

afterEach(async () => {
  stopping.abort(new Error('The test is over'));
  await api.stop();
});

describe('clusterKindOf', () => {
  it('finds a kind by where it is served', () => {
    expect(clusterKindOf({ group: 'apps', resource: 'deployments' })).toBe(
      'deployments',
    );
    expect(clusterKindOf({ group: '', resource: 'deployments' })).toBe(
      undefined,
    );
  });
});

describe('the caches of clusters', () => {
  it('are none of a cluster that nothing says how to reach', () => {
    expect(caches().of('nowhere')).toBeUndefined();
  });

  it('ask nothing before somebody wants to know, then each kind once for all', async () => {
    const all = caches();
    const cluster = all.of('fake')!;
    expect(all.of('fake')).toBe(cluster);
    expect(api.asked).toEqual([]);
    const before = cluster.snapshot();
    expect(before.trust).toMatchObject({ trustworthy: false });
    expect(before.objects.deployments).toEqual([]);
    await Promise.all(
      Array.from({ length: 50 }, () =>
        cluster.ready({ signal: stopping.signal }),
      ),
    );
    for (let policy = 0; policy < 1000; policy++) {
      cluster.snapshot();
    }
    await until('all are watched', () => api.watches === 6);
    // Eight lists, and the watches of what there is.
    expect(api.asked).toHaveLength(14);
    // One after the other: eight at once would take eight times the memory.
    expect(api.mostLists).toBe(1);
  });

  it('give all there is with what is known of it', async () => {
    const cluster = caches().of('fake')!;
    await cluster.ready({ signal: stopping.signal });
    const snapshot = cluster.snapshot();
    expect(snapshot).toMatchObject({
      cluster: 'fake',
      trust: { trustworthy: true },
      counts: { deployments: 20, autoscalers: 1, budgets: 0, rollouts: 0 },
      knowledge: {
        deployments: {
          resource: 'deployments',
          state: { state: 'current' },
          count: 20,
        },
        rollouts: { state: { state: 'notServed' }, count: 0 },
      },
      unreadable: [],
    });
    expect(snapshot.objects.autoscalers[0].value.maxReplicas).toBe(5);
    expect(snapshot.objects.namespaces[0].namespace).toBe('');
    expect(Number.isNaN(Date.parse(snapshot.at))).toBe(false);
  });

  it('give what does not change any more', async () => {
    const cluster = caches().of('fake')!;
    await cluster.ready({ signal: stopping.signal });
    const before = cluster.snapshot();
    api.delete(DEPLOYMENTS, 'web-0');
    await until('it is gone', () => {
      return cluster.snapshot().objects.deployments.length === 19;
    });
    expect(before.objects.deployments).toHaveLength(20);
    expect(before.counts.deployments).toBe(20);
  });

  it('are not to be trusted while one kind may not be read, and say so', async () => {
    api.refused.set(BUDGETS, { code: 403, reason: 'Forbidden' });
    const cluster = caches().of('fake')!;
    await cluster.ready({ signal: stopping.signal });
    expect(cluster.snapshot().trust).toMatchObject({
      trustworthy: false,
      doubts: [{ reason: 'partial', kind: 'budgets' }],
    });
    expect(said).toEqual([
      expect.stringMatching(
        /^Cluster fake: .*allow the account to list and watch poddisruptionbudgets\.policy/,
      ),
    ]);
  });

  it('are not to be trusted when most of what there was is suddenly gone', async () => {
    const cluster = caches().of('fake')!;
    await cluster.ready({ signal: stopping.signal });
    expect(cluster.snapshot().trust).toEqual({ trustworthy: true });
    for (let index = 0; index < 15; index++) {
      api.delete(DEPLOYMENTS, `web-${index}`);
    }
    await until('they are gone', () => {
      return cluster.snapshot().counts.deployments === 5;
    });
    expect(cluster.snapshot().trust).toMatchObject({
      doubts: [{ reason: 'shrunken', kind: 'deployments' }],
    });
    expect(cluster.snapshot().previous).toMatchObject({ deployments: 20 });
  });

  it('have what was written at once, and say what they wait for', async () => {
    const cluster = caches().of('fake')!;
    await cluster.ready({ signal: stopping.signal });
    await until('all are watched', () => api.watches === 6);
    let told = 0;
    cluster.onChange(() => {
      told += 1;
    });
    api.holding = true;
    cluster.put('deployments', api.set(DEPLOYMENTS, 'web-1', deployment(0)));
    const [, web1] = cluster.snapshot().objects.deployments;
    expect(web1).toMatchObject({ name: 'web-1', value: { replicas: 0 } });
    const { metadata } = api.set(DEPLOYMENTS, 'web-2', deployment(0));
    cluster.expect('deployments', metadata);
    expect([...cluster.snapshot().behind]).toEqual([metadata.uid]);
    const caughtUp = cluster.caughtUp('deployments', metadata, {
      signal: stopping.signal,
    });
    api.release();
    await caughtUp;
    expect(cluster.snapshot().behind.size).toBe(0);
    await until('it is told', () => told > 0);
  });
});

it('follows a cluster once for all plugins of a portal, until it is stopped', async () => {
  const given: Array<ClusterCache | undefined> = [];
  const plugin = (pluginId: string) =>
    createBackendPlugin({
      pluginId,
      register(env) {
        env.registerInit({
          deps: { clusters: clusterCachesServiceRef },
          async init({ clusters }) {
            given.push(clusters.of('fake'));
          },
        });
      },
    });
  const backend = await startTestBackend({
    features: [
      plugin('one'),
      plugin('other'),
      createServiceFactory({
        service: kubernetesAccessServiceRef,
        deps: {},
        factory: () => api.access(),
      }),
    ],
  });
  const [one, other] = given;
  expect(other).toBe(one);
  await one!.ready({ signal: stopping.signal });
  await until('all are watched', () => api.watches === 6);
  await backend.stop();
  await until('nothing is watched any more', () => api.watches === 0);
});
