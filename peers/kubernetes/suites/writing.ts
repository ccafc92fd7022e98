/** Objects of a real API server, changed by the account that acts, under conditions. */
import {
  CoreV1Api,
  PolicyV1Api,
  V1PodDisruptionBudget,
} from '@kubernetes/client-node';
import {
  KubernetesApiError,
  KubernetesPatch,
  KubernetesWriter,
} from '@headroom/plugin-clusters-node';
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { CONFIG_MAPS, PODS, readerOf, writerOf } from './access';
import { create, kubeConfigOf, until } from './cluster';
import {
  asItIs,
  createWeb,
  errorOf,
  failureOf,
  isWeb,
  NAMESPACE,
  WEB,
  web,
} from './writtenDeployment';

const OTHER = '00000000-0000-0000-0000-000000000000';
const { signal } = new AbortController();
const admin = kubeConfigOf('admin');
const core = admin.makeApiClient(CoreV1Api);
const policy = admin.makeApiClient(PolicyV1Api);
const writer = writerOf();

interface Made {
  metadata: {
    uid: string;
    resourceVersion: string;
    managedFields: Array<{ manager: string; operation: string }>;
  };
  data?: Record<string, string>;
}

before(createWeb);

describe('the account that acts', () => {
  it('is another than the one that reads, and may not do what that may', async () => {
    const { uid } = await web();
    const asReader = writerOf(kubeConfigOf('reader'));
    const precondition = { uid };
    assert.equal(
      await failureOf(asReader.scale(WEB, 3, { precondition, signal })),
      'Forbidden',
    );
    assert.equal(
      await failureOf(readerOf(kubeConfigOf('actor')).get(WEB, { signal })),
      'Forbidden',
    );
  });
});

describe('server-side apply', () => {
  const settings = { ...CONFIG_MAPS, namespace: NAMESPACE, name: 'settings' };
  const read = async () => readerOf().get<Made>(settings, { signal });

  it('makes what there is none of, after a dry run that makes nothing', async () => {
    const data = { a: '1' };
    const dry = await writer.apply<Made>(
      settings,
      { data },
      { signal, dryRun: true },
    );
    assert.deepEqual(dry.data, data);
    assert.equal(await failureOf(read()), 'NotFound');
    await writer.apply(settings, { data }, { signal });
    const made = await read();
    assert.deepEqual(made.data, data);
    const { manager, operation } = made.metadata.managedFields[0];
    assert.deepEqual([manager, operation], ['headroom', 'Apply']);
  });

  it('makes nothing in the place of what was to be there', async () => {
    const gone = { ...settings, name: 'gone' };
    assert.equal(
      await failureOf(
        writer.apply(
          gone,
          { data: {} },
          { signal, precondition: { uid: OTHER } },
        ),
      ),
      'Conflict',
    );
  });

  it('is for the object that was meant, as it was read', async () => {
    const { metadata } = await read();
    const { uid, resourceVersion } = metadata;
    const apply = (precondition: { uid: string; resourceVersion?: string }) =>
      writer.apply<Made>(
        settings,
        { data: { a: '2' } },
        { signal, precondition },
      );
    assert.equal(await failureOf(apply({ uid: OTHER })), 'Conflict');
    assert.deepEqual((await read()).data, { a: '1' });
    await apply({ uid, resourceVersion });
    assert.equal(
      await failureOf(apply({ uid, resourceVersion: '1' })),
      'Conflict',
    );
    assert.deepEqual((await read()).data, { a: '2' });
  });

  it('says who owns a field, and takes it by force alone', async () => {
    await core.patchNamespacedConfigMap({
      namespace: NAMESPACE,
      name: 'settings',
      fieldManager: 'somebody',
      body: [{ op: 'replace', path: '/data/a', value: 'theirs' }],
    });
    const data = { a: 'ours' };
    const { failure, conflicts } = await errorOf(
      writer.apply(settings, { data }, { signal }),
    );
    assert.equal(failure, 'Conflict');
    assert.deepEqual(conflicts, [{ manager: 'somebody', field: '.data.a' }]);
    await writer.apply(settings, { data }, { signal, force: true });
    assert.deepEqual((await read()).data, data);
  });

  it('takes back what is not applied any more', async () => {
    await writer.apply(settings, { data: { b: '1' } }, { signal });
    assert.deepEqual((await read()).data, { b: '1' });
  });

  it('takes no field that the kind has not, and says what is wrong', async () => {
    await assert.rejects(
      writer.apply(WEB, { spec: { replica: 3 } }, { signal, force: true }),
      KubernetesApiError,
    );
    const misspelt = await errorOf(
      writer.patch(
        WEB,
        { type: 'merge', patch: { spec: { replica: 3 } } },
        { signal, precondition: await isWeb() },
      ),
    );
    assert.ok(['Rejected', 'Invalid'].includes(misspelt.failure));
    const negative = await errorOf(
      writer.patch(
        WEB,
        { type: 'merge', patch: { spec: { replicas: -1 } } },
        { signal, precondition: await isWeb() },
      ),
    );
    assert.equal(negative.failure, 'Invalid');
    assert.deepEqual(negative.fields, ['spec.replicas']);
  });
});

