import { parseQuantity } from '@headroom/common';
import {
  completeSpec,
  renderService,
  SERVICE_KINDS,
  ServiceKind,
  ServiceSpec,
  serviceSpecSchema,
} from '@headroom/plugin-scaling-common';
import { ClusterClient } from '../gitops/ClusterClient';
import { startWrittenDemo, WrittenDemo } from './__testUtils__/writtenDemo';

function specOf(kind: ServiceKind): ServiceSpec {
  return serviceSpecSchema.parse(
    completeSpec({
      kind,
      name: `new-${kind}`,
      namespace: 'stamped',
      cluster: 'us-west',
      owner: 'group:default/platform',
      image: 'registry.example.com/new/service:1.0.0',
      timezone: 'America/Los_Angeles',
    }),
  );
}

let written: WrittenDemo;

beforeAll(async () => {
  // A Thursday at noon in the cluster's own time.
  written = await startWrittenDemo();
}, 60_000);

afterAll(async () => {
  await written?.demo.stop();
});

it.each(SERVICE_KINDS.filter(kind => kind !== 'training-job'))(
  'a %s that was stamped runs between its bounds, and uses less than it asks for',
  async kind => {
    const spec = specOf(kind);
    const client = new ClusterClient(written.demo.urls['us-west']);
    const rendered = renderService(spec).flatMap(({ objects }) => [...objects]);
    const { problems } = await client.applyAll(
      JSON.parse(JSON.stringify(rendered)),
    );
    expect(problems).toEqual([]);
    written.pass(600);
    const selector = `app.kubernetes.io/name=${spec.name}`;
    const { body: pods } = await written.get(
      `/api/v1/namespaces/stamped/pods?labelSelector=${selector}`,
    );
    expect(pods.items.length).toBeGreaterThanOrEqual(
      Math.max(1, spec.replicas.min),
    );
    expect(pods.items.length).toBeLessThanOrEqual(spec.replicas.max);
    for (const { status } of pods.items) {
      expect(status.phase).toBe('Running');
    }
    const { body: nodes } = await written.get('/api/v1/nodes');
    const nodeOf = (name: string) =>
      nodes.items.find((each: any) => each.metadata.name === name).metadata
        .labels;
    const labels = nodeOf(pods.items[0].spec.nodeName);
    expect(labels['karpenter.sh/capacity-type']).toBe(
      spec.spot ? 'spot' : 'on-demand',
    );
    expect('nvidia.com/gpu.present' in labels).toBe(spec.gpu !== undefined);
    const { body: budgets } = await written.get(
      `/apis/policy/v1/namespaces/stamped/poddisruptionbudgets/${spec.name}`,
    );
    expect(budgets.status.expectedPods).toBe(pods.items.length);
    const { body: metrics } = await written.get(
      `/apis/metrics.k8s.io/v1beta1/namespaces/stamped/pods?labelSelector=${selector}`,
    );
    expect(metrics.items).toHaveLength(pods.items.length);
    const asked = parseQuantity(spec.requests.cpu)!;
    for (const { containers } of metrics.items) {
      const used = parseQuantity(containers[0].usage.cpu)!;
      expect(used).toBeGreaterThan(0);
      expect(used).toBeLessThan(asked);
    }
  },
);

it('a training that was stamped runs when it is due', async () => {
  const spec = { ...specOf('training-job'), cron: '30 14 * * *' };
  const client = new ClusterClient(written.demo.urls['us-west']);
  const rendered = renderService(spec).flatMap(({ objects }) => [...objects]);
  const { problems } = await client.applyAll(
    JSON.parse(JSON.stringify(rendered)),
  );
  expect(problems).toEqual([]);
  const podsNow = async () =>
    (
      await written.get(
        `/api/v1/namespaces/stamped/pods?labelSelector=app.kubernetes.io/name=${spec.name}`,
      )
    ).body.items;
  expect(await podsNow()).toEqual([]);
  // It was ten past twelve, and an hour for those before.
  written.pass(2 * 3600);
  const pods = await podsNow();
  expect(pods).toHaveLength(1);
  expect(pods[0].metadata.ownerReferences[0].kind).toBe('Job');
});

it.each([
  ['time-slicing', 'time-slicing'],
  ['whole', 'none'],
] as const)('GPUs are shared as asked: %s', async (sharing, strategy) => {
  const spec = { ...specOf('gpu-inference'), name: `gpu-${sharing}` };
  const client = new ClusterClient(written.demo.urls['us-west']);
  const rendered = renderService({
    ...spec,
    gpu: { sharing, ...(sharing !== 'whole' && { memory: '8Gi' }) },
  }).flatMap(({ objects }) => [...objects]);
  const { problems } = await client.applyAll(
    JSON.parse(JSON.stringify(rendered)),
  );
  expect(problems).toEqual([]);
  written.pass(600);
  const { body: pods } = await written.get(
    `/api/v1/namespaces/stamped/pods?labelSelector=app.kubernetes.io/name=${spec.name}`,
  );
  const { body: nodes } = await written.get('/api/v1/nodes');
  const strategies = pods.items.map(
    ({ spec: { nodeName } }: any) =>
      nodes.items.find(({ metadata }: any) => metadata.name === nodeName)
        .metadata.labels['nvidia.com/gpu.sharing-strategy'],
  );
  expect(new Set(strategies)).toEqual(new Set([strategy]));
});
