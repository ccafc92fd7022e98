import {
  builtInPriceBook,
  compareManifestCosts,
  estimateMonthly,
  EstimatePrices,
} from '@headroom/plugin-cost-common';
import fc from 'fast-check';
import { makeSpec } from '../../stamping/__testUtils__/makeSpec';
import { demandsOf } from '../../stamping/demandsOf';
import { renderService } from '../../stamping/render';
import { ENVIRONMENTS, ServiceSpec } from '../../stamping/ServiceSpec';
import { readManifests } from '../readManifests';
import { costedObjects } from './costedObjects';
import { guardedPartsOf } from './guardedPartsOf';

const PRICES: EstimatePrices = {
  cluster: 'us-west',
  currency: 'USD',
  days: 0,
  pools: [],
  books: { config: {}, builtIn: builtInPriceBook },
};

const partsOf = (text: string, path = 'a.yaml') =>
  guardedPartsOf(readManifests([{ path, text }]));

const WEB = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  REPLICAS
  template:
    spec:
      nodeSelector: { nvidia.com/gpu.product: NVIDIA-A10G }
      overhead: { cpu: 10m }
      containers:
        - name: app
          image: secret.example/web
          env: [{ name: PASSWORD, value: hunter2 }]
          resources: { requests: { cpu: 250m, memory: 1Gi }, limits: { nvidia.com/gpu: 1 } }
      initContainers:
        - { name: migrate, resources: { requests: { cpu: 4 } } }
        - { name: proxy, restartPolicy: Always, resources: { requests: { cpu: 0.1, memory: 64Mi } } }
`;
const HPA = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web, namespace: shop }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  minReplicas: 2
  maxReplicas: 8
`;
const KEDA = `---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: web, namespace: shop }
spec: { scaleTargetRef: { name: web }, minReplicaCount: 2, idleReplicaCount: 0, maxReplicaCount: 5 }
`;
const web = (replicas = '') => WEB.replace('REPLICAS', replicas);