describe('a patch', () => {
  const annotate = (value: string): KubernetesPatch[] => [
    {
      type: 'merge',
      patch: { metadata: { annotations: { merge: value } } },
    },
    {
      type: 'strategic',
      patch: {
        metadata: { annotations: { strategic: value } },
        // Lists are merged by name: the other container stays.
        spec: {
          template: {
            spec: {
              containers: [
                { name: 'main', resources: { requests: { cpu: '100m' } } },
              ],
            },
          },
        },
      },
    },
    {
      type: 'json',
      operations: [{ op: 'add', path: '/metadata/annotations/json', value }],
    },
  ];

  it('changes the object that was meant, as it was read', async () => {
    for (const patch of annotate('1')) {
      await asItIs(precondition =>
        writer.patch(WEB, patch, { precondition, signal }),
      );
      const { metadata } = await web();
      assert.equal(metadata.annotations?.[patch.type], '1');
    }
    const { containers } = (await web()).spec.template.spec!;
    assert.deepEqual(
      containers.map(({ name, resources }) => [name, resources?.requests?.cpu]),
      [
        ['main', '100m'],
        ['helper', undefined],
      ],
    );
  });

  it('changes no other, none that was changed since, and nothing in a dry run', async () => {
    for (const patch of annotate('2')) {
      const precondition = await isWeb();
      const change = (more: object, dryRun = false) =>
        writer.patch(WEB, patch, {
          precondition: { ...precondition, ...more },
          dryRun,
          signal,
        });
      assert.equal(await failureOf(change({ uid: OTHER })), 'Conflict');
      assert.equal(
        await failureOf(change({ resourceVersion: '1' })),
        'Conflict',
      );
      await change({}, true);
      const { metadata } = await web();
      assert.equal(metadata.annotations?.[patch.type], '1');
    }
  });

  it('changes nothing that is not there', async () => {
    const none = { ...WEB, name: 'none' };
    for (const patch of annotate('3')) {
      assert.equal(
        await failureOf(
          writer.patch(none, patch, { precondition: { uid: OTHER }, signal }),
        ),
        'NotFound',
      );
    }
  });
});

describe('scaling', () => {
  const scale = (replicas: number, more: object, dryRun = false) =>
    isWeb().then(precondition =>
      writer.scale(WEB, replicas, {
        precondition: { ...precondition, ...more },
        dryRun,
        signal,
      }),
    );

  it('is of the object that was meant, as it was read', async () => {
    assert.equal(await failureOf(scale(5, { uid: OTHER })), 'Conflict');
    assert.equal(
      await failureOf(scale(5, { resourceVersion: '1' })),
      'Conflict',
    );
    await scale(5, {}, true);
    assert.equal((await web()).replicas, 2);
    await asItIs(precondition =>
      writer.scale(WEB, 3, { precondition, signal }),
    );
    const { replicas, metadata } = await web();
    assert.equal(replicas, 3);
    const managers = metadata.managedFields!.filter(
      ({ subresource }) => subresource === 'scale',
    );
    assert.deepEqual(
      managers.map(({ manager }) => manager),
      ['headroom'],
    );
  });
});

describe('an eviction', () => {
  const firstPod = async () => {
    const { items } = await core.listNamespacedPod({
      namespace: NAMESPACE,
      labelSelector: 'app=web',
      fieldSelector: 'status.phase=Running',
    });
    const { name, uid } = items[0].metadata!;
    return { pod: { namespace: NAMESPACE, name: name! }, uid: uid! };
  };
  const evict = (
    { pod, uid }: Awaited<ReturnType<typeof firstPod>>,
    options: { dryRun?: boolean; by?: KubernetesWriter } = {},
  ) =>
    (options.by ?? writer).evict(pod, {
      precondition: { uid },
      dryRun: options.dryRun,
      gracePeriodSeconds: 0,
      signal,
    });

  it('is not made against a PodDisruptionBudget, in a dry run neither', async () => {
    await create<V1PodDisruptionBudget>({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { namespace: NAMESPACE, name: 'web' },
      spec: { minAvailable: 3, selector: { matchLabels: { app: 'web' } } },
    });
    await until(
      'three pods are healthy, as many as there must be',
      async () => {
        const { status } = await policy.readNamespacedPodDisruptionBudget({
          namespace: NAMESPACE,
          name: 'web',
        });
        return status?.currentHealthy === 3 && status.disruptionsAllowed === 0;
      },
    );
    const first = await firstPod();
    for (const dryRun of [true, false]) {
      const error = await errorOf(evict(first, { dryRun }));
      assert.equal(error.failure, 'DisruptionBudget');
      assert.equal(error.status, 429);
      assert.match(error.message, /PodDisruptionBudget doesn't allow evicting/);
    }
    await policy.deleteNamespacedPodDisruptionBudget({
      namespace: NAMESPACE,
      name: 'web',
    });
  });

  it('is of the pod that was meant', async () => {
    const first = await firstPod();
    assert.equal(await failureOf(evict({ ...first, uid: OTHER })), 'Conflict');
    await evict(first, { dryRun: true });
    const still = await readerOf().get<Made>(
      { ...PODS, ...first.pod },
      { signal },
    );
    assert.equal(still.metadata.uid, first.uid);
    await evict(first);
    await until('the pod is gone', async () => {
      const found = readerOf().get({ ...PODS, ...first.pod }, { signal });
      return found.then(
        () => false,
        error => error.failure === 'NotFound',
      );
    });
    assert.equal(await failureOf(evict(first)), 'NotFound');
  });
});
