import {
  CoreV1Api,
  Informer,
  makeInformer,
  ObjectCache,
  V1Pod,
  Watch,
} from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { ConformanceCase, get, refused, watchPods } from './target';
import { WireList } from './wire';

async function currentVersion(
  target: Parameters<typeof get>[0],
): Promise<string> {
  const { body } = await get(target, '/api/v1/pods?limit=1');
  return body.metadata.resourceVersion;
}

/** What an informer has that a list hasn't, and the other way round, after it had time to catch up. */
export async function difference(
  informer: Informer<V1Pod> & ObjectCache<V1Pod>,
  core: CoreV1Api,
): Promise<string[]> {
  const uidsOf = (pods: readonly V1Pod[]) =>
    new Set(pods.map(pod => pod.metadata!.uid!));
  for (let tries = 0; ; tries++) {
    const listed = uidsOf((await core.listPodForAllNamespaces()).items);
    const known = uidsOf(informer.list());
    const differ = [
      ...[...known].filter(uid => !listed.has(uid)),
      ...[...listed].filter(uid => !known.has(uid)),
    ];
    if (differ.length === 0 || tries === 100) {
      return differ;
    }
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
  }
}

/** Following changes. */
export const watches: ConformanceCase[] = [
  {
    name: 'sends what changes after a version, in order',
    async run(target) {
      const version = await currentVersion(target);
      await target.changePods();
      const lines = await watchPods(
        target,
        `resourceVersion=${version}&timeoutSeconds=1`,
      );
      assert.ok(lines.length > 0);
      const versions = lines.map(({ object }) =>
        Number(object.metadata.resourceVersion),
      );
      assert.deepEqual(
        versions,
        [...versions].sort((a, b) => a - b),
      );
      assert.ok(versions[0] > Number(version));
      assert.deepEqual(
        [lines[0].object.kind, lines[0].object.apiVersion],
        ['Pod', 'v1'],
      );
    },
  },
  {
    name: 'begins with what exists when no version is given',
    async run(target) {
      const { namespace, name } = target.fixture.deployment;
      const query = `fieldSelector=metadata.namespace%3D${namespace}&labelSelector=app%3D${name}`;
      const { body } = await get(target, `/api/v1/pods?${query}`);
      const lines = await watchPods(target, `${query}&timeoutSeconds=1`);
      assert.ok(lines.every(({ type }) => type === 'ADDED'));
      const uidsOf = (objects: WireList['items']) =>
        objects.map(({ metadata }) => metadata.uid).sort();
      assert.deepEqual(
        uidsOf(lines.map(({ object }) => object)),
        uidsOf(body.items),
      );
    },
  },
  {
    name: 'sends no bookmarks that nobody asked for',
    async run(target) {
      const since = await currentVersion(target);
      await target.changePods();
      const query = `labelSelector=app%3Dnobody&resourceVersion=${since}`;
      assert.deepEqual(
        await watchPods(target, `${query}&timeoutSeconds=2`),
        [],
      );
    },
  },
  {
    name: 'says what existed, where a watch without a version takes bookmarks',
    async run(target) {
      for (const version of ['', 'resourceVersion=0&']) {
        const [line, ...more] = await watchPods(
          target,
          `${version}labelSelector=app%3Dnobody&allowWatchBookmarks=true&timeoutSeconds=1`,
        );
        assert.deepEqual(more, []);
        assert.equal(line.type, 'BOOKMARK');
        const { kind, apiVersion, metadata } = line.object;
        assert.deepEqual([kind, apiVersion], ['Pod', 'v1']);
        assert.match(metadata.resourceVersion, /^\d+$/);
        assert.deepEqual(metadata, {
          resourceVersion: metadata.resourceVersion,
          annotations: { 'k8s.io/initial-events-end': 'true' },
        });
      }
    },
  },
  {
    name: 'sends initial events and says when they are over',
    async run(target) {
      const { namespace, name } = target.fixture.deployment;
      const selection = `fieldSelector=metadata.namespace%3D${namespace}&labelSelector=app%3D${name}`;
      const { body } = await get(target, `/api/v1/pods?${selection}`);
      const lines = await watchPods(
        target,
        `${selection}&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=5`,
        body.items.length + 1,
      );
      assert.deepEqual(
        lines.map(({ type }) => type),
        [...body.items.map(() => 'ADDED'), 'BOOKMARK'],
      );
      assert.equal(
        lines.at(-1)!.object.metadata.annotations['k8s.io/initial-events-end'],
        'true',
      );
    },
  },
  {
    name: 'refuses options that don’t go together',
    async run(target) {
      for (const query of [
        'watch=true&sendInitialEvents=true',
        'watch=true&resourceVersion=1&resourceVersionMatch=NotOlderThan',
        'sendInitialEvents=true&resourceVersionMatch=NotOlderThan',
      ]) {
        await refused(target, `/api/v1/pods?${query}`, 422, 'Invalid');
      }
    },
  },
  {
    name: 'says 410 in the stream when the version is too old',
    async run(target) {
      // Not many more, should there be any.
      const lines = await watchPods(
        target,
        'resourceVersion=1&timeoutSeconds=5',
        2,
      );
      assert.equal(lines.length, 1);
      const [line] = lines;
      const { kind, code, reason } = line.object;
      assert.deepEqual(
        { type: line.type, kind, code, reason },
        { type: 'ERROR', kind: 'Status', code: 410, reason: 'Expired' },
      );
    },
  },
  {
    name: 'turns objects that leave the selection into deletions',
    async run(target) {
      const { name, since } = await target.startPod();
      const events = async (more: string) => {
        const lines = await watchPods(
          target,
          `resourceVersion=${since}&timeoutSeconds=1&fieldSelector=metadata.name%3D${name}${more}`,
        );
        return lines.map(
          ({ type, object }) => `${type} ${object.status.phase}`,
        );
      };
      const all = await events('');
      assert.deepEqual(
        [all[0], all.at(-1)],
        ['ADDED Pending', 'MODIFIED Running'],
      );
      const pending = await events(',status.phase%3DPending');
      assert.deepEqual(
        [pending[0], pending.at(-1)],
        ['ADDED Pending', 'DELETED Pending'],
      );
      const running = await events(',status.phase%3DRunning');
      assert.equal(running[0], 'ADDED Running');
      assert.ok(running.slice(1).every(line => line === 'MODIFIED Running'));
    },
  },
  {
    name: 'works with client-node’s Watch',
    async run(target) {
      const resourceVersion = await currentVersion(target);
      await target.changePods();
      const seen: string[] = [];
      await new Promise<void>((resolve, reject) => {
        new Watch(target.config)
          .watch(
            '/api/v1/pods',
            { resourceVersion, timeoutSeconds: 1 },
            type => seen.push(type),
            error => (error ? reject(error) : resolve()),
          )
          .catch(reject);
      });
      assert.ok(seen.length > 0);
      assert.ok(!seen.includes('ERROR'));
    },
  },
  {
    name: 'keeps client-node’s informer true',
    async run(target) {
      const core = target.config.makeApiClient(CoreV1Api);
      const informer = makeInformer<V1Pod>(target.config, '/api/v1/pods', () =>
        core.listPodForAllNamespaces(),
      );
      const failures: unknown[] = [];
      informer.on('error', error => failures.push(error));
      await informer.start();
      try {
        assert.deepEqual(await difference(informer, core), []);
        await target.changePods();
        assert.deepEqual(await difference(informer, core), []);
        assert.deepEqual(failures, []);
      } finally {
        // Which it reports as a failure.
        await informer.stop();
      }
    },
  },
];
