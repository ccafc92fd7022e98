import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWrittenDemo, WrittenDemo } from './__testUtils__/writtenDemo';

const LABELS = {
  app: 'parcel-api',
  'app.kubernetes.io/name': 'parcel-api',
  'backstage.io/kubernetes-id': 'parcel-api',
};
const NAMESPACE = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'parcels', labels: { team: 'parcels' } },
};
const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'parcel-api',
    namespace: 'parcels',
    labels: LABELS,
    annotations: { 'backstage.io/kubernetes-id': 'parcel-api' },
  },
  spec: {
    selector: { matchLabels: { app: 'parcel-api' } },
    template: {
      metadata: { labels: LABELS },
      spec: {
        priorityClassName: 'standard',
        containers: [
          {
            name: 'api',
            image: 'registry.example.com/parcels/api:1.0.0',
            ports: [{ name: 'http', containerPort: 8080 }],
            readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
            resources: {
              requests: { cpu: '500m', memory: '512Mi' },
              limits: { memory: '512Mi' },
            },
          },
        ],
      },
    },
  },
};
const HPA = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'parcels-scaler', namespace: 'parcels' },
  spec: {
    scaleTargetRef: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'parcel-api',
    },
    minReplicas: 2,
    maxReplicas: 10,
    metrics: [
      {
        type: 'Resource',
        resource: {
          name: 'cpu',
          target: { type: 'Utilization', averageUtilization: 60 },
        },
      },
    ],
  },
};
const DEPLOYMENTS = '/apis/apps/v1/namespaces/parcels/deployments';
const HPAS = '/apis/autoscaling/v2/namespaces/parcels/horizontalpodautoscalers';
const PODS = '/api/v1/namespaces/parcels/pods';

let written: WrittenDemo;
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'creating-'));
  written = await startWrittenDemo({
    interventionFile: join(directory, 'done.jsonl'),
  });
}, 60_000);

afterEach(async () => {
  await written.demo.stop();
  await rm(directory, { recursive: true, force: true });
});

const apply = (path: string, object: { metadata: { name: string } }) =>
  written.send(
    'PATCH',
    `${path}/${object.metadata.name}?fieldManager=gitops&force=true`,
    object,
    'application/apply-patch+yaml',
  );

const usageOf = async (start: string, end: string) => {
  const { body } = await written.get(
    `/telemetry/v1/usage?start=${start}&end=${end}`,
  );
  return body.containers.filter(
    (each: { namespace: string }) => each.namespace === 'parcels',
  );
};

it('makes a namespace, what runs in it, and what scales that', async () => {
  expect(await written.send('POST', DEPLOYMENTS, DEPLOYMENT)).toMatchObject({
    status: 404,
    body: { message: 'namespaces "parcels" not found' },
  });
  const namespace = await written.send('POST', '/api/v1/namespaces', NAMESPACE);
  expect(namespace).toMatchObject({
    status: 201,
    body: { metadata: { labels: { team: 'parcels' } } },
  });
  expect(await apply(DEPLOYMENTS, DEPLOYMENT)).toMatchObject({
    status: 201,
    body: { metadata: { generation: 1 }, spec: { replicas: 1 } },
  });
  written.pass(1);
  expect((await apply(HPAS, HPA)).status).toBe(201);
  written.pass(120);
  const { body: deployment } = await written.get(`${DEPLOYMENTS}/parcel-api`);
  expect(deployment.spec.replicas).toBeGreaterThanOrEqual(2);
  expect(deployment.spec.template).toEqual(DEPLOYMENT.spec.template);
  expect(deployment.status.readyReplicas).toBe(deployment.spec.replicas);
  const { body: pods } = await written.get(PODS);
  expect(pods.items).toHaveLength(deployment.spec.replicas);
  expect(pods.items[0].spec).toMatchObject({
    priorityClassName: 'standard',
    containers: [{ readinessProbe: { httpGet: { path: '/ready' } } }],
  });
  const { body: hpa } = await written.get(`${HPAS}/parcels-scaler`);
  expect(hpa.status).toMatchObject({
    currentReplicas: deployment.spec.replicas,
    desiredReplicas: deployment.spec.replicas,
  });
  const [{ resource }] = hpa.status.currentMetrics;
  expect(resource.current.averageUtilization).toBeGreaterThan(0);
  expect(resource.current.averageUtilization).toBeLessThanOrEqual(60);
});

