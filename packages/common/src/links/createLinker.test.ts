import fc from 'fast-check';
import { WorkloadIdentity } from '../workloads';
import { createLinker } from './createLinker';
import { sanitizeLabelKey } from '../labels/labels';
import { LinkableEntity, toLinkableEntity } from './linkableEntity';
import {
  matchesRequirements,
  parseLabelSelector,
} from '../labels/labelSelector';
import { LinkRule } from './linkRules';

const WEB = 'component:default/web';
const API = 'component:default/api';
const OWNED = { ownerRefs: ['group:default/shop'] };

function workload(
  labels: Record<string, string>,
  change: Partial<WorkloadIdentity> = {},
): WorkloadIdentity {
  return {
    namespace: 'shop',
    workloadKind: 'Deployment',
    workload: 'front',
    container: 'app',
    labels,
    ...change,
  };
}

function link(
  entities: LinkableEntity[],
  labels: Record<string, string>,
  rules: LinkRule[] = [],
  ownerLabels: string[] = [],
) {
  return createLinker(entities, rules, { ownerLabels })(workload(labels), 'eu');
}

describe('createLinker', () => {
  const id = { 'backstage.io/kubernetes-id': 'web' };

  it('links by the id, and says how', () => {
    expect(link([{ entityRef: WEB, kubernetesId: 'web' }], id)).toEqual({
      entityRef: WEB,
      provenance: 'annotation',
      detail: 'backstage.io/kubernetes-id=web',
    });
    expect(link([{ entityRef: WEB, kubernetesId: 'web' }], {})).toBeUndefined();
  });

  it('prefers id, then selector, then owner label, then rule', () => {
    const labels = { ...id, app: 'x', 'app.kubernetes.io/part-of': 'owned' };
    const entities = [
      { ...OWNED, entityRef: WEB, kubernetesId: 'web' },
      { ...OWNED, entityRef: API, labelSelector: 'app=x' },
      { ...OWNED, entityRef: 'component:default/owned' },
    ];
    const rules = [{ namespace: 'shop', entityRef: 'ruled' }];
    const owner = ['app.kubernetes.io/part-of'];
    const provenance = (from: number) =>
      link(entities.slice(from), labels, rules, owner);
    expect(provenance(0)).toMatchObject({ provenance: 'annotation' });
    expect(provenance(1)).toEqual({
      entityRef: API,
      provenance: 'label selector',
      detail: 'app=x',
    });
    expect(provenance(2)).toEqual({
      entityRef: 'component:default/owned',
      provenance: 'owner',
      detail: 'app.kubernetes.io/part-of=owned',
    });
    expect(provenance(3)).toEqual({
      entityRef: 'component:default/ruled',
      provenance: 'config',
      detail: 'namespace=shop',
    });
  });

  it('links through keys that Prometheus mangled', () => {
    const entities = [
      { entityRef: WEB, kubernetesId: 'web' },
      { entityRef: API, labelSelector: 'app.kubernetes.io/name in (api)' },
    ];
    const linker = createLinker(entities, []);
    expect(
      linker(
        workload(
          { backstage_io_kubernetes_id: 'web' },
          { labelsSanitized: true },
        ),
        'eu',
      )?.entityRef,
    ).toBe(WEB);
    const mangled = { app_kubernetes_io_name: 'api' };
    expect(
      linker(workload(mangled, { labelsSanitized: true }), 'eu')?.entityRef,
    ).toBe(API);
    // The same key, where nothing was mangled, is another key.
    expect(linker(workload(mangled), 'eu')).toBeUndefined();
  });

  it('keeps to the namespace and clusters an entity names', () => {
    const linker = createLinker(
      [
        {
          entityRef: WEB,
          kubernetesId: 'web',
          kubernetesNamespace: 'shop',
          kubernetesClusters: ['eu', 'us'],
        },
      ],
      [],
    );
    expect(linker(workload(id), 'eu')?.entityRef).toBe(WEB);
    expect(linker(workload(id), 'asia')).toBeUndefined();
    expect(linker(workload(id, { namespace: 'other' }), 'eu')).toBeUndefined();
  });

  it.each([
    'gke_shop_europe-west1_Prod',
    'arn:aws:eks:eu-central-1:123456789012:cluster/prod',
    'Prod (EU) #1',
    'a.b:6443',
  ])('knows the cluster %s by the name it is written by', cluster => {
    const entity = toLinkableEntity({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'web',
        annotations: {
          'backstage.io/kubernetes-id': 'web',
          'backstage.io/kubernetes-cluster': `us, ${cluster} ,eu`,
        },
      },
    });
    const linker = createLinker(
      [entity],
      [
        { cluster, workload: 'other', entityRef: 'exact' },
        { cluster: `${cluster.slice(0, 3)}*`, entityRef: 'any' },
      ],
    );
    const other = workload({}, { workload: 'other' });
    expect(linker(workload(id), cluster)?.entityRef).toBe(WEB);
    expect(linker(other, cluster)?.entityRef).toBe('component:default/exact');
    expect(linker(workload({}), cluster)?.entityRef).toBe(
      'component:default/any',
    );
    expect(linker(workload(id), cluster.toUpperCase())).toBeUndefined();
  });

  it('lets the entity that names the place win over the one that does not', () => {
    const linker = createLinker(
      [
        { ...OWNED, entityRef: API, kubernetesId: 'web' },
        {
          ...OWNED,
          entityRef: WEB,
          kubernetesId: 'web',
          kubernetesNamespace: 'shop',
        },
      ],
      [],
    );
    expect(linker(workload(id), 'eu')?.entityRef).toBe(WEB);
    expect(linker.problems()).toEqual([]);
  });

  it('lets the most specific selector win', () => {
    const entities = [
      { ...OWNED, entityRef: WEB, labelSelector: 'app=x' },
      { ...OWNED, entityRef: API, labelSelector: 'app=x,tier=front' },
    ];
    expect(link(entities, { app: 'x', tier: 'front' })?.entityRef).toBe(API);
    expect(link(entities, { app: 'x' })?.entityRef).toBe(WEB);
  });

  it('settles a tie the same way in any order, and reports it once', () => {
    const entities = [
      { ...OWNED, entityRef: 'api:default/a', kubernetesId: 'web' },
      { ...OWNED, entityRef: WEB, kubernetesId: 'web' },
      { ...OWNED, entityRef: API, kubernetesId: 'web' },
    ];
    for (const order of [entities, [...entities].reverse()]) {
      const linker = createLinker(order, []);
      expect(linker(workload(id), 'eu')?.entityRef).toBe(API);
      linker(workload(id, { container: 'sidecar' }), 'eu');
      expect(linker.problems()).toEqual([
        {
          code: 'link-ambiguous',
          severity: 'warning',
          subject: 'eu/shop/front',
          message: `eu/shop/front is claimed equally by ${API}, ${WEB}, api:default/a (annotation); it counts for ${API}`,
        },
      ]);
    }
  });

  it('reports a broken selector and keeps the others', () => {
    const linker = createLinker(
      [
        { entityRef: API, labelSelector: 'app in x' },
        { entityRef: 'component:default/all', labelSelector: '' },
        { entityRef: WEB, labelSelector: 'app=x' },
      ],
      [],
    );
    expect(linker(workload({ app: 'x' }), 'eu')?.entityRef).toBe(WEB);
    expect(linker.problems().map(problem => problem.message)).toEqual([
      `The label selector of ${API} is ignored: "app in x" is not a label selector: values of in and notin stand in parentheses`,
      'The label selector of component:default/all is ignored: it is empty, so it would match every workload',
    ]);
  });

  it('checks what a selector asks for beside values', () => {
    const labelSelector = 'gpu,!legacy,app=web';
    const entities = [{ entityRef: WEB, labelSelector }];
    const labels = { app: 'web', gpu: '1' };
    expect(link(entities, labels)?.entityRef).toBe(WEB);
    expect(link(entities, { ...labels, legacy: '' })).toBeUndefined();
    expect(link(entities, { app: 'web' })).toBeUndefined();
  });

  it('takes an owner by name or full reference, and reports a stranger', () => {
    const entities = [{ entityRef: 'resource:data/store' }];
    const linker = createLinker(entities, [], {
      ownerLabels: ['service', 'part-of'],
    });
    const of = (labels: Record<string, string>) =>
      linker(workload(labels), 'eu')?.entityRef;
    expect(of({ service: 'Store' })).toBe('resource:data/store');
    expect(of({ service: 'resource:data/store' })).toBe('resource:data/store');
    expect(of({ service: 'nobody', 'part-of': 'store' })).toBe(
      'resource:data/store',
    );
    expect(of({ service: 'nobody' })).toBeUndefined();
    expect(linker.problems()).toEqual([
      {
        code: 'link-owner-unknown',
        severity: 'info',
        subject: 'nobody',
        message: 'The label service=nobody names no entity of the catalog',
      },
    ]);
  });

  it.each<[Omit<LinkRule, 'entityRef'>, boolean]>([
    [{ namespace: 'shop' }, true],
    [{ namespace: 's*p' }, true],
    [{ namespace: 'sh*op*' }, true],
    [{ namespace: 'shop*shop' }, false],
    [{ namespace: 'sho' }, false],
    [{ workload: '*' }, true],
    [{ cluster: 'e*', workload: 'fr*t' }, true],
    [{ cluster: 'us', namespace: 'shop' }, false],
    [{ labels: { 'a.b/c': 'x*' } }, true],
    [{ labels: { 'a.b/c': 'y' } }, false],
    [{ labels: { absent: '*' } }, false],
  ])('rule %j: %s', (criteria, holds) => {
    const found = link([], { 'a.b/c': 'xyz' }, [
      { ...criteria, entityRef: 'web' },
    ]);
    expect(found !== undefined).toBe(holds);
  });

  it('takes the first rule that holds and reports the useless ones', () => {
    const linker = createLinker(
      [],
      [
        { entityRef: 'web' },
        { namespace: 'shop', entityRef: 'component:' },
        { namespace: 'shop', entityRef: 'api' },
        { namespace: '*', entityRef: 'web' },
      ],
    );
    expect(linker(workload({}), 'eu')?.entityRef).toBe(API);
    const messages = linker.problems().map(problem => problem.message);
    expect(messages).toHaveLength(2);
    expect(messages[0]).toContain(
      'Link rule 1 is ignored: it names no cluster, namespace, workload or label',
    );
    expect(messages[1]).toContain('Link rule 2 is ignored');
  });

  it('finds by index what a search through all selectors finds', () => {
    const label = fc.constantFrom('a', 'b.c', 'd/e');
    const value = fc.constantFrom('x', 'y', 'z');
    const requirement = fc.oneof(
      fc.tuple(label, value).map(([key, is]) => `${key}=${is}`),
      fc.tuple(label, value).map(([key, not]) => `${key}!=${not}`),
      fc.tuple(label, value).map(([key, one]) => `${key} in (q,${one})`),
      label,
      label.map(key => `!${key}`),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(requirement, { minLength: 1, maxLength: 3 }), {
          maxLength: 6,
        }),
        fc.dictionary(label, value),
        fc.boolean(),
        (selectors, labels, labelsSanitized) => {
          const entities = selectors.map((parts, index) => ({
            ...OWNED,
            entityRef: `component:default/e${index}`,
            labelSelector: parts.join(','),
          }));
          const matching = entities.filter(({ labelSelector }) => {
            const requirements = parseLabelSelector(labelSelector);
            return (
              requirements.some(({ operator }) => operator === 'in') &&
              matchesRequirements(requirements, key => labels[key])
            );
          });
          const seen = labelsSanitized
            ? Object.fromEntries(
                Object.entries(labels).map(([key, held]) => [
                  sanitizeLabelKey(key),
                  held,
                ]),
              )
            : labels;
          const linked = createLinker(entities, [])(
            workload(seen, { labelsSanitized }),
            'eu',
          );
          const most = Math.max(...matching.map(size));
          expect(linked?.entityRef).toBe(
            matching.find(entity => size(entity) === most)?.entityRef,
          );
        },
      ),
    );
  });

  it('links each of 10,000 workloads to its own of 10,000 entities', () => {
    const entities = Array.from({ length: 10_000 }, (_, index) => ({
      entityRef: `component:default/s${index}`,
      ...(index % 2
        ? { kubernetesId: `s${index}` }
        : { labelSelector: `env=prod,app=s${index}` }),
    }));
    const linker = createLinker(entities, []);
    for (let index = 0; index < 10_000; index += 1) {
      const linked = linker(
        workload({
          'backstage.io/kubernetes-id': `s${index}`,
          app: `s${index}`,
          env: 'prod',
          'pod-template-hash': 'abc',
        }),
        'eu',
      );
      expect(linked?.entityRef).toBe(`component:default/s${index}`);
    }
  });
});

function size({ labelSelector }: { labelSelector: string }): number {
  return parseLabelSelector(labelSelector).length;
}

describe('toLinkableEntity', () => {
  it('reads the annotations of the Kubernetes plugin', () => {
    expect(
      toLinkableEntity({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: 'Web',
          annotations: {
            'backstage.io/kubernetes-id': 'web',
            'backstage.io/kubernetes-namespace': 'shop',
            'backstage.io/kubernetes-label-selector': 'app=web',
            'backstage.io/kubernetes-cluster': 'eu, us',
          },
        },
      }),
    ).toEqual({
      entityRef: 'component:default/web',
      kubernetesId: 'web',
      kubernetesNamespace: 'shop',
      labelSelector: 'app=web',
      kubernetesClusters: ['eu', 'us'],
    });
  });

  it('takes an empty annotation for none', () => {
    expect(
      toLinkableEntity({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: 'web',
          annotations: { 'backstage.io/kubernetes-label-selector': ' ' },
        },
      }),
    ).toEqual({ entityRef: 'component:default/web' });
  });
});
