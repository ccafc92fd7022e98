/** The namespace of a team: its quota admits services and refuses one pod too many. */
import { V1Deployment, V1Pod } from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createNamespace, until } from '../../kubernetes/suites/cluster';
import { ask, getJson, pathOf } from './apiServer';
import { Manifest, setOf } from './rendered';

const { objects } = setOf('team-namespace', 'minimal');
const namespace = objects.find(({ kind }) => kind === 'Namespace')!.metadata
  .name;
const services = ['web-service', 'api-gateway'].map(name =>
  setOf(name, 'production-standard'),
);

async function post({ apiVersion, kind, metadata, ...more }: any) {
  const path = await pathOf(apiVersion, kind, metadata.namespace);
  return ask('POST', path!, { apiVersion, kind, metadata, ...more });
}

async function make(object: Manifest): Promise<void> {
  const { code, body } = await post(object);
  assert.ok(code === 201, `${object.kind}: ${code} ${body.message}`);
}

function pod(name: string, more: { resources?: object; context?: object }) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name },
    spec: {
      containers: [
        {
          name: 'main',
          image: 'example.com/main:1',
          resources: more.resources ?? {},
          securityContext: more.context ?? {
            allowPrivilegeEscalation: false,
            runAsNonRoot: true,
            capabilities: { drop: ['ALL'] },
            seccompProfile: { type: 'RuntimeDefault' },
          },
        },
      ],
    },
  };
}

const quota = () =>
  getJson(`/api/v1/namespaces/${namespace}/resourcequotas/team`);
const pods = (): Promise<V1Pod[]> =>
  getJson(`/api/v1/namespaces/${namespace}/pods`).then(({ items }) => items);

before(async () => {
  // They may be there from suites that ran before this one.
  await createNamespace(namespace).catch(() => undefined);
  for (const priority of setOf('priority-classes', 'minimal').objects) {
    const { code, body } = await post(priority);
    assert.ok(code === 201 || code === 409, `${code} ${body.message}`);
  }
  for (const object of objects) {
    if (object.kind === 'Namespace') {
      const path = `/api/v1/namespaces/${namespace}`;
      const { body } = await ask('PATCH', path, {
        metadata: { labels: object.metadata.labels },
      });
      assert.deepEqual(
        { ...body.metadata.labels, ...(object.metadata.labels as object) },
        body.metadata.labels,
      );
    } else {
      await make(object);
    }
  }
  await until('the quota is counted', async () => {
    const { status } = await quota();
    return status?.used?.pods !== undefined;
  });
});

describe('the namespace of a team', () => {
  it('admits services as the templates make them, under the strictest standard', async () => {
    const wanted = new Map<string, number>();
    for (const [index, set] of services.entries()) {
      const workload = set.objects.find(({ kind }) => kind === 'Deployment')!;
      const { spec } = workload as unknown as V1Deployment;
      const account = set.objects.find(
        ({ kind }) => kind === 'ServiceAccount',
      )!;
      // They have one name in all sets, and here they are side by side.
      const name = `service-${index}`;
      const text = JSON.stringify([account, workload]).replaceAll(
        `"${workload.metadata.name}"`,
        `"${name}"`,
      );
      for (const object of JSON.parse(text)) {
        await make(object);
      }
      assert.equal(spec!.replicas, undefined);
      wanted.set(name, 1);
    }
    await until('their pods are there', async () => {
      return (await pods()).length === wanted.size;
    });
    const { status } = await until('they are counted', async () => {
      const found = await quota();
      return found.status.used.pods === String(wanted.size) && found;
    });
    assert.equal(status.used['requests.cpu'], '750m');
    assert.equal(status.used['limits.memory'], '512Mi');
  });

  it('gives a pod that says nothing what it may use', async () => {
    await make(pod('bare', {}) as unknown as Manifest);
    const found = (await pods()).find(
      ({ metadata }) => metadata!.name === 'bare',
    );
    const { requests, limits } = found!.spec!.containers[0].resources!;
    assert.deepEqual(Object.keys(requests!).sort(), [
      'cpu',
      'ephemeral-storage',
      'memory',
    ]);
    // A limit of CPU would slow it down while cores are free.
    assert.deepEqual(Object.keys(limits!).sort(), [
      'ephemeral-storage',
      'memory',
    ]);
  });

  it('refuses a pod beyond the quota, to the millicore', async () => {
    const used = async () => {
      const { status } = await quota();
      const value: string = status.used['requests.cpu'];
      return value.endsWith('m')
        ? Number(value.slice(0, -1))
        : Number(value) * 1000;
    };
    await until('the bare pod is counted', async () => (await used()) === 850);
    const left =
      Number((await quota()).spec.hard['requests.cpu']) * 1000 - (await used());
    const asking = (cpu: number) => ({
      resources: { requests: { cpu: `${cpu}m` } },
    });
    const { code, body } = await post(pod('too-many', asking(left + 1)));
    assert.equal(code, 403);
    assert.match(body.message, /exceeded quota: team.*requests\.cpu/);
    assert.equal((await post(pod('last', asking(left)))).code, 201);
    assert.equal((await post(pod('one-more', asking(1)))).code, 403);
  });

  it('refuses a GPU that the team does not have', async () => {
    const gpu = { 'nvidia.com/gpu': '1' };
    const { code, body } = await post(
      pod('gpu', { resources: { requests: gpu, limits: gpu } }),
    );
    assert.equal(code, 403);
    assert.match(body.message, /nvidia\.com\/gpu/);
  });

  it('refuses a pod that may become more than it is', async () => {
    const { code, body } = await post(pod('root', { context: {} }));
    assert.equal(code, 403);
    assert.match(body.message, /violates PodSecurity "restricted/);
  });

  it('lets its people read, and leaves quota and limits to others', async () => {
    const binding = objects.find(({ kind }) => kind === 'RoleBinding')!;
    const [{ name: group }] = binding.subjects as Array<{ name: string }>;
    const may = async (verb: string, resource: string) => {
      const { body } = await post({
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SubjectAccessReview',
        metadata: {},
        spec: {
          user: 'somebody',
          groups: [group],
          resourceAttributes: { namespace, verb, resource },
        },
      });
      return body.status.allowed;
    };
    assert.equal(await may('get', 'pods'), true);
    assert.equal(await may('get', 'secrets'), false);
    for (const resource of ['resourcequotas', 'limitranges']) {
      assert.equal(await may('update', resource), false);
    }
  });
});
