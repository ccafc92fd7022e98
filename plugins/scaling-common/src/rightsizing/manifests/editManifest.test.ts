import { editManifest, ManifestEdit } from './editManifest';
import { ManifestWish, RepositoryFile } from './findManifest';

const WISH: ManifestWish = {
  repository: 'https://forge.example/acme/web',
  workload: { kind: 'Deployment', namespace: 'shop', name: 'web' },
  patch: {
    containers: [
      {
        name: 'web',
        main: true,
        resources: { requests: { cpu: '250m' }, limits: { cpu: null } },
      },
    ],
  },
  live: { web: { 'requests.cpu': '500m', 'limits.cpu': '1' } },
};

const manifest = (
  resources = `
          resources:
            requests:
              cpu: 0.5
            limits:
              cpu: 1000m`,
  metadata = '{ name: web }',
  kind = 'Deployment',
) => `kind: ${kind}
metadata: ${metadata}
spec:
  template:
    spec:
      containers:
        - name: web${resources}
`;

const file = (path: string, text = manifest()): RepositoryFile => ({
  path,
  text,
});

const reason = (edit: ManifestEdit) => 'reason' in edit && edit.reason.message;

describe('taking an advice in a repository', () => {
  it('leaves what a kustomization puts into another namespace', () => {
    const edit = editManifest(
      [
        file('dev/web.yaml'),
        file('dev/kustomization.yaml', 'namespace: dev\nresources: [web.yaml]'),
        file('shop/web.yaml'),
        file('shop/kustomization.yaml', 'namespace: shop'),
      ],
      WISH,
    );
    expect(edit).toMatchObject({ path: 'shop/web.yaml' });
  });

  it('passes over a file whose anchors unfold without end', () => {
    const rows = [...'bcdefgh'].map((key, index) => {
      const aliases = Array(9).fill(`*${'abcdefg'[index]}`);
      return `${key}: &${key} [${aliases.join(',')}]`;
    });
    const bomb = ['# web', 'a: &a [x,x,x,x,x,x,x,x,x]', ...rows].join('\n');
    expect(
      editManifest([file('a.yaml', bomb), file('web.yaml')], WISH),
    ).toMatchObject({ path: 'web.yaml' });
  });

  it('names a template whose quantities are filled in', () => {
    const template = manifest(`
          resources:
            requests:
              cpu: {{ .Values.cpu }}`);
    expect(reason(editManifest([file('web.yaml', template)], WISH))).toContain(
      'web.yaml is a template of a Helm chart',
    );
  });

  it('changes the one manifest that says what runs, in whatever unit', () => {
    const edit = editManifest(
      [
        file('README.md', 'web'),
        file('deploy/web.yaml'),
        file('deploy/other.yaml', manifest(undefined, '{ name: other }')),
        file(
          'deploy/elsewhere.yaml',
          manifest(undefined, '{ name: web, namespace: other }'),
        ),
        file(
          'deploy/service.yaml',
          manifest(undefined, undefined, 'StatefulSet'),
        ),
      ],
      WISH,
    );
    const resources = [
      ...['spec', 'template', 'spec', 'containers', '[name=web]'],
      'resources',
    ];
    expect(edit).toEqual({
      path: 'deploy/web.yaml',
      document: 0,
      changes: [
        {
          path: [...resources, 'requests', 'cpu'],
          before: '0.5',
          after: '250m',
        },
        { path: [...resources, 'limits', 'cpu'], before: '1000m', after: null },
      ],
      before: manifest(),
      after: manifest(`
          resources:
            requests:
              cpu: 250m`),
    });
  });

  it('takes the overlay that sets it, where the base does not', () => {
    const edit = editManifest(
      [file('base/web.yaml', manifest('')), file('prod/web.yaml')],
      WISH,
    );
    expect(edit).toMatchObject({ path: 'prod/web.yaml' });
  });

  it('says when several files could be meant', () => {
    expect(reason(editManifest([file('a.yaml'), file('b.yaml')], WISH))).toBe(
      'Several files of https://forge.example/acme/web declare Deployment shop/web: a.yaml, b.yaml. Which of them is deployed cannot be told from them.',
    );
  });

  it('says when a base is shared, and takes one that is not', () => {
    const overlay = (name: string) =>
      file(`overlays/${name}/kustomization.yaml`, 'resources: [../../base]\n');
    const base = file('base/web.yaml');
    expect(
      reason(editManifest([base, overlay('dev'), overlay('prod')], WISH)),
    ).toMatch(
      /^base\/web\.yaml is the base of several overlays \(overlays\/dev, overlays\/prod\)/,
    );
    expect(editManifest([base, overlay('prod')], WISH)).toMatchObject({
      path: 'base/web.yaml',
    });
  });

  it('says when the file is not what runs', () => {
    const wish = { ...WISH, live: { web: { 'requests.cpu': '300m' } } };
    expect(reason(editManifest([file('a.yaml')], wish))).toBe(
      'a.yaml says resources.requests.cpu 0.5, and the cluster runs 300m: something else sets it, and a change of the file would not be the one that was advised.',
    );
  });

  it('says when a chart makes it, or nothing does', () => {
    expect(reason(editManifest([], WISH))).toMatch(
      /^No file of .* declares Deployment shop\/web with its container web/,
    );
    const template =
      'kind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\n';
    expect(
      reason(editManifest([file('templates/web.yaml', template)], WISH)),
    ).toMatch(/templates\/web\.yaml is a template of a Helm chart/);
  });

  it('says when the form forbids it', () => {
    const anchored = manifest(`
          resources:
            requests: &r { cpu: 500m }
            limits: { cpu: 1 }`);
    const wish = {
      ...WISH,
      patch: {
        containers: [
          {
            ...WISH.patch.containers[0],
            resources: { requests: { memory: '1Gi' } },
          },
        ],
      },
    };
    expect(reason(editManifest([file('a.yaml', anchored)], wish))).toBe(
      'a.yaml cannot be edited safely: The map has an anchor, and others take it.',
    );
  });

  it('survives files that are no YAML and documents that are no objects', () => {
    const odd = ['web: [', 'web', '- web', '--- web\n--- [1', 'null # web', ''];
    expect(
      editManifest(
        [...odd.map((text, n) => file(`odd${n}.yaml`, text)), file('a.yml')],
        WISH,
      ),
    ).toMatchObject({ path: 'a.yml' });
  });
});