describe('guardedPartsOf', () => {
  it('reads what pods ask for and where they run', () => {
    expect(partsOf(web('replicas: 3'))).toEqual([
      {
        type: 'workload',
        facts: {
          namespace: 'shop',
          kind: 'Deployment',
          name: 'web',
          uid: '',
          podOverhead: { cpuCores: 0.01 },
          nodeLabels: { 'nvidia.com/gpu.product': 'NVIDIA-A10G' },
          containers: [
            {
              name: 'migrate',
              role: 'init',
              spec: { cpuRequestCores: 4 },
            },
            {
              name: 'proxy',
              role: 'sidecar',
              spec: { cpuRequestCores: 0.1, memoryRequestBytes: 2 ** 26 },
            },
            {
              name: 'app',
              role: 'main',
              spec: {
                cpuRequestCores: 0.25,
                memoryRequestBytes: 2 ** 30,
                gpus: { 'nvidia.com/gpu': 1 },
              },
            },
          ],
        },
        replicas: { min: 3, max: 3 },
        unknown: [],
      },
    ]);
  });

  it.each([
    ['', { min: 1, max: 1 }],
    ['replicas: 0', { min: 0, max: 0 }],
    [
      `replicas: 3\n${HPA}`,
      {
        min: 2,
        max: 8,
        scaler: { kind: 'HorizontalPodAutoscaler', name: 'web' },
      },
    ],
    [KEDA, { min: 0, max: 5, scaler: { kind: 'ScaledObject', name: 'web' } }],
  ])('reads of %j how many replicas there are', (more, expected) => {
    const [field, scaler = ''] = more.startsWith('---')
      ? ['', more]
      : more.split(/(?=---)/);
    const [part] = partsOf(`${web(field)}${scaler}`);
    expect(part).toMatchObject({ replicas: expected });
  });

  it.each([
    [web('replicas: "3"'), /replicas of web are 3/],
    [web('replicas: 1.5'), /no whole number/],
    [web('replicas: -1'), /no whole number/],
    [`${web()}${HPA.replace('maxReplicas: 8', '')}`, /names no maximum/],
    [web().replace('250m', 'lots'), /asks for lots of cpu/],
    [web().replace('250m', '1e400'), /asks for 1e400 of cpu/],
    [web().replace('250m', '.inf'), /asks for \.inf of cpu/],
    [web('replicas: 1e999'), /replicas of web are 1e999/],
  ])('says what it can not read (%#)', (text, why) => {
    const [part] = partsOf(text);
    const unknown = part.type === 'workload' ? part.unknown : [];
    expect(unknown.map(({ message }) => message).join()).toMatch(why);
  });

  it.each([
    ['a request', web().replace('250m', '-500m')],
    [
      'a request and the limit like it',
      web()
        .replace('250m', '-500m')
        .replace('limits: {', 'limits: { cpu: -500m,'),
    ],
    [
      'a limit alone',
      web()
        .replace('cpu: 250m, ', '')
        .replace('limits: {', 'limits: { cpu: -500m,'),
    ],
  ])('says once that %s can not be read', (_, text) => {
    const { unknown } = compareManifestCosts({
      after: partsOf(text),
      prices: { prices: PRICES },
    });
    expect(unknown.map(({ said }) => said.message)).toEqual([
      'The container app of web asks for -500m of cpu, which is no quantity such as 250m or 512Mi.',
    ]);
  });

  it('says beside what can not be read what is not requested', () => {
    const { unknown } = compareManifestCosts({
      after: partsOf(
        web()
          .replace('cpu: 250m, memory: 1Gi', 'cpu: -500m')
          .replace('cpu: 0.1, memory: 64Mi', 'memory: 64Mi'),
      ),
      prices: { prices: PRICES },
    });
    expect(unknown.map(({ said }) => said.message)).toEqual([
      expect.stringContaining('app of web asks for -500m of cpu'),
      expect.stringMatching(/^proxy of web requests no CPU/),
      expect.stringMatching(/^app of web requests no memory/),
    ]);
  });

  it('says once that what a pod asks for as a whole can not be read', () => {
    const { unknown } = compareManifestCosts({
      after: partsOf(
        web()
          .replace(
            'overhead:',
            'resources: { requests: { cpu: -1 } }\n      overhead:',
          )
          .replace('cpu: 250m, ', ''),
      ),
      prices: { prices: PRICES },
    });
    expect(unknown.map(({ said }) => said.message)).toEqual([
      expect.stringMatching(/^The container pod of web asks for -1 of cpu/),
    ]);
  });

  it('reads claims, load balancers, jobs that KEDA scales, and files that are templates', () => {
    const parts = partsOf(`
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec: { storageClassName: fast, resources: { requests: { storage: 10Gi } } }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: LoadBalancer }
---
apiVersion: v1
kind: Service
metadata: { name: inside }
---
apiVersion: keda.sh/v1alpha1
kind: ScaledJob
metadata: { name: queue }
`);
    expect(parts).toMatchObject([
      { type: 'volume', bytes: 10 * 2 ** 30, storageClass: 'fast' },
      { type: 'unpriced', name: 'Service web' },
      { type: 'unpriced', name: 'ScaledJob queue' },
    ]);
    expect(
      partsOf('{{- if .Values.a }}\na: b\n', 'chart/a.yaml'),
    ).toMatchObject([{ type: 'unpriced', name: 'chart/a.yaml' }]);
  });

  const JOB = `
apiVersion: batch/v1
kind: Job
metadata: { name: train }
spec: { parallelism: 1, completions: 2, template: { spec: { containers: [] } } }
`;
  const CRON = `
apiVersion: batch/v1
kind: CronJob
metadata: { name: night }
spec:
  schedule: '@daily'
  jobTemplate: { spec: { parallelism: 1, template: { spec: { containers: [] } } } }
`;
  const DAEMONS = `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec: { template: { spec: { containers: [], tolerations: [{ key: a }] } } }
`;
  const SCALED_JOB = `
apiVersion: keda.sh/v1alpha1
kind: ScaledJob
metadata: { name: queue }
spec:
  maxReplicaCount: 5
  jobTargetRef:
    parallelism: 1
    template:
      spec: { containers: [{ name: app, resources: { requests: { cpu: 1 } } }] }
  triggers: [{ type: rabbitmq, metadata: { value: '20', host: secret.example } }]
`;

  it.each([
    [JOB, 'parallelism: 1', 'parallelism: 9'],
    [JOB, 'completions: 2', 'completions: 3'],
    [CRON, '@daily', '@hourly'],
    [CRON, 'parallelism: 1', 'parallelism: 9'],
    [DAEMONS, 'key: a', 'operator: Exists'],
    [SCALED_JOB, 'maxReplicaCount: 5', 'maxReplicaCount: 50'],
    [SCALED_JOB, 'parallelism: 1', 'parallelism: 9'],
    [SCALED_JOB, 'cpu: 1', 'cpu: 8'],
    [SCALED_JOB, "'20'", "'1'"],
    ['a: {{ .Values.replicas }}{{\n', '.replicas', '.most'],
    [`a: [\n# ${'x'.repeat(600_000)}`, 'xxx', 'xxy'],
  ])(
    'tells what costs nothing known apart from what it was (%#)',
    (text, was, is) => {
      const sides = [text, text.replace(was, is)].map(each => {
        const { objects, unread } = readManifests([
          { path: 'a.yaml', text: each },
        ]);
        const told = costedObjects(objects).map(object => ({ object }));
        const parts = guardedPartsOf({ objects, unread });
        expect(guardedPartsOf({ objects: told, unread })).toEqual(parts);
        expect(JSON.stringify(told)).not.toContain('secret.example');
        return parts;
      });
      const of = ([before, after]: typeof sides) =>
        compareManifestCosts({ before, after, prices: { prices: PRICES } });
      expect(of(sides)).toMatchObject({
        rows: [{ status: 'changed' }],
        differenceOpen: { above: true, below: true },
      });
      expect(of([sides[0], sides[0]])).toMatchObject({
        rows: [{ status: 'same' }],
        differenceOpen: { above: false, below: false },
      });
    },
  );

  const object = (apiVersion: string, kind: string, spec = 'a: 1') =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x }\nspec: { ${spec} }\n`;

  it.each([
    ['v1', 'ConfigMap'],
    ['v1', 'Service'],
    ['v1', 'Namespace'],
    ['rbac.authorization.k8s.io/v1', 'Role'],
    ['networking.k8s.io/v1', 'Ingress'],
    ['policy/v1', 'PodDisruptionBudget'],
    ['scheduling.k8s.io/v1', 'PriorityClass'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    ['autoscaling/v2', 'HorizontalPodAutoscaler'],
    ['keda.sh/v1alpha1', 'ScaledObject'],
    ['monitoring.coreos.com/v1', 'ServiceMonitor'],
    ['cert-manager.io/v1', 'Certificate'],
  ])('knows that of %s a %s costs nothing', (apiVersion, kind) => {
    expect(partsOf(object(apiVersion, kind))).toEqual([]);
  });

  it.each([
    ['postgresql.cnpg.io/v1', 'Cluster'],
    ['s3.aws.upbound.io/v1beta1', 'Bucket'],
    ['serving.knative.dev/v1', 'Service'],
    ['leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet'],
    ['monitoring.coreos.com/v1', 'Prometheus'],
    ['gateway.networking.k8s.io/v1', 'Gateway'],
    ['resource.k8s.io/v1', 'ResourceClaim'],
    ['v1', 'Node'],
  ])('does not know what of %s a %s costs', (apiVersion, kind) => {
    const [text, other] = ['hunter2', '2'].map(value =>
      object(apiVersion, kind, `instances: ${value}`),
    );
    const { objects } = readManifests([{ path: 'a.yaml', text }]);
    const told = costedObjects(objects).map(each => ({ object: each }));
    expect(JSON.stringify(told)).not.toContain('hunter2');
    const parts = guardedPartsOf({ objects });
    expect(guardedPartsOf({ objects: told })).toEqual(parts);
    expect(parts).toMatchObject([
      { type: 'unpriced', name: `${kind} x`, content: expect.any(String) },
    ]);
    expect(partsOf(text)).toEqual(parts);
    expect(partsOf(other)).not.toEqual(parts);
  });

  it.each([
    [
      'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: web }\nspec: { replicas: 3, workloadRef: { kind: Deployment, name: old } }\n',
      /runs the pods of the Deployment old/,
    ],
    [
      web().replace(
        'containers:',
        'resourceClaims: [{ name: gpu, resourceClaimTemplateName: big }]\n      containers:',
      ),
      /claim devices by resourceClaims/,
    ],
    [
      web().replace(
        'containers:',
        'volumes: [{ name: cache, ephemeral: { volumeClaimTemplate: { spec: { resources: { requests: { storage: 1Ti } } } } } }]\n      containers:',
      ),
      /ephemeral volumes/,
    ],
  ])('does not know what pods have beside requests (%#)', (text, why) => {
    const parts = partsOf(text);
    expect(parts).toMatchObject([
      {
        unknown: expect.arrayContaining([
          expect.objectContaining({ message: expect.stringMatching(why) }),
        ]),
      },
    ]);
    const { objects } = readManifests([{ path: 'a.yaml', text }]);
    const told = costedObjects(objects).map(each => ({ object: each }));
    expect(guardedPartsOf({ objects: told })).toEqual(parts);
    const other = partsOf(text.replace(/big|1Ti|old/, '2Ti'));
    expect(other).toHaveLength(1);
    expect(other).not.toEqual(parts);
  });

  it.each([
    ['', true, true],
    ['whenScaled: Delete', false, true],
    ['whenDeleted: Delete, whenScaled: Retain', true, false],
  ])(
    'knows of {%s} which volumes of a StatefulSet stay',
    (policy, keptWhenScaled, keptWhenDeleted) => {
      const { objects } = readManifests([
        {
          path: 'a.yaml',
          text: object(
            'apps/v1',
            'StatefulSet',
            `persistentVolumeClaimRetentionPolicy: { ${policy} }`,
          ),
        },
      ]);
      const told = costedObjects(objects).map(each => ({ object: each }));
      for (const each of [objects, told]) {
        expect(guardedPartsOf({ objects: each })).toMatchObject([
          { claims: { keptWhenScaled, keptWhenDeleted, unknown: [] } },
        ]);
      }
    },
  );

  const TEMPLATE = 'template: { spec: { priorityClassName: high } }';

  it.each([
    ['apps/v1', 'Deployment', TEMPLATE],
    ['apps/v1', 'Deployment', 'replicas: 0'],
    ['apps/v1', 'StatefulSet', TEMPLATE],
    ['apps/v1', 'DaemonSet', TEMPLATE],
    ['apps/v1', 'ReplicaSet', 'template: { spec: { containers: [] } }'],
    ['v1', 'ReplicationController', 'template: { spec: { containers: [~] } }'],
    ['batch/v1', 'Job', TEMPLATE],
    ['batch/v1', 'CronJob', `jobTemplate: { spec: { ${TEMPLATE} } }`],
    ['argoproj.io/v1alpha1', 'Rollout', TEMPLATE],
    ['v1', 'Pod', 'initContainers: [{ name: a }]'],
  ])(
    'does not know what of %s a %s without containers costs (%#)',
    (apiVersion, kind, spec) => {
      const { objects } = readManifests([
        { path: 'a.yaml', text: object(apiVersion, kind, spec) },
      ]);
      const told = costedObjects(objects).map(each => ({ object: each }));
      const after = guardedPartsOf({ objects });
      expect(guardedPartsOf({ objects: told })).toEqual(after);
      const costs = compareManifestCosts({
        before: [],
        after,
        prices: { prices: PRICES },
      });
      expect(costs).toMatchObject({ unknownCount: 1, afterOpen: true });
      expect(costs.unknown.map(({ said }) => said.message)).toContain(
        `The ${kind} x names no containers, as a patch does, so what its pods ask for is not known.`,
      );
    },
  );

  it.each(['__proto__', 'constructor'])('takes %s for a name', name => {
    const text = web().replace('name: web', `name: ${name}`);
    expect(partsOf(text)).toMatchObject([{ facts: { name } }]);
  });
});

/** A month of what a spec renders, and of what its form says. */
function bothWays(spec: ServiceSpec) {
  const { objects, unread } = readManifests(renderService(spec));
  const guarded = compareManifestCosts({
    before: [],
    after: guardedPartsOf({ objects, unread }),
    prices: { prices: PRICES },
  });
  const { minMonthly, maxMonthly } = estimateMonthly({
    pods: demandsOf(spec),
    prices: PRICES,
  });
  return { guarded, form: { min: minMonthly.micros, max: maxMonthly.micros } };
}

describe('what a template renders', () => {
  it.each(ENVIRONMENTS)(
    'costs in %s what its form said, to the micro',
    environment => {
      for (const kind of ['web-service', 'api-gateway'] as const) {
        // A schedule is the form's: manifests don't say when something is kept down.
        const { schedule: _, ...spec } = makeSpec({ kind, environment });
        const { guarded, form } = bothWays(spec);
        expect(guarded.after).toEqual(form);
        expect(guarded.unknownCount).toBe(0);
        expect(form.max).toBeGreaterThan(0n);
      }
    },
  );
});

describe('costedObjects', () => {
  it('leaves out what is nobody’s business and nothing that costs', () => {
    const { objects } = readManifests([
      { path: 'a.yaml', text: `${web('replicas: 3')}${HPA}` },
    ]);
    const kept = costedObjects(objects);
    expect(JSON.stringify(kept)).not.toMatch(/hunter2|PASSWORD|image/);
    expect(
      guardedPartsOf({ objects: kept.map(object => ({ object })) }),
    ).toEqual(guardedPartsOf({ objects }));
  });

  it('costs the same for whatever is rendered', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<ServiceSpec['kind']>(
          'web-service',
          'api-gateway',
          'gpu-inference',
          'training-job',
          'feature-store',
        ),
        fc.constantFrom(...ENVIRONMENTS),
        (kind, environment) => {
          const spec = makeSpec({ kind, environment });
          const { objects } = readManifests(renderService(spec));
          const kept = costedObjects(objects).map(object => ({ object }));
          expect(guardedPartsOf({ objects: kept })).toEqual(
            guardedPartsOf({ objects }),
          );
        },
      ),
      { numRuns: 20 },
    );
  });
});
