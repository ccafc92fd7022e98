import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { buildKustomization, findKustomizations } from './buildKustomization';
import { sha256 } from './sha256';

const files = (texts: Record<string, string>) => new Map(Object.entries(texts));

const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: nginx
          image: nginx:1.7.9
          env: [{ name: A, value: a }, { name: B, value: b }]
        - { name: sidecar, image: 'registry:5000/team/sidecar@sha256:00' }
`;
const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { ports: [{ port: 80 }] }
`;
const BASE = {
  'base/kustomization.yaml': 'resources: [deployment.yaml, service.yaml]',
  'base/deployment.yaml': DEPLOYMENT,
  'base/service.yaml': SERVICE,
};
const overlay = (text: string, more: Record<string, string> = {}) =>
  buildKustomization(
    files({
      ...BASE,
      'overlay/kustomization.yaml': `resources: [../base]\n${text}`,
      ...more,
    }),
    'overlay',
  ) as any[];

describe('buildKustomization', () => {
  it('takes resources in their order', () => {
    expect(overlay('').map(({ kind }) => kind)).toEqual([
      'Deployment',
      'Service',
    ]);
  });

  it('sets the namespace of what is in one, and names a Namespace', () => {
    const built = buildKustomization(
      files({
        'kustomization.yaml': 'resources: [all.yaml]\nnamespace: shop',
        'all.yaml': [
          'apiVersion: v1\nkind: Namespace\nmetadata: { name: before }',
          'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: web }',
          'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: reader }',
          'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: web }\nsubjects: [{ kind: ServiceAccount, name: web }, { kind: ServiceAccount, name: other, namespace: kube-system }]\nroleRef: { kind: ClusterRole, name: reader, apiGroup: rbac.authorization.k8s.io }',
        ].join('\n---\n'),
      }),
    ) as any[];
    expect(built.map(({ metadata }) => metadata)).toEqual([
      { name: 'shop' },
      { name: 'web', namespace: 'shop' },
      { name: 'reader' },
      { name: 'web', namespace: 'shop' },
    ]);
    expect(built[3].subjects.map((each: any) => each.namespace)).toEqual([
      'shop',
      'kube-system',
    ]);
  });

  // https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/labels/
  it('adds labels, to selectors and templates only where asked', () => {
    const [plain] = overlay('labels: [{ pairs: { someName: someValue } }]');
    expect(plain.metadata.labels).toEqual({ someName: 'someValue' });
    expect(plain.spec.selector.matchLabels).toEqual({ app: 'web' });
    expect(plain.spec.template.metadata.labels).toEqual({ app: 'web' });
    const [templates] = overlay(
      'labels: [{ pairs: { a: b }, includeTemplates: true }]',
    );
    expect(templates.spec.selector.matchLabels).toEqual({ app: 'web' });
    expect(templates.spec.template.metadata.labels).toEqual({
      app: 'web',
      a: 'b',
    });
    const [selectors, service] = overlay(
      'labels: [{ pairs: { a: b }, includeSelectors: true }]',
    );
    expect(selectors.spec.selector.matchLabels).toEqual({ app: 'web', a: 'b' });
    expect(service.spec.selector).toEqual({ a: 'b' });
  });

  it('adds annotations to objects and to their pods', () => {
    const [deployment, service] = overlay(
      'commonAnnotations: { oncallPager: 800-555-1212 }',
    );
    const pager = { oncallPager: '800-555-1212' };
    expect(deployment.metadata.annotations).toEqual(pager);
    expect(deployment.spec.template.metadata.annotations).toEqual(pager);
    expect(service.metadata.annotations).toEqual(pager);
  });

  // https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/
  it.each([
    ['{ name: nginx, newTag: 1.8.0 }', 'nginx:1.8.0', 1],
    ['{ name: nginx, newName: my/nginx }', 'my/nginx:1.7.9', 1],
    ['{ name: nginx, digest: sha256:24a0 }', 'nginx@sha256:24a0', 1],
    ['{ name: other, newTag: 1.8.0 }', 'nginx:1.7.9', 1],
  ])('changes images: %s', (image, expected) => {
    const text = `images: [${image.replace(/(newTag: )(\S+)/, '$1"$2"')}]`;
    const [{ spec }] = overlay(text);
    expect(spec.template.spec.containers[0].image).toBe(expected);
    expect(spec.template.spec.containers[1].image).toBe(
      'registry:5000/team/sidecar@sha256:00',
    );
  });

  it('merges lists by their keys, what is new first, and takes away', () => {
    const [{ spec }] = overlay('patches: [{ path: patch.yaml }]', {
      'overlay/patch.yaml': `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      containers:
        - name: nginx
          env: [{ name: B, value: changed }, { name: A, $patch: delete }]
        - { name: added, image: 'busybox:1' }
        - { name: sidecar, $patch: delete }
`,
    });
    expect(spec.template.spec.containers).toEqual([
      { name: 'added', image: 'busybox:1' },
      {
        name: 'nginx',
        image: 'nginx:1.7.9',
        env: [{ name: 'B', value: 'changed' }],
      },
    ]);
  });

  it('keeps of a number that no JSON holds what is written', () => {
    const [{ spec }] = overlay('patches: [{ path: patch.yaml }]', {
      'overlay/patch.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 1e400 }\n',
    });
    expect(spec.replicas).toBe('1e400');
  });

  it('replaces the lists of types that it does not know', () => {
    const built = buildKustomization(
      files({
        'kustomization.yaml':
          'resources: [a.yaml]\npatches: [{ patch: "apiVersion: keda.sh/v1alpha1\\nkind: ScaledObject\\nmetadata: { name: a }\\nspec: { triggers: [{ type: cron }] }" }]',
        'a.yaml':
          'apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: { name: a }\nspec: { triggers: [{ type: cpu }], maxReplicaCount: 3 }',
      }),
    ) as any[];
    expect(built[0].spec).toEqual({
      triggers: [{ type: 'cron' }],
      maxReplicaCount: 3,
    });
  });

  // https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/
  it('applies operations of RFC 6902 to what a target matches', () => {
    const [deployment, service] = overlay(`
patches:
  - target: { kind: Deployment, name: w.* }
    patch: |-
      - { op: replace, path: /spec/template/spec/containers/0/image, value: nginx:1.21.0 }
      - { op: add, path: /metadata/annotations, value: { a~b: c } }
      - { op: add, path: /metadata/annotations/x~1y, value: z }
`);
    expect(deployment.spec.template.spec.containers[0].image).toBe(
      'nginx:1.21.0',
    );
    expect(deployment.metadata.annotations).toEqual({ 'a~b': 'c', 'x/y': 'z' });
    expect(service.metadata.annotations).toBeUndefined();
  });

  // The names are those that kustomize v5 gives; the peers' suite asks it again.
  it('names a ConfigMap by what it holds, and what refers to it the same', () => {
    const [deployment, , map] = overlay(
      `
configMapGenerator:
  - name: settings
    literals: [FRUIT=apple, 'VEGETABLE="broccoli"']
    files: [app.ini]
patches:
  - target: { kind: Deployment }
    patch: |-
      - { op: add, path: /spec/template/spec/volumes, value: [{ name: s, configMap: { name: settings } }] }
`,
      { 'overlay/app.ini': 'a = <b>\n' },
    );
    expect(map.data).toEqual({
      FRUIT: 'apple',
      VEGETABLE: 'broccoli',
      'app.ini': 'a = <b>\n',
    });
    expect(map.metadata.name).toMatch(/^settings-[2-9bcdfghkmt]{10}$/);
    expect(deployment.spec.template.spec.volumes[0].configMap.name).toBe(
      map.metadata.name,
    );
  });

  it('keeps a name where no hash is wanted', () => {
    expect(
      overlay(
        'configMapGenerator: [{ name: a, literals: [b=c] }]\ngeneratorOptions: { disableNameSuffixHash: true }',
      )[2].metadata.name,
    ).toBe('a');
  });

  it.each([
    ['replacements: []', 'replacements, which is not built here'],
    ['namePrefix: a-', 'namePrefix, which is not built here'],
    [
      'labels: [{ pairs: { a: b }, fields: [] }]',
      'labels.0.fields, which is not built here',
    ],
    ['patches: [{ path: none.yaml }]', 'overlay/none.yaml is named by'],
    [
      'patches: [{ target: { kind: Job }, patch: "[{}]" }]',
      'matches no object',
    ],
    ['patches: [{}]', 'must have either path or patch'],
    [
      'configMapGenerator: [{ name: a, literals: [b] }]',
      'it must be key=value',
    ],
  ])('refuses %s by name', (text, said) => {
    expect(() => overlay(text)).toThrow(said);
  });

  it.each([
    ['https://example.org/a.yaml', 'nothing is fetched here'],
    ['github.com/a/b//base?ref=v1', 'nothing is fetched here'],
    ['../../outside', 'is outside of the files'],
    ['../overlay', 'is a resource of itself'],
    ['missing.yaml', 'is not there'],
  ])('refuses the resource %s', (resource, said) => {
    expect(() =>
      buildKustomization(
        files({ 'overlay/kustomization.yaml': `resources: [${resource}]` }),
        'overlay',
      ),
    ).toThrow(said);
  });

  it('finds what no other kustomization builds', () => {
    expect(
      findKustomizations(
        files({
          ...BASE,
          'overlay/kustomization.yaml': 'resources: [../base]',
        }),
      ),
    ).toEqual(['overlay']);
  });

  it('hashes as everybody does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), text => {
        expect(sha256(text)).toBe(
          createHash('sha256').update(text).digest('hex'),
        );
      }),
    );
  });
});