describe('a manifest under a kustomization that patches it', () => {
  const OPERATIONS = `- op: replace
  path: /spec/template/spec/containers/0/resources/requests/cpu
  value: 500m
`;
  const STRATEGIC = `kind: Deployment
metadata: { name: web }
spec: { template: { spec: { containers: [{ name: web, resources: {} }] } } }
`;
  const inLines = (text: string) => text.replace(/^/gm, '      ');
  const of = (kustomization: string, more: RepositoryFile[] = []) =>
    editManifest(
      [
        file('base/web.yaml'),
        file('base/kustomization.yaml', 'resources: [web.yaml]\n'),
        file(
          'prod/kustomization.yaml',
          `resources: [../base]\n${kustomization}`,
        ),
        ...more,
      ],
      WISH,
    );

  it.each<[string, string, RepositoryFile[]]>([
    [
      'by operations in it',
      `patches:\n  - target: { kind: Deployment, name: web }\n    patch: |-\n${inLines(
        OPERATIONS,
      )}`,
      [],
    ],
    [
      'by operations in a file, of names by a pattern',
      'patches:\n  - target: { kind: Deployment, name: w.* }\n    path: cpu.yaml\n',
      [file('prod/cpu.yaml', OPERATIONS)],
    ],
    [
      'as older ones have it',
      'patchesJson6902:\n  - target: { version: v1, kind: Deployment, name: web }\n    path: cpu.yaml\n',
      [file('prod/cpu.yaml', OPERATIONS)],
    ],
    [
      'by lines of a manifest in it',
      `patches:\n  - patch: |-\n${inLines(STRATEGIC)}`,
      [],
    ],
    [
      'by lines in a list of them',
      `patchesStrategicMerge:\n  - |-\n${inLines(STRATEGIC)}`,
      [],
    ],
  ])('is not edited: %s', (_, kustomization, more) => {
    expect(reason(of(kustomization, more))).toBe(
      'prod/kustomization.yaml sets resources of Deployment shop/web by a patch of its own, which is not edited, so that a change of base/web.yaml would not be what runs. Change the patch instead.',
    );
  });

  it.each([
    [
      'is of another workload',
      `patches:\n  - target: { kind: Deployment, name: webhook }\n    patch: |-\n${inLines(
        OPERATIONS,
      )}`,
    ],
    [
      'changes something else',
      `patches:\n  - target: { kind: Deployment, name: web }\n    patch: |-\n${inLines(
        OPERATIONS.replace(/containers.*/, 'replicas').replace(
          '/template/spec',
          '',
        ),
      )}`,
    ],
  ])('is edited where the patch %s', (_, kustomization) => {
    expect(of(kustomization)).toMatchObject({ path: 'base/web.yaml' });
  });

  it('is edited where the kustomization does not take it', () => {
    expect(
      editManifest(
        [
          file('base/web.yaml'),
          file(
            'other/kustomization.yaml',
            `resources: [x.yaml]\npatches:\n  - target: { name: web }\n    patch: |-\n${inLines(
              OPERATIONS,
            )}`,
          ),
        ],
        WISH,
      ),
    ).toMatchObject({ path: 'base/web.yaml' });
  });
});
