import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { DemoCluster, startDemoCluster } from '@headroom/demo-cluster';
import { FieldChange, KubernetesTarget } from '@headroom/common';
import { createKubernetesAccess } from '@headroom/plugin-clusters-node';
import { ActingContext, ActingOn } from '@headroom/plugin-controllers-node';
import { mockServices } from '@backstage/backend-test-utils';
import { KubernetesActuator } from './KubernetesActuator';

const { signal } = new AbortController();
const context: ActingContext = {
  signal,
  token: 7,
  at: '2026-03-02T20:00:00.000Z',
};
const HPA = {
  type: 'kubernetes',
  cluster: 'us-west',
  group: 'autoscaling',
  version: 'v2',
  kind: 'HorizontalPodAutoscaler',
  resource: 'horizontalpodautoscalers',
  namespace: 'storefront',
  name: 'web-frontend',
} as const;
const MIN = ['spec', 'minReplicas'];
const PATH =
  '/apis/autoscaling/v2/namespaces/storefront/horizontalpodautoscalers/web-frontend';

let demo: DemoCluster;
let actuator: KubernetesActuator;
let target: KubernetesTarget;
let down: ActingOn;

const read = async (path = PATH) =>
  (await fetch(demo.urls['us-west'] + path)).json();

function actuatorWith(
  act: object,
  url = demo.urls['us-west'],
): KubernetesActuator {
  return KubernetesActuator.create({
    access: createKubernetesAccess({
      config: mockServices.rootConfig({
        data: {
          headroom: {
            clusters: [
              {
                name: 'us-west',
                kubernetes: { url, ...act },
              },
            ],
          },
        },
      }),
      logger: mockServices.logger.mock(),
    }),
  });
}

const action = (
  id: string,
  changes: FieldChange[],
  over: Partial<ActingOn> = {},
): ActingOn => ({
  id,
  policyId: 'nights',
  key: id,
  target,
  subject: 'Deployment storefront/web-frontend',
  changes,
  direction: 'down',
  reason: { message: 'Night.' },
  evidence: [],
  expected: { text: { message: 'Less.' }, settleSeconds: 0 },
  undo: { message: 'Back.' },
  ...over,
});

beforeEach(async () => {
  demo = await startDemoCluster({
    ports: { 'us-west': 0, 'eu-central': 0 },
    start: new Date(Date.now() - 3600_000),
  });
  actuator = actuatorWith({ act: { token: 'acts' } });
  const { metadata } = await read();
  target = {
    ...HPA,
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion,
  };
  down = action('a1', [{ path: MIN, before: 2, after: 1 }]);
});

afterEach(async () => {
  await demo.stop();
});

it('writes a field, what it was and whose it is in one request, once', async () => {
  const seen = await actuator.look(down, { signal });
  expect(seen.values).toEqual([2]);
  expect(seen.marker).toBeUndefined();
  expect(seen.memory).toMatchObject({
    fields: { 'spec.minReplicas': { was: 2, set: 1 } },
  });
  await actuator.dryRun(down, seen, context);
  expect((await read()).spec.minReplicas).toBe(2);
  const { version } = await actuator.apply(down, seen, context);
  const written = await read();
  expect(written.metadata.resourceVersion).toBe(version);
  expect(written.spec.minReplicas).toBe(1);
  expect(written.metadata.annotations['headroom.io/action']).toBe('a1');
  expect(
    JSON.parse(written.metadata.annotations['headroom.io/restore']),
  ).toEqual({
    v: 1,
    policy: 'nights',
    at: context.at,
    uid: target.uid,
    fields: { 'spec.minReplicas': { was: 2, set: 1 } },
  });
  // What it was written on is gone.
  await expect(actuator.apply(down, seen, context)).rejects.toMatchObject({
    kind: 'conflict',
  });
  const after = await actuator.look(down, { signal });
  expect(after).toMatchObject({
    marker: 'a1',
    values: [1],
    managers: ['headroom'],
  });
});

it('notes who had set the field', async () => {
  const by = action('a1', [
    { path: MIN, before: 2, after: 1, setBy: 'kubectl-edit' },
  ]);
  await actuator.apply(by, await actuator.look(by, { signal }), context);
  const { metadata } = await read();
  expect(
    JSON.parse(metadata.annotations['headroom.io/restore']).fields,
  ).toEqual({ 'spec.minReplicas': { was: 2, set: 1, by: 'kubectl-edit' } });
});

