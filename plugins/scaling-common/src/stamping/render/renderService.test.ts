import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { checkManifests, readManifests } from '../../manifests';
import { makeSpec } from '../__testUtils__/makeSpec';
import {
  CRITICALITIES,
  ENVIRONMENTS,
  SERVICE_KINDS,
  ServiceSpec,
} from '../ServiceSpec';
import { localQueueOf, podsOf } from './names';
import { renderService } from './renderService';

function objectsOf(spec: ServiceSpec) {
  const { objects, unread } = readManifests(renderService(spec));
  expect(unread).toEqual([]);
  return objects.filter(({ object }) => object.kind !== 'Kustomization');
}

function findingsOf(spec: ServiceSpec) {
  return checkManifests(objectsOf(spec), {
    kubernetesVersion: '1.36',
    kedaVersion: '2.21.0',
  }).map(({ rule, object, said }) => `${rule} ${object.kind}: ${said.message}`);
}

const ALL = SERVICE_KINDS.flatMap(kind =>
  ENVIRONMENTS.flatMap(environment =>
    CRITICALITIES.map(criticality => ({ kind, environment, criticality })),
  ),
);

it.each(ALL)('finds nothing to say of %j', over => {
  expect(findingsOf(makeSpec(over))).toEqual([]);
});

it.each([
  { gpu: { sharing: 'time-slicing', memory: '8Gi' } },
  { gpu: { sharing: 'mig', memory: '9Gi', model: 'NVIDIA-A100-SXM4-80GB' } },
  { gpu: { sharing: 'whole', model: 'NVIDIA-L4' }, spot: true },
] as const)('finds nothing to say of a device shared as %j', over => {
  expect(findingsOf(makeSpec({ kind: 'gpu-inference', ...over }))).toEqual([]);
});

const label = (longest: number) =>
  fc
    .string({
      unit: fc.constantFrom(...'abyno019-'),
      minLength: 1,
      maxLength: longest,
    })
    .filter(text => /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(text));

const specs = fc
  .record({
    kind: fc.constantFrom(...SERVICE_KINDS),
    name: fc.oneof(label(52), fc.constant('n'.repeat(52))),
    namespace: fc.oneof(label(63), fc.constant('y'.repeat(63))),
    timezone: fc.constantFrom(
      'America/Argentina/Buenos_Aires',
      'Europe/Berlin',
      'UTC',
    ),
    criticality: fc.constantFrom(...CRITICALITIES),
    image: fc.constantFrom('registry.example:5000/a/b:1e3', 'a@sha256:0123'),
    system: fc.constantFrom(undefined, 'system:default/No', 'a b', 'x'),
    spot: fc.boolean(),
  })
  .map(over => makeSpec(over));

