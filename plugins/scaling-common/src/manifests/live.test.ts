import { checkManifests, KubernetesJson, ManifestObject } from '.';

const hpa: ManifestObject = {
  isLive: true,
  object: {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'web',
      },
      minReplicas: 2,
      maxReplicas: 6,
    },
  },
};

/** As an API server gives it, with all that it fills in. */
function deployment(metadata: KubernetesJson): ManifestObject {
  return {
    isLive: true,
    object: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop', uid: 'u', ...metadata },
      spec: {
        replicas: 4,
        selector: { matchLabels: { app: 'web' } },
        strategy: { type: 'RollingUpdate' },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: {
            serviceAccount: 'web',
            serviceAccountName: 'web',
            containers: [
              {
                name: 'web',
                image: 'web:1.0',
                imagePullPolicy: 'IfNotPresent',
                resources: {
                  requests: { 'nvidia.com/gpu': '1' },
                  limits: { 'nvidia.com/gpu': '1' },
                },
              },
            ],
          },
        },
      },
      status: { replicas: 4 },
    },
  };
}

const rulesOf = (object: ManifestObject) =>
  checkManifests([object, hpa])
    .filter(finding => finding.object.kind === 'Deployment')
    .map(({ rule }) => rule);

const owns = (manager: string, operation: string, subresource?: string) => ({
  manager,
  operation,
  ...(subresource && { subresource }),
  fieldsV1: { 'f:spec': { 'f:replicas': {} } },
});

describe('a live Deployment under an autoscaler', () => {
  it('has replicas, which is nothing wrong', () => {
    const rules = rulesOf(
      deployment({
        managedFields: [
          owns('kube-controller-manager', 'Update', 'scale'),
          owns('headroom', 'Apply'),
        ],
      }),
    );
    for (const rule of ['M7', 'M38', 'K1', 'K2', 'K38', 'K41', 'K42']) {
      expect(rules).not.toContain(rule);
    }
  });

  it.each<[string, KubernetesJson]>([
    ['argocd', { managedFields: [owns('argocd', 'Apply')] }],
    [
      'kubectl',
      {
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration':
            '{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":3,"selector":{}}}\n',
        },
      },
    ],
  ])('has replicas that %s applies', (manager, metadata) => {
    const [finding] = checkManifests([deployment(metadata), hpa]).filter(
      ({ rule }) => rule === 'M7',
    );
    expect(finding.said.message).toContain(`owned by ${manager}`);
    expect(finding.fix).toBeUndefined();
  });

  it('says nothing of kinds that could not be read', () => {
    const rules = checkManifests([deployment({}), hpa], {
      unknownKinds: ['NetworkPolicy', 'PodDisruptionBudget', 'ServiceAccount'],
    }).map(({ rule }) => rule);
    for (const rule of ['K60', 'K70', 'K39']) {
      expect(rulesOf(deployment({}))).toContain(rule);
      expect(rules).not.toContain(rule);
    }
  });

  it('looks at what is there already, and says nothing about it', () => {
    const existing: ManifestObject = {
      object: {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'web', namespace: 'shop', labels: { a: '/' } },
      },
    };
    const findings = checkManifests([deployment({}), hpa], {
      existing: [existing],
    });
    expect(findings.map(({ rule }) => rule)).not.toContain('K39');
    expect(findings.map(({ object }) => object.kind)).not.toContain(
      'ServiceAccount',
    );
  });
});

it('a VPA of Goldilocks has no bounds, which is waived with a reason', () => {
  const vpa = (labels: KubernetesJson): ManifestObject => ({
    object: {
      apiVersion: 'autoscaling.k8s.io/v1',
      kind: 'VerticalPodAutoscaler',
      metadata: { name: 'web', namespace: 'shop', labels },
      spec: { targetRef: { kind: 'Deployment', name: 'web' } },
    },
  });
  const rules = (...args: Parameters<typeof checkManifests>) =>
    checkManifests(...args).map(({ rule }) => rule);
  const ofGoldilocks = [vpa({ source: 'goldilocks' })];
  expect(rules([vpa({})])).toContain('M4');
  expect(rules(ofGoldilocks)).not.toContain('M4');
  expect(rules(ofGoldilocks, { waivers: false })).toContain('M4');
});