it('keeps what was before its own first write, and takes the note away when all is as it was', async () => {
  await actuator.apply(down, await actuator.look(down, { signal }), context);
  const further = action('a2', [{ path: MIN, before: 1, after: 3 }]);
  await actuator.apply(
    further,
    await actuator.look(further, { signal }),
    context,
  );
  const { metadata } = await read();
  expect(
    JSON.parse(metadata.annotations['headroom.io/restore']).fields,
  ).toEqual({ 'spec.minReplicas': { was: 2, set: 3 } });
  const back = action('a3', [{ path: MIN, before: 3, after: 2 }], {
    direction: 'restore',
  });
  await actuator.apply(back, await actuator.look(back, { signal }), context);
  const restored = await read();
  expect(restored.spec.minReplicas).toBe(2);
  expect(restored.metadata.annotations['headroom.io/restore']).toBeUndefined();
  expect(restored.metadata.annotations['headroom.io/action']).toBe('a3');
});

it('fences off a write that comes late, each time anew', async () => {
  const seen = await actuator.look(down, { signal });
  await actuator.fenceOff(down, seen, context);
  await expect(actuator.apply(down, seen, context)).rejects.toMatchObject({
    kind: 'conflict',
  });
  await expect(actuator.fenceOff(down, seen, context)).rejects.toMatchObject({
    kind: 'conflict',
  });
  const again = await actuator.look(down, { signal });
  // By the same leader: it moves the version all the same.
  await actuator.fenceOff(down, again, context);
  await expect(actuator.apply(down, again, context)).rejects.toMatchObject({
    kind: 'conflict',
  });
  expect((await read()).spec.minReplicas).toBe(2);
});

it('changes a container in its list, and leaves the others', async () => {
  const path = '/apis/apps/v1/namespaces/storefront/deployments/web-frontend';
  const { metadata, spec } = await read(path);
  const [container] = spec.template.spec.containers;
  const cpu = [
    'spec',
    'template',
    'spec',
    'containers',
    `[name=${container.name}]`,
    'resources',
    'requests',
    'cpu',
  ];
  const smaller = action(
    'a4',
    [{ path: cpu, before: container.resources.requests.cpu, after: '123m' }],
    {
      target: {
        ...target,
        group: 'apps',
        version: 'v1',
        kind: 'Deployment',
        resource: 'deployments',
        uid: metadata.uid,
      },
    },
  );
  const seen = await actuator.look(smaller, { signal });
  expect(seen.values).toEqual([container.resources.requests.cpu]);
  await actuator.apply(smaller, seen, context);
  const written = await read(path);
  expect(written.spec.template.spec.containers).toEqual(
    spec.template.spec.containers.map((each: { name: string }) =>
      each.name === container.name
        ? {
            ...container,
            resources: {
              ...container.resources,
              requests: { ...container.resources.requests, cpu: '123m' },
            },
          }
        : each,
    ),
  );
});

it('says that it is gone when it is another of the same name', async () => {
  const other = action('a5', [], { target: { ...target, uid: 'another' } });
  await expect(actuator.look(other, { signal })).rejects.toMatchObject({
    kind: 'gone',
  });
  const none = action('a6', [], { target: { ...target, name: 'none' } });
  await expect(actuator.look(none, { signal })).rejects.toMatchObject({
    kind: 'gone',
  });
});

it('needs an identity that acts', async () => {
  const reads = actuatorWith({});
  const seen = await reads.look(down, { signal });
  await expect(reads.apply(down, seen, context)).rejects.toMatchObject({
    kind: 'forbidden',
    mend: expect.stringContaining('act: { token'),
  });
});

