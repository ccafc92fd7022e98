import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ClusterObjects } from './ClusterSnapshot';
import { CLUSTER_KINDS } from './clusterKinds';
import { identify } from './identify';
import { ObjectStore } from './ObjectStore';

/**
 * What a workload of a cache takes, with both indices, at most: 50,000 of them are
 * then 100 MB, whatever else they say. Other kinds take less.
 */
const MOST_BYTES = 2000;
const OBJECTS = 50_000;
const PAGE = 200;

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

function heapUsed(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

/** As an API server answers it, of a chart with two containers: some 6 KiB. */
function deployment(index: number): string {
  const name = `checkout-service-${index}`;
  const uid = `3f2a${String(index).padStart(4, '0')}-9c1e-4d55-8a0b-${String(
    index,
  ).padStart(12, '0')}`;
  const labels = {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/version': `1.${index % 40}.0`,
    'app.kubernetes.io/managed-by': 'Helm',
    'helm.sh/chart': `service-2.${index % 7}.1`,
    'backstage.io/kubernetes-id': name,
  };
  const container = (called: string) => ({
    name: called,
    image: `registry.example.com/shop/${name}:1.${index % 40}.0`,
    env: Array.from({ length: 20 }, (_, each) => ({
      name: `SETTING_${each}`,
      value: `a value that nobody keeps ${index} ${each}`,
    })),
    resources: {
      requests: { cpu: `${100 + (index % 900)}m`, memory: '256Mi' },
      limits: { memory: '512Mi' },
    },
  });
  const containers = [container('main'), container('proxy')];
  const ownedContainer = {
    '.': {},
    'f:env': {
      '.': {},
      ...Object.fromEntries(
        containers[0].env.map(each => [
          `k:{"name":"${each.name}"}`,
          { '.': {}, 'f:name': {}, 'f:value': {} },
        ]),
      ),
    },
    'f:image': {},
    'f:name': {},
    'f:resources': {
      '.': {},
      'f:limits': { '.': {}, 'f:memory': {} },
      'f:requests': { '.': {}, 'f:cpu': {}, 'f:memory': {} },
    },
  };
  return JSON.stringify({
    metadata: {
      name,
      namespace: `team-${index % 400}`,
      uid,
      resourceVersion: String(100_000_000 + index),
      generation: 12,
      creationTimestamp: `2026-03-${10 + (index % 20)}T08:00:00Z`,
      labels,
      annotations: {
        'deployment.kubernetes.io/revision': '12',
        'meta.helm.sh/release-name': name,
        'meta.helm.sh/release-namespace': `team-${index % 400}`,
      },
      managedFields: [
        {
          manager: 'helm',
          operation: 'Update',
          apiVersion: 'apps/v1',
          time: `2026-11-${10 + (index % 18)}T09:${10 + (index % 50)}:00Z`,
          fieldsType: 'FieldsV1',
          fieldsV1: {
            'f:metadata': { 'f:labels': { '.': {} } },
            'f:spec': {
              'f:replicas': {},
              'f:template': {
                'f:spec': {
                  'f:containers': {
                    'k:{"name":"main"}': ownedContainer,
                    'k:{"name":"proxy"}': ownedContainer,
                  },
                },
              },
            },
          },
        },
        {
          manager: 'kube-controller-manager',
          operation: 'Update',
          apiVersion: 'apps/v1',
          time: '2026-11-28T09:00:00Z',
          fieldsType: 'FieldsV1',
          fieldsV1: { 'f:status': { 'f:replicas': {} } },
          subresource: 'status',
        },
      ],
    },
    spec: {
      replicas: 3,
      selector: { matchLabels: { 'app.kubernetes.io/name': name } },
      template: { metadata: { labels }, spec: { containers } },
    },
    status: {
      observedGeneration: 12,
      replicas: 3,
      updatedReplicas: 3,
      readyReplicas: 3,
      conditions: [
        {
          type: 'Progressing',
          status: 'True',
          reason: 'NewReplicaSetAvailable',
          lastUpdateTime: `2026-11-${10 + (index % 18)}T09:00:00Z`,
        },
      ],
    },
  });
}

it(`keeps ${OBJECTS} objects in no more than ${MOST_BYTES} bytes each`, () => {
  const { project } = CLUSTER_KINDS.deployments;
  const store = ObjectStore.create<ClusterObjects['deployments']>();
  const before = heapUsed();
  let wire = 0;
  store.beginList();
  for (let from = 0; from < OBJECTS; from += PAGE) {
    const texts = Array.from({ length: PAGE }, (_, index) =>
      deployment(from + index),
    );
    const page = JSON.parse(`[${texts.join(',')}]`) as unknown[];
    for (const object of page) {
      const identified = identify(object)!;
      store.take(identified.uid, identified.resourceVersion, () => ({
        ...identified,
        value: project(object),
      }));
    }
    wire += texts.reduce((sum, text) => sum + text.length, 0);
  }
  store.endList('200000000');
  const bytes = (heapUsed() - before) / OBJECTS;
  process.stdout.write(
    `${JSON.stringify({
      objects: store.size,
      bytesPerObject: Math.round(bytes),
      wireBytesPerObject: Math.round(wire / OBJECTS),
    })}\n`,
  );
  expect(store.size).toBe(OBJECTS);
  expect(bytes).toBeLessThan(MOST_BYTES);
  // What is measured must be there.
  expect(bytes).toBeGreaterThan(200);
}, 60_000);
