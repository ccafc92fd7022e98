import { buildCostedKustomizations } from './buildCostedKustomizations';

const object = (kind: string, name: string, namespace = 'shop') =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ${namespace} }\n`;

const BASE = {
  'base/kustomization.yaml': 'resources: [web.yaml]',
  'base/web.yaml': object('Deployment', 'web'),
};
const overlay = (folder: string, more = '') => ({
  [`${folder}/kustomization.yaml`]: `resources: [../base]\n${more}`,
});

/** What is built of all kustomizations, or of those in some folders. */
function built(
  texts: Record<string, string>,
  among: (folder: string) => boolean = () => true,
) {
  const folders = Object.keys(texts)
    .filter(path => path.endsWith('kustomization.yaml'))
    .map(path => path.slice(0, path.lastIndexOf('/')));
  return buildCostedKustomizations(
    new Map(Object.entries(texts)),
    folders.filter(among),
  );
}

const namesOf = ({ objects }: ReturnType<typeof built>) =>
  objects.map(({ metadata }) => (metadata as { name: string }).name);

const unknownOf = ({ unknown }: ReturnType<typeof built>) =>
  unknown.map(({ folders, said }) => [folders, said.message]);

const VARIANTS = expect.stringContaining('make the same objects');

describe('buildCostedKustomizations', () => {
  it('builds what no other one refers to, once, and knows its files', () => {
    const made = built({
      ...BASE,
      ...overlay('over', 'patches: [{ path: patch.yaml }]'),
      'over/patch.yaml': object('Deployment', 'web'),
      'over/unused.yaml': object('Deployment', 'web'),
    });
    expect(namesOf(made)).toEqual(['web']);
    expect(made.unknown).toEqual([]);
    expect([...made.files].sort()).toEqual([
      'base/kustomization.yaml',
      'base/web.yaml',
      'over/kustomization.yaml',
      'over/patch.yaml',
    ]);
  });

  it('adds up what has nothing to do with each other', () => {
    const made = built({
      'common/kustomization.yaml': 'resources: [namespace.yaml]',
      'common/namespace.yaml':
        'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }',
      'web/kustomization.yaml': 'resources: [../common, web.yaml]',
      'web/web.yaml': object('Deployment', 'web'),
      'api/kustomization.yaml': 'resources: [../common, api.yaml]',
      'api/api.yaml': object('Deployment', 'api'),
    });
    expect(made.unknown).toEqual([]);
    expect(namesOf(made)).toEqual(['shop', 'api', 'shop', 'web']);
  });

  it.each([
    ['of one base', { ...BASE, ...overlay('prod'), ...overlay('test') }],
    [
      'of one base in namespaces of their own',
      {
        ...BASE,
        ...overlay('prod', 'namespace: prod'),
        ...overlay('test', 'namespace: test'),
      },
    ],
    [
      'that are copies',
      {
        'prod/kustomization.yaml': 'resources: [web.yaml]',
        'prod/web.yaml': object('Deployment', 'web'),
        'test/kustomization.yaml': 'resources: [web.yaml]',
        'test/web.yaml': object('Deployment', 'web'),
      },
    ],
    [
      'of which one can not be built',
      { ...BASE, ...overlay('prod', 'namePrefix: a-'), ...overlay('test') },
    ],
  ])('does not choose among several %s', (_, texts) => {
    // The base may be beside the folder that is asked for.
    const made = built(texts, folder => folder !== 'base');
    expect(made.objects).toEqual([]);
    expect(unknownOf(made)).toEqual([[['prod', 'test'], VARIANTS]]);
  });

  it('takes copies in namespaces of their own for different things', () => {
    const made = built({
      'a/kustomization.yaml': 'resources: [web.yaml]',
      'a/web.yaml': object('Deployment', 'web', 'a'),
      'b/kustomization.yaml': 'resources: [web.yaml]',
      'b/web.yaml': object('Deployment', 'web', 'b'),
    });
    expect([namesOf(made), made.unknown]).toEqual([['web', 'web'], []]);
  });

  it('builds the others where one of them is not known', () => {
    const made = built({
      ...BASE,
      ...overlay('prod'),
      ...overlay('test'),
      'api/kustomization.yaml': 'resources: [api.yaml]',
      'api/api.yaml': object('Deployment', 'api'),
    });
    expect(namesOf(made)).toEqual(['api']);
    expect(unknownOf(made)).toEqual([[['prod', 'test'], VARIANTS]]);
  });

  it.each([
    ['patchesStrategicMerge: [patch.yaml]', 'patchesStrategicMerge'],
    [
      'components: [../part]\nreplacements: [{ path: patch.yaml }]',
      'components',
    ],
    ['generators: [patch.yaml]', 'generators'],
    ['helmCharts: [{ name: web, valuesFile: patch.yaml }]', 'helmCharts'],
  ])('says why it can not build %j', (more, why) => {
    const made = built({
      ...BASE,
      ...overlay('over', more),
      'over/patch.yaml': object('Deployment', 'web'),
    });
    expect([made.objects, unknownOf(made)]).toEqual([
      [],
      [[['over'], expect.stringContaining(why)]],
    ]);
    expect(made.files).toContain('over/patch.yaml');
  });

  it('leaves none out that refer to one another, or that nobody can read', () => {
    const made = built({
      'a/kustomization.yaml': 'resources: [../b]',
      'b/kustomization.yaml': 'resources: [../a]',
      'c/kustomization.yaml': 'resources: [',
      'd/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component',
    });
    expect(unknownOf(made)).toEqual([
      [['c'], expect.stringContaining('is no YAML')],
      [['d'], expect.stringContaining('kind')],
      [['a'], expect.stringContaining('is a resource of itself')],
    ]);
  });

  it('tells what it does not know apart from another version of it', () => {
    const texts = { ...BASE, ...overlay('prod'), ...overlay('test') };
    const contentOf = (of: Record<string, string>) =>
      built(of).unknown.map(({ content }) => content);
    expect(contentOf({ ...texts, 'other.yaml': 'a' })).toEqual(
      contentOf(texts),
    );
    expect(
      contentOf({ ...texts, 'base/web.yaml': object('Deployment', 'api') }),
    ).not.toEqual(contentOf(texts));
  });
});