describe('of any service', () => {
  it('is read the same by readers of YAML 1.1 and 1.2', () => {
    fc.assert(
      fc.property(specs, spec => {
        const files = renderService(spec).filter(
          ({ objects }) => objects.length > 0,
        );
        for (const { text, objects } of files) {
          for (const version of ['1.1', '1.2'] as const) {
            const read = parseAllDocuments(text, { version });
            expect(read.map(document => document.toJS())).toEqual(
              JSON.parse(JSON.stringify(objects)),
            );
          }
        }
        expect(objectsOf(spec).flatMap(o => o.source?.surprises)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('selects its own pods by every selector, and nothing else', () => {
    fc.assert(
      fc.property(specs, spec => {
        const text = JSON.stringify(renderService(spec).map(f => f.objects));
        const selectors = text.matchAll(
          /"(?:matchLabels|selector)":(\{[^{}]*\})/g,
        );
        const own = [...selectors]
          .map(([, selector]) => JSON.parse(selector))
          .filter(labels => !('kubernetes.io/metadata.name' in labels));
        expect(own.length).toBeGreaterThan(2);
        for (const labels of own) {
          expect(labels).toEqual({ 'app.kubernetes.io/name': spec.name });
        }
        expect(renderService(spec)).toEqual(renderService(spec));
      }),
      { numRuns: 60 },
    );
  });
});

it('leaves the number of replicas to the autoscaler, and says it where there is none', () => {
  const replicasOf = (over: Partial<ServiceSpec>) =>
    objectsOf(makeSpec(over)).find(({ object }) => object.kind === 'Deployment')
      ?.object.spec;
  expect(replicasOf({})).not.toHaveProperty('replicas');
  expect(
    replicasOf({
      replicas: { min: 3, max: 3 },
      scaling: { signal: 'none' },
    }),
  ).toHaveProperty('replicas', 3);
});

it('asks for the smallest slice that holds the memory', () => {
  const [workload] = objectsOf(
    makeSpec({
      kind: 'gpu-inference',
      gpu: { sharing: 'mig', memory: '9Gi', model: 'NVIDIA-A100-SXM4-80GB' },
    }),
  ).filter(({ object }) => object.kind === 'Deployment');
  expect(JSON.stringify(workload.object)).toContain(
    '"limits":{"memory":"8Gi","ephemeral-storage":"4Gi","nvidia.com/mig-1g.10gb":"1"}',
  );
});

it.each([
  ['web-service', 'web-5d8f9c7b6d-x2x4z', true],
  ['web-service', 'web-api-5d8f9c7b6d-x2x4z', false],
  ['web-service', 'web-0', false],
  ['feature-store', 'web-12', true],
  ['feature-store', 'web-5d8f9c7b6d-x2x4z', false],
  ['training-job', 'web-29384756-x2x4z', true],
] as const)('takes of %s the pod %s for its own: %s', (kind, pod, own) => {
  // Prometheus anchors its patterns.
  expect(
    new RegExp(`^(?:${podsOf(makeSpec({ kind, name: 'web' }))})$`).test(pod),
  ).toBe(own);
});

it.each([
  [
    { sharing: 'time-slicing', memory: '8Gi', model: 'NVIDIA-L4' },
    'In',
    ['NVIDIA-L4-SHARED'],
  ],
  [{ sharing: 'whole', model: 'NVIDIA-L4' }, 'In', ['NVIDIA-L4']],
  [{ sharing: 'whole' }, 'NotIn', ['time-slicing', 'mps']],
  [{ sharing: 'time-slicing', memory: '8Gi' }, 'In', ['time-slicing']],
] as const)(
  'runs %j on devices whose label is %s %j',
  (gpu, operator, values) => {
    const text = JSON.stringify(
      renderService(makeSpec({ kind: 'gpu-inference', gpu })).map(
        f => f.objects,
      ),
    );
    expect(text).toContain(JSON.stringify({ operator, values }).slice(1, -1));
  },
);

it('names a queue that can be a label, whatever the namespace is called', () => {
  const queueIn = (namespace: string) =>
    localQueueOf(makeSpec({ kind: 'training-job', namespace }));
  expect(queueIn('ml')).toBe('ml-queue');
  expect(queueIn('n'.repeat(63))).toBe('n'.repeat(63));
});

it('adds replicas for busy devices only as a guard', () => {
  const [scaler] = objectsOf(
    makeSpec({ kind: 'model-serving', gpu: { sharing: 'whole' } }),
  ).filter(({ object }) => object.kind === 'ScaledObject');
  expect(scaler.object.spec).toMatchObject({
    triggers: [
      { name: 'requests', metricType: 'AverageValue' },
      { name: 'latency', metricType: 'Value' },
      { name: 'gpu', metricType: 'Value', metadata: { threshold: '0.95' } },
    ],
  });
});

it.each(SERVICE_KINDS)('never limits a %s to less than it requests', kind => {
  const text = JSON.stringify(
    renderService(makeSpec({ kind })).map(f => f.objects),
  );
  const [, requests, limits] =
    /"resources":\{"requests":(\{[^}]*"ephemeral-storage"[^}]*\}),"limits":(\{[^}]*\})/.exec(
      text,
    )!;
  const { cpu, ...others } = JSON.parse(requests);
  expect(cpu).toMatch(/^\d+m?$/);
  // CPU has no limit unless it is said; the rest is limited to what is requested.
  expect(JSON.parse(limits)).toEqual(others);
});

it.each(SERVICE_KINDS)(
  'asks Prometheus for series of a %s by whole matchers',
  kind => {
    const gpu = { sharing: 'whole' } as const;
    const queries = renderService(makeSpec({ kind, gpu }))
      .flatMap(({ text }) => text.match(/\b(?:expr|query)"?: .*/g) ?? [])
      .filter(query => query.includes('{'));
    expect(queries.length).toBeGreaterThan(5);
    // A pattern has braces of its own, so nothing may be put before the first one.
    for (const query of queries) {
      expect(
        query
          .replace(/\\"/g, '"')
          .replace(/\{\w+(=|=~)"[^"]*"(,\w+(=|=~)"[^"]*")*\}/g, ''),
      ).not.toMatch(/[{}]/);
    }
  },
);
