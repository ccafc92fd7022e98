import fc from 'fast-check';
import { ManagedFields } from '../objects';
import { ownersOf } from './ownersOf';

const owning = (
  manager: string,
  fieldsV1: object,
  more: Partial<ManagedFields> = {},
): ManagedFields => ({
  manager,
  operation: 'Update',
  fieldsV1: fieldsV1 as Record<string, unknown>,
  ...more,
});

const REPLICAS = ['spec', 'replicas'];
const resourcesOf = (container: string) => [
  'spec',
  'template',
  'spec',
  'containers',
  `[name=${container}]`,
  'resources',
];
const containers = (fields: object) => ({
  'f:spec': { 'f:template': { 'f:spec': { 'f:containers': fields } } },
});

/**
 * A Deployment of Argo CD with server-side apply, scaled by an HPA, as
 * `kubectl get -o yaml --show-managed-fields` prints one.
 */
const ARGO_AND_HPA = [
  owning(
    'argocd-controller',
    {
      'f:metadata': {
        'f:annotations': { 'f:argocd.argoproj.io/tracking-id': {} },
      },
      ...containers({
        'k:{"name":"main"}': {
          '.': {},
          'f:image': {},
          'f:name': {},
          'f:ports': {
            'k:{"containerPort":8080,"protocol":"TCP"}': {
              '.': {},
              'f:containerPort': {},
            },
          },
          'f:resources': { 'f:requests': { 'f:cpu': {}, 'f:memory': {} } },
        },
      }),
    },
    { operation: 'Apply', time: '2026-11-02T09:00:00Z' },
  ),
  owning(
    'kube-controller-manager',
    { 'f:spec': { 'f:replicas': {} } },
    { subresource: 'scale' },
  ),
  owning(
    'kube-controller-manager',
    { 'f:status': { 'f:replicas': {}, 'f:readyReplicas': {} } },
    { subresource: 'status', time: '2026-11-28T10:00:00Z' },
  ),
];

describe('ownersOf', () => {
  it('tells an HPA, which writes the scale, from who applied the rest', () => {
    expect(ownersOf(ARGO_AND_HPA, REPLICAS)).toEqual([
      {
        manager: 'kube-controller-manager',
        operation: 'Update',
        subresource: 'scale',
        scope: 'field',
      },
    ]);
    expect(ownersOf(ARGO_AND_HPA, resourcesOf('main'))).toEqual([
      {
        manager: 'argocd-controller',
        operation: 'Apply',
        time: '2026-11-02T09:00:00Z',
        scope: 'within',
      },
    ]);
    expect(ownersOf(ARGO_AND_HPA, resourcesOf('proxy'))).toEqual([]);
  });

  it('has all who applied the same value, as Helm 4 and an HPA before a conflict', () => {
    const fields = { 'f:spec': { 'f:replicas': {} } };
    expect(
      ownersOf(
        [
          owning('helm', fields, { operation: 'Apply' }),
          owning('kube-controller-manager', fields, { subresource: 'scale' }),
        ],
        REPLICAS,
      ).map(({ manager }) => manager),
    ).toEqual(['helm', 'kube-controller-manager']);
  });

  it('finds an element of a list by any of its keys', () => {
    const port = (key: string) => [
      ...resourcesOf('main').slice(0, -1),
      'ports',
      key,
    ];
    const scopes = (key: string) =>
      ownersOf(ARGO_AND_HPA, port(key)).map(({ scope }) => scope);
    expect(scopes('[containerPort=8080]')).toEqual(['field']);
    expect(scopes('[protocol=TCP]')).toEqual(['field']);
    expect(scopes('[containerPort=9090]')).toEqual([]);
  });

  it('knows keys with dots and slashes, and elements of sets', () => {
    const paused = 'autoscaling.keda.sh/paused-replicas';
    const fields = [
      owning('kubectl-annotate', {
        'f:metadata': {
          'f:annotations': { '.': {}, [`f:${paused}`]: {} },
          'f:finalizers': { '.': {}, 'v:"finalizer.keda.sh"': {} },
        },
      }),
    ];
    const scopeOf = (...path: string[]) => ownersOf(fields, path)[0]?.scope;
    expect(scopeOf('metadata', 'annotations', paused)).toBe('field');
    expect(scopeOf('metadata', 'annotations', 'other')).toBeUndefined();
    expect(scopeOf('metadata', 'annotations')).toBe('field');
    expect(scopeOf('metadata', 'finalizers', '[=finalizer.keda.sh]')).toBe(
      'field',
    );
    expect(scopeOf('metadata', 'finalizers', '[=other]')).toBeUndefined();
  });

  it('takes a list that is owned as one for every element of it', () => {
    // As of a custom resource whose definition has no keys for its lists.
    const fields = [owning('flux', containers({}), { operation: 'Apply' })];
    expect(ownersOf(fields, resourcesOf('main'))).toMatchObject([
      { manager: 'flux', scope: 'around' },
    ]);
    // An empty map that is there owns nothing that others put into it.
    expect(
      ownersOf(
        [owning('a', { 'f:metadata': { 'f:labels': { '.': {} } } })],
        ['metadata', 'labels', 'app'],
      ),
    ).toEqual([]);
  });

  it('has nobody where nothing is noted, or it is of another form', () => {
    expect(ownersOf(undefined, REPLICAS)).toEqual([]);
    expect(ownersOf([{}], REPLICAS)).toEqual([]);
    expect(ownersOf([owning('a', {})], REPLICAS)).toEqual([]);
    const odd = { 'f:spec': { 'f:containers': { 'k:{': {}, 'v:': {} } } };
    expect(
      ownersOf([owning('a', odd)], ['spec', 'containers', '[name=main]']),
    ).toEqual([]);
    expect(
      ownersOf(
        [owning('a', { 'f:spec': null, 'f:constructor': {} })],
        ['toString'],
      ),
    ).toEqual([]);
  });

  it('finds a field in what was noted of it, wherever it is', () => {
    const segment = fc.oneof(
      fc.constantFrom('spec', 'replicas', 'a.b/c'),
      fc.constantFrom('web', '', 'a=b', 'x"y').map(name => `[name=${name}]`),
    );
    const toKey = (each: string) =>
      each.startsWith('[')
        ? `k:${JSON.stringify({ name: each.slice(6, -1) })}`
        : `f:${each}`;
    fc.assert(
      fc.property(
        fc.array(segment, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        (path, whole) => {
          const leaf: object = whole ? { '.': {}, 'f:other': {} } : {};
          const fields = path.reduceRight<object>(
            (inner, each) => ({ [toKey(each)]: inner }),
            leaf,
          );
          const scopes = (of: string[]) =>
            ownersOf([owning('m', fields)], of).map(({ scope }) => scope);
          expect(scopes(path)).toEqual(['field']);
          expect(scopes(path.slice(0, -1))).toEqual(['within']);
          expect(scopes([...path, 'beyond'])).toEqual(whole ? [] : ['around']);
        },
      ),
    );
  });
});
