import { applyManifestFix, checkManifests, readManifests } from '.';

const VPA = `# advice only
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata:
  name: web
  labels: { release: 2026-11-28, on: yes }
spec:
  updatePolicy:
    updateMode: Off # seen
  targetRef:
    name: No # seen
`;

it('reads objects as kubectl does, and knows the line of each field', () => {
  const { objects, unread } = readManifests([
    { path: 'a.yaml', text: `---\nfoo: 1\n---\n${VPA}` },
    { path: 'values.txt', text: 'kind: no' },
  ]);
  expect(unread).toEqual([]);
  expect(objects).toHaveLength(1);
  const [{ object, source }] = objects;
  expect(object).toMatchObject({
    spec: { updatePolicy: { updateMode: false } },
  });
  expect(source?.document).toBe(1);
  expect(source?.lineOf(['spec', 'updatePolicy', 'updateMode'])).toBe(12);
  expect(source?.lineOf(['spec', 'updatePolicy', 'minReplicas'])).toBe(11);
});

it('notices what YAML 1.1 reads otherwise, and mends the one line', () => {
  const { objects } = readManifests([{ path: 'a.yaml', text: VPA }]);
  const findings = checkManifests(objects).filter(({ rule }) => rule === 'K1');
  expect(findings.map(({ line, severity }) => [line, severity])).toEqual([
    [6, 'error'],
    [6, 'warning'],
    [11, 'error'],
  ]);
  const [, , { fix, said }] = findings;
  expect(said.message).toBe(
    'spec.targetRef.name is No without quotes, which readers of YAML 1.1 take for false; write "No".',
  );
  expect(fix).toEqual({
    patch: [{ op: 'replace', path: '/spec/targetRef/name', value: 'No' }],
    lines: {
      from: 11,
      before: ['    name: No # seen'],
      after: ['    name: "No" # seen'],
    },
  });
  expect(applyManifestFix(objects[0].object, fix!)).toMatchObject({
    spec: { targetRef: { name: 'No' } },
  });
});

it.each([
  ['defaultMode: 0644', 420],
  ['defaultMode: 0o644', 420],
  ['port: 22:22', '22:22'],
  ['count: 1_000', 1000],
  ['suspend: no', false],
  ['suspend: "no"', 'no'],
])('reads %s', (line, value) => {
  const text = `apiVersion: v1\nkind: Pod\nspec:\n  ${line}\n`;
  const [{ object }] = readManifests([{ path: 'a.yml', text }]).objects;
  expect(Object.values(object.spec as object)).toEqual([value]);
});

it('takes a list apart, and leaves entities and kustomizations out', () => {
  const { objects } = readManifests([
    {
      path: 'list.json',
      text: JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: [
          { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } },
          { apiVersion: 'backstage.io/v1alpha1', kind: 'Component' },
          {
            apiVersion: 'kustomize.config.k8s.io/v1beta1',
            kind: 'Kustomization',
          },
        ],
      }),
    },
  ]);
  expect(objects.map(({ object }) => object.kind)).toEqual(['Service']);
  expect(objects[0].source?.within).toEqual(['items', 0]);
});

it('says which file it can’t read, and why', () => {
  const bomb = ['a: &a [x]'];
  for (let n = 0; n < 8; n += 1) {
    const before = n === 0 ? 'a' : `a${n - 1}`;
    bomb.push(`a${n}: &a${n} [${Array(9).fill(`*${before}`).join(', ')}]`);
  }
  const { objects, unread } = readManifests([
    { path: 'chart/web.yaml', text: 'kind: {{ .Values.kind }}\n  x: 1' },
    { path: 'broken.yaml', text: 'a: [1\nb: 2' },
    { path: 'bomb.yaml', text: bomb.join('\n') },
    { path: 'huge.yaml', text: 'x'.repeat(600 * 1024) },
  ]);
  expect(objects).toEqual([]);
  expect(unread.map(({ file, said }) => [file, said.wording.key])).toEqual([
    ['chart/web.yaml', 'scalingManifests.template'],
    ['broken.yaml', 'scalingManifests.notYaml'],
    ['bomb.yaml', 'scalingManifests.notYaml'],
    ['huge.yaml', 'scalingManifests.tooLarge'],
  ]);
});
