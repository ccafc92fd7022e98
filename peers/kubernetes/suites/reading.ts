/** Objects of a real API server, listed, got and watched, over connections that break. */
import { CoreV1Api } from '@kubernetes/client-node';
import { KubernetesApiError, WatchEvent } from '@headroom/plugin-clusters-node';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CONFIG_MAPS, DEPLOYMENTS, readerOf } from './access';
import { BrokenWay, openBrokenWay } from './brokenWay';
import { create, createNamespace, kubeConfigOf, until } from './cluster';

const NAMESPACE = 'reading';
const { signal } = new AbortController();
const core = kubeConfigOf('admin').makeApiClient(CoreV1Api);

interface ConfigMap {
  metadata: { name: string; uid: string };
  data?: Record<string, string>;
}

/** Those of the suite; each namespace has one of the cluster's own. */
const selection = { namespace: NAMESPACE, labelSelector: 'suite=reading' };

async function createConfigMap(name: string) {
  return create({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace: NAMESPACE, name, labels: { suite: 'reading' } },
  });
}

const remove = (name: string) =>
  core.deleteNamespacedConfigMap({ namespace: NAMESPACE, name });

const short = (event: WatchEvent<ConfigMap>) =>
  'object' in event
    ? `${event.type} ${event.object.metadata.name}`
    : event.type;

/** What a watch told until now; it goes on until `stop`. */
function follow(way: BrokenWay) {
  const stopping = new AbortController();
  const told: string[] = [];
  const ended = (async () => {
    const events = readerOf(way.config).watch<ConfigMap>(CONFIG_MAPS, {
      ...selection,
      signal: stopping.signal,
    });
    for await (const event of events) {
      told.push(short(event));
    }
  })().catch((error: Error) => error.message);
  return {
    told,
    async tells(event: string) {
      await until(`${event} is told`, async () => told.includes(event));
    },
    async stop() {
      stopping.abort(new Error('stopped'));
      assert.equal(await ended, 'stopped');
    },
  };
}

let way: BrokenWay;

before(async () => {
  await createNamespace(NAMESPACE);
  await createConfigMap('first');
  way = await openBrokenWay();
});

after(() => way.close());

async function errorOf(promise: Promise<unknown>): Promise<KubernetesApiError> {
  const error = await promise.then(
    () => undefined,
    each => each,
  );
  assert.ok(error instanceof KubernetesApiError, String(error));
  return error;
}

describe('an object', () => {
  it('is got, and told apart from one that there is none of, and from a kind that is not served', async () => {
    const reference = { ...CONFIG_MAPS, namespace: NAMESPACE, name: 'first' };
    const found = await readerOf().get<ConfigMap>(reference, { signal });
    assert.equal(found.metadata.name, 'first');
    const failureOf = async (change: object, user?: 'actor') => {
      const { failure } = await errorOf(
        readerOf(user && kubeConfigOf(user)).get(
          { ...reference, ...change },
          { signal },
        ),
      );
      return failure;
    };
    assert.equal(await failureOf({ name: 'none' }), 'NotFound');
    assert.equal(await failureOf({ resource: 'nosuchthings' }), 'Forbidden');
    assert.equal(await failureOf({}, 'actor'), 'Forbidden');
    const asAdmin = readerOf(kubeConfigOf('admin'));
    for (const change of [
      { resource: 'nosuchthings' },
      { group: 'none.example.com' },
    ]) {
      const { failure } = await errorOf(
        asAdmin.get({ ...reference, ...change }, { signal }),
      );
      assert.equal(failure, 'NotServed');
    }
  });

  it('is listed by what selects it', async () => {
    const listed: ConfigMap[] = [];
    const pages = readerOf().list<ConfigMap>(CONFIG_MAPS, {
      ...selection,
      fieldSelector: 'metadata.name=first',
      signal,
    });
    for await (const page of pages) {
      listed.push(...page);
    }
    assert.deepEqual(
      listed.map(({ metadata }) => metadata.name),
      ['first'],
    );
  });
});

describe('a watch', () => {
  it('tells what is there, what comes and what goes', async () => {
    const { told, tells, stop } = follow(way);
    await tells('listed');
    await createConfigMap('second');
    await tells('object second');
    await remove('second');
    await tells('deleted second');
    await stop();
    assert.deepEqual(told, [
      'listing',
      'object first',
      'listed',
      'object second',
      'deleted second',
    ]);
  });

  it('misses nothing of what happens while its connection is broken', async () => {
    const { told, tells, stop } = follow(way);
    await tells('listed');
    await createConfigMap('before');
    await tells('object before');
    const lists = () =>
      way.asked.filter(each => !each.includes('watch=')).length;
    const listed = lists();
    way.cut();
    await createConfigMap('meanwhile');
    await remove('before');
    await tells('deleted before');
    await stop();
    assert.deepEqual(told.slice(3), [
      'object before',
      'interrupted',
      'resumed',
      'object meanwhile',
      'deleted before',
    ]);
    assert.equal(lists(), listed);
    await remove('meanwhile');
  });

  it('lists anew when its version is too old', async () => {
    const { told, tells, stop } = follow(way);
    await tells('listed');
    way.ageNextWatch();
    way.cut();
    await until('it has listed again', async () => {
      return told.filter(each => each === 'listed').length === 2;
    });
    await createConfigMap('later');
    await tells('object later');
    await stop();
    assert.deepEqual(told.slice(3), [
      'interrupted',
      'listing',
      'object first',
      'listed',
      'object later',
    ]);
    await remove('later');
  });

  it('ends when watching is not allowed', async () => {
    const events = readerOf().watch(DEPLOYMENTS, { ...selection, signal });
    const { failure, message } = await errorOf(
      (async () => {
        for await (const event of events) {
          assert.notEqual(event.type, 'interrupted');
        }
      })(),
    );
    assert.equal(failure, 'Forbidden');
    assert.match(message, /don't allow watching deployments of cluster peer/);
  });
});