it('uses what it asks for from then on, never before, and the same after a restart', async () => {
  const before = await usageOf('2026-02-12T10:00:00Z', '2026-02-12T20:00:00Z');
  expect(before).toEqual([]);
  await written.send('POST', '/api/v1/namespaces', NAMESPACE);
  await apply(DEPLOYMENTS, DEPLOYMENT);
  await apply(HPAS, HPA);
  written.pass(6 * 3600);
  const window = ['2026-02-12T20:00:00Z', '2026-02-13T02:00:00Z'] as const;
  const used = await usageOf(...window);
  // Of the first hour it was there for fifty minutes.
  for (const hour of used) {
    expect(hour.cpuRequestCoreSeconds).toBe(0.5 * hour.runSeconds);
    expect(hour.cpuUsageCoreSeconds).toBeGreaterThan(0);
    expect(hour.cpuUsageCoreSeconds).toBeLessThan(hour.cpuRequestCoreSeconds);
    expect(hour.memoryUsageByteSeconds).toBeLessThan(
      hour.memoryRequestByteSeconds,
    );
    expect(hour).toMatchObject({ workload: 'parcel-api', labels: LABELS });
  }
  expect(new Set(used.map((each: { hour: string }) => each.hour)).size).toBe(6);
  const { body: again } = await written.get(`${DEPLOYMENTS}/parcel-api`);
  await written.demo.stop();
  written = await startWrittenDemo({
    interventionFile: join(directory, 'done.jsonl'),
    now: new Date('2026-02-13T02:10:00Z'),
  });
  expect(written.demo.skipped).toEqual([]);
  expect(await usageOf(...window)).toEqual(used);
  const { body } = await written.get(`${DEPLOYMENTS}/parcel-api`);
  expect(body.metadata.uid).toBe(again.metadata.uid);
  expect(await usageOf('2026-02-12T10:00:00Z', '2026-02-12T20:00:00Z')).toEqual(
    [],
  );
});

it('is written as a whole afterwards, and goes', async () => {
  await written.send('POST', '/api/v1/namespaces', NAMESPACE);
  await apply(DEPLOYMENTS, DEPLOYMENT);
  const first = (await written.get(`${DEPLOYMENTS}/parcel-api`)).body;
  written.pass(60);
  const container = DEPLOYMENT.spec.template.spec.containers[0];
  const next = structuredClone(DEPLOYMENT);
  next.spec.template.spec.containers[0] = {
    ...container,
    image: 'registry.example.com/parcels/api:1.1.0',
  };
  expect(await apply(DEPLOYMENTS, next)).toMatchObject({
    status: 200,
    body: { metadata: { generation: 2, uid: first.metadata.uid } },
  });
  expect(await apply(DEPLOYMENTS, next)).toMatchObject({
    body: { metadata: { generation: 2 } },
  });
  written.pass(300);
  const { body: pods } = await written.get(PODS);
  expect(pods.items.map((pod: any) => pod.spec.containers[0].image)).toEqual([
    'registry.example.com/parcels/api:1.1.0',
  ]);
  const scaled = await written.send(
    'PATCH',
    `${DEPLOYMENTS}/parcel-api/scale`,
    { spec: { replicas: 3 } },
    'application/merge-patch+json',
  );
  expect(scaled.body.spec.replicas).toBe(3);
  written.pass(120);
  expect((await written.get(PODS)).body.items).toHaveLength(3);

  await written.send('DELETE', `${DEPLOYMENTS}/parcel-api`);
  written.pass(60);
  expect((await written.get(`${DEPLOYMENTS}/parcel-api`)).status).toBe(404);
  expect((await written.get(PODS)).body.items).toEqual([]);
  await apply(DEPLOYMENTS, DEPLOYMENT);
  const second = (await written.get(`${DEPLOYMENTS}/parcel-api`)).body;
  expect(second.metadata.uid).not.toBe(first.metadata.uid);
  await written.send('DELETE', '/api/v1/namespaces/parcels');
  written.pass(60);
  expect((await written.get('/api/v1/namespaces/parcels')).status).toBe(404);
  expect((await written.get(`${DEPLOYMENTS}/parcel-api`)).status).toBe(404);
});

it.each([
  [
    'a name that is taken',
    DEPLOYMENTS.replace('parcels', 'payments'),
    { ...DEPLOYMENT, metadata: { name: 'payment-ledger' } },
    409,
    'AlreadyExists',
  ],
  [
    'a selector that finds nothing',
    DEPLOYMENTS.replace('parcels', 'payments'),
    {
      ...DEPLOYMENT,
      metadata: { name: 'x' },
      spec: { ...DEPLOYMENT.spec, selector: { matchLabels: { app: 'y' } } },
    },
    422,
    'Invalid',
  ],
  [
    'a name that is none',
    DEPLOYMENTS.replace('parcels', 'payments'),
    { ...DEPLOYMENT, metadata: { name: 'X_1' } },
    422,
    'Invalid',
  ],
  [
    'a least above the most',
    HPAS.replace('parcels', 'payments'),
    { ...HPA, metadata: { name: 'x' }, spec: { ...HPA.spec, minReplicas: 11 } },
    422,
    'Invalid',
  ],
  [
    'a kind without a definition',
    '/apis/karpenter.sh/v1/nodepools',
    {},
    404,
    undefined,
  ],
])('refuses %s', async (_, path, object, status, reason) => {
  const answer = await written
    .send('POST', path, object)
    .catch(() => ({ status: 404, body: {} as any }));
  expect(answer.status).toBe(status);
  expect(answer.body.reason).toBe(reason);
});