describe('a pod that runs', () => {
  const path = '/api/v1/namespaces/ml-serving/pods/job-queue-0';
  const cpu = [
    'spec',
    'containers',
    '[name=nats]',
    'resources',
    'requests',
    'cpu',
  ];
  let smaller: ActingOn;

  beforeEach(async () => {
    const { metadata, spec } = await read(path);
    smaller = action(
      'r1',
      [
        {
          path: cpu,
          before: spec.containers[0].resources.requests.cpu,
          after: '211m',
        },
      ],
      {
        target: {
          ...target,
          group: '',
          version: 'v1',
          kind: 'Pod',
          resource: 'pods',
          namespace: 'ml-serving',
          name: 'job-queue-0',
          uid: metadata.uid,
          resourceVersion: metadata.resourceVersion,
        },
      },
    );
  });

  it('is resized in place, once, and says who did', async () => {
    const seen = await actuator.look(smaller, { signal });
    expect(seen).toMatchObject({ ours: false });
    await actuator.dryRun(smaller, seen, context);
    expect((await read(path)).metadata.resourceVersion).toBe(seen.version);
    const { version } = await actuator.apply(smaller, seen, context);
    const { metadata, spec } = await read(path);
    expect(metadata.resourceVersion).toBe(version);
    expect(metadata.uid).toBe((smaller.target as KubernetesTarget).uid);
    expect(spec.containers[0].resources.requests.cpu).toBe('211m');
    expect(metadata.annotations?.['headroom.io/restore']).toBeUndefined();
    await expect(actuator.apply(smaller, seen, context)).rejects.toMatchObject({
      kind: 'conflict',
    });
    expect(await actuator.look(smaller, { signal })).toMatchObject({
      ours: true,
      values: ['211m'],
      managers: ['headroom'],
    });
  });

  it('gets nothing but other quantities', async () => {
    const [change] = smaller.changes;
    const odd = [
      { path: ['spec', 'nodeName'], before: 'a', after: 'b' },
      { ...change, after: null },
    ];
    for (const each of odd) {
      const asked = { ...smaller, changes: [each] };
      const seen = await actuator.look(asked, { signal });
      await expect(actuator.dryRun(asked, seen, context)).rejects.toMatchObject(
        { kind: 'invalid' },
      );
    }
  });

  it('is not touched by a cluster that cannot resize', async () => {
    const old = createServer((_, response) => {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          kind: 'Status',
          apiVersion: 'v1',
          status: 'Failure',
          message: 'the server could not find the requested resource',
          reason: 'NotFound',
          code: 404,
          details: {},
        }),
      );
    });
    await new Promise<void>(resolve => old.listen(0, '127.0.0.1', resolve));
    const seen = await actuator.look(smaller, { signal });
    const { port } = old.address() as AddressInfo;
    const before133 = actuatorWith(
      { act: { token: 'acts' } },
      `http://127.0.0.1:${port}`,
    );
    await expect(before133.apply(smaller, seen, context)).rejects.toThrow(
      /needs Kubernetes 1\.33 or newer/,
    );
    old.close();
  });
});

describe('what comes after something else', () => {
  const deployment =
    '/apis/apps/v1/namespaces/storefront/deployments/web-frontend';
  const waitingFor = async (replicas: number, rolledOut: boolean) => {
    const { metadata } = await read(deployment);
    return {
      ...down,
      waitsFor: {
        target: {
          ...target,
          group: 'apps',
          version: 'v1',
          kind: 'Deployment',
          resource: 'deployments',
          uid: metadata.uid,
        },
        fields: [{ path: ['spec', 'replicas'], value: replicas }],
        rolledOut,
      },
    };
  };

  it('waits until it is so', async () => {
    const { spec } = await read(deployment);
    const early = await waitingFor(spec.replicas + 1, false);
    await expect(
      actuator.dryRun(early, await actuator.look(early, { signal }), context),
    ).rejects.toMatchObject({
      kind: 'wait',
      retryAfterMs: expect.any(Number),
      message:
        'Deployment storefront/web-frontend waits until Deployment web-frontend has been changed first.',
    });
    const due = await waitingFor(spec.replicas, true);
    await actuator.dryRun(due, await actuator.look(due, { signal }), context);
  });
});

describe('a note that can’t be read', () => {
  beforeEach(async () => {
    await fetch(demo.urls['us-west'] + PATH, {
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: JSON.stringify({
        metadata: { annotations: { 'headroom.io/restore': 'mine' } },
      }),
    });
  });

  it('is not written over', async () => {
    const seen = await actuator.look(down, { signal });
    await expect(actuator.dryRun(down, seen, context)).rejects.toThrow(
      /headroom\.io\/restore of .* can’t be read/,
    );
  });

  it('is no reason not to give back what was', async () => {
    const back = action('b1', [{ path: MIN, before: 2, after: 3 }], {
      direction: 'restore',
    });
    await actuator.apply(back, await actuator.look(back, { signal }), context);
    const { spec, metadata } = await read();
    expect(spec.minReplicas).toBe(3);
    expect(metadata.annotations['headroom.io/restore']).toBe('mine');
  });
});

it('moves the target of an autoscaler in percent of the request', async () => {
  const path = [
    'spec',
    'metrics',
    '[resource.name=cpu]',
    'resource',
    'target',
    'averageUtilization',
  ];
  const [metric] = (await read()).spec.metrics;
  const before = metric.resource.target.averageUtilization;
  const moved = action('m1', [{ path, before, after: before + 5 }]);
  const seen = await actuator.look(moved, { signal });
  expect(seen.values).toEqual([before]);
  await actuator.apply(moved, seen, context);
  expect(await actuator.look(moved, { signal })).toMatchObject({
    marker: 'm1',
    values: [before + 5],
    managers: ['headroom'],
  });
});
