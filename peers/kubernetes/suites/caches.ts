/** Caches of a real cluster, over connections that are cut, versions that get too old, and an API server that goes away. */
import {
  ClusterCache,
  ClusterSnapshot,
  createClusterCaches,
  KubernetesWriter,
} from '@headroom/plugin-clusters-node';
import { AppsV1Api, KubeConfig, V1Deployment } from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { accessWith, DEPLOYMENTS, installedWriter } from './access';
import { BrokenWay, openBrokenWay } from './brokenWay';
import { change, read } from './changes';
import {
  control,
  create,
  INSTALLED_ACTOR,
  INSTALLED_READER,
  kubeConfigOf,
  until,
} from './cluster';
import { createRoom, podTemplate } from './room';

const ROOM = 'caches';
const apps = kubeConfigOf('admin').makeApiClient(AppsV1Api);
const stopping = new AbortController();
const { signal } = stopping;
const WEB = { ...DEPLOYMENTS, namespace: ROOM, name: 'web' };

let way: BrokenWay;
let cache: ClusterCache;

/** What follows the cluster with somebody's rights. */
function cacheOf(kubeConfig: KubeConfig): ClusterCache {
  const access = accessWith({ kubeConfigFor: () => kubeConfig });
  return createClusterCaches({ access, signal }).of('peer')!;
}

const createDeployment = (name: string) =>
  create<V1Deployment>({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: ROOM, name },
    spec: {
      replicas: 0,
      selector: { matchLabels: { app: name } },
      template: podTemplate(ROOM, name),
    },
  });

const names = ({ objects }: ClusterSnapshot) =>
  objects.deployments
    .filter(({ namespace }) => namespace === ROOM)
    .map(({ name }) => name)
    .sort();

const untilHeld = (...wanted: string[]) =>
  until(
    () => `${wanted} are held, not ${names(cache.snapshot())}`,
    async () => names(cache.snapshot()).join() === wanted.join(),
  );

/** How many lists and watches of Deployments went along the way since. */
function askedSince(start: number) {
  const paths = way.asked
    .slice(start)
    .filter(path => path.startsWith('/apis/apps/v1/deployments'));
  const watches = paths.filter(path => path.includes('watch=true'));
  return { lists: paths.length - watches.length, watches: watches.length };
}

before(async () => {
  await createRoom(ROOM);
  await createDeployment('web');
  way = await openBrokenWay(INSTALLED_READER);
  cache = cacheOf(way.config);
  await cache.ready({ signal });
});

after(() => {
  stopping.abort(new Error('The suite is over'));
  way.close();
});

describe('a cache', () => {
  it('holds what the cluster has, and trusts it', async () => {
    const { counts, trust, knowledge } = cache.snapshot();
    const { items } = await apps.listDeploymentForAllNamespaces();
    assert.equal(counts.deployments, items.length);
    assert.deepEqual(trust, { trustworthy: true });
    const states = Object.values(knowledge).map(({ state }) => state.state);
    assert.deepEqual([...new Set(states)], ['current']);
  });

  it('has its own write at once, and nothing is asked for', async () => {
    const start = way.asked.length;
    const { metadata } = await read<V1Deployment>(WEB);
    const written = await installedWriter().patch<V1Deployment>(
      WEB,
      {
        type: 'merge',
        patch: { metadata: { annotations: { 'headroom.io/round': '1' } } },
      },
      {
        precondition: {
          uid: metadata!.uid!,
          resourceVersion: metadata!.resourceVersion,
        },
        signal,
      },
    );
    cache.put('deployments', written);
    const held = cache
      .snapshot()
      .objects.deployments.find(({ uid }) => uid === metadata!.uid)!;
    assert.equal(held.resourceVersion, written.metadata!.resourceVersion);
    assert.equal(held.value.annotations['headroom.io/round'], '1');
    assert.deepEqual(askedSince(start), { lists: 0, watches: 0 });
  });

  it('goes on where a connection was cut, without another list', async () => {
    const start = way.asked.length;
    way.cut();
    await createDeployment('second');
    await untilHeld('second', 'web');
    const { lists, watches } = askedSince(start);
    assert.equal(lists, 0);
    assert.ok(watches >= 1);
  });

  it('lists again where its version got too old, and misses nothing', async () => {
    const start = way.asked.length;
    way.ageNextWatch(/^\/apis\/apps\/v1\/deployments\?/);
    way.cut();
    await apps.deleteNamespacedDeployment({ namespace: ROOM, name: 'second' });
    await createDeployment('third');
    await untilHeld('third', 'web');
    assert.equal(askedSince(start).lists, 1);
  });

  it('outlasts an API server that is killed and comes again', async () => {
    await control('kube-apiserver', 'kill');
    try {
      await until('the outage is noticed', async () => {
        const { deployments } = cache.snapshot().knowledge;
        return deployments.state.state === 'interrupted';
      });
      assert.deepEqual(names(cache.snapshot()), ['third', 'web']);
    } finally {
      await control('kube-apiserver', 'start');
    }
    await createDeployment('fourth');
    await untilHeld('fourth', 'third', 'web');
    await until('all is current again', async () => {
      const { knowledge, trust } = cache.snapshot();
      return (
        trust.trustworthy &&
        Object.values(knowledge).every(({ state }) => state.state === 'current')
      );
    });
  });
});

describe('an API server that stands still', () => {
  it('has a write end in time, as one that may have been made', async () => {
    const { metadata } = await read<V1Deployment>(WEB);
    const access = accessWith({
      actingKubeConfigFor: () => kubeConfigOf(INSTALLED_ACTOR),
      timeoutMsFor: () => 1000,
    });
    const writer = KubernetesWriter.of(access, 'peer')!;
    const began = Date.now();
    await control('kube-apiserver', 'pause');
    let error;
    try {
      error = await writer
        .patch(
          WEB,
          {
            type: 'merge',
            patch: { metadata: { annotations: { 'headroom.io/round': '2' } } },
          },
          { precondition: { uid: metadata!.uid! }, signal },
        )
        .then(
          () => undefined,
          each => each,
        );
    } finally {
      await control('kube-apiserver', 'resume');
    }
    assert.ok(Date.now() - began < 5000);
    assert.equal(error?.failure, 'Timeout');
    assert.equal(error?.uncertain, true);
    // It goes on as if nothing had been, whichever came of the write.
    await change(WEB, {
      metadata: { annotations: { 'headroom.io/round': '3' } },
    });
    await until('the cache follows', async () => {
      const held = cache
        .snapshot()
        .objects.deployments.find(({ uid }) => uid === metadata!.uid);
      return held?.value.annotations['headroom.io/round'] === '3';
    });
  });
});

describe('rights that are missing', () => {
  it('are named, and what is then not known is not trusted', async () => {
    const other = cacheOf(kubeConfigOf('reader'));
    await other.ready({ signal });
    const { knowledge, trust } = other.snapshot();
    const { state } = knowledge.autoscalers;
    assert.equal(state.state, 'refused');
    assert.deepEqual(state.permission, {
      group: 'autoscaling',
      resource: 'horizontalpodautoscalers',
      verbs: ['list', 'watch'],
    });
    assert.equal(trust.trustworthy, false);
  });
});
