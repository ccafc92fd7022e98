import { besideManifests, readManifests, relatedManifests } from '.';

const text = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { serviceAccountName: web, containers: [] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec: { template: { metadata: { labels: { app: api } }, spec: { containers: [] } } }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: web, namespace: shop }
---
apiVersion: v1
kind: Service
metadata: { name: front, namespace: shop }
spec: { selector: { app: web } }
---
apiVersion: v1
kind: Service
metadata: { name: back, namespace: shop }
spec: { selector: { app: api } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: all, namespace: shop }
spec: { podSelector: {} }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: elsewhere }
spec: { selector: { matchLabels: { app: web } } }
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: web, namespace: shop }
spec: { scaleTargetRef: { name: web } }
`;

it('are the workload, what scales and selects it, and its account', () => {
  const { objects } = readManifests([{ path: 'a.yaml', text }]);
  expect(
    relatedManifests(objects, [
      { kind: 'Deployment', namespace: 'shop', name: 'web' },
    ]).map(
      ({ object }) =>
        `${object.kind} ${(object.metadata as { name?: string }).name}`,
    ),
  ).toEqual([
    'Deployment web',
    'ServiceAccount web',
    'Service front',
    'ScaledObject web',
  ]);
  expect(relatedManifests(objects, [])).toEqual([]);
});

it('have beside them neither workloads of others nor what is about those', () => {
  const { objects } = readManifests([{ path: 'a.yaml', text }]);
  const mine = relatedManifests(objects, [
    { kind: 'Deployment', namespace: 'shop', name: 'web' },
  ]);
  const beside = besideManifests(objects, mine);
  expect(beside).toEqual(expect.arrayContaining(mine));
  expect(
    objects
      .filter(each => !beside.includes(each))
      .map(({ object }) => [object.kind, object.metadata]),
  ).toEqual([
    ['Deployment', { name: 'api', namespace: 'shop' }],
    ['Service', { name: 'back', namespace: 'shop' }],
    ['PodDisruptionBudget', { name: 'web', namespace: 'elsewhere' }],
  ]);
});
