import { readManifestFields, setManifestFields } from './manifestFields';

const TEXT = `kind: Service
---
kind: Deployment
spec:
  containers:
    - name: web
      resources:
        requests: { cpu: 500m } # enough
    - name: side
`;
const cpu = (name: string) => [
  'spec',
  'containers',
  `[name=${name}]`,
  'resources',
  'requests',
  'cpu',
];

it('reads fields of the document, and null where there is nothing', () => {
  expect(
    readManifestFields(TEXT, 1, [
      cpu('web'),
      cpu('side'),
      cpu('none'),
      ['kind'],
    ]),
  ).toEqual(['500m', null, null, 'Deployment']);
});

it('sets fields where they are, by the name of the element', () => {
  const edited = setManifestFields(TEXT, 1, [
    { path: cpu('web'), after: '250m' },
    { path: cpu('side'), after: '10m' },
  ]);
  expect(edited).toContain('requests: { cpu: 250m } # enough');
  expect(readManifestFields(edited, 1, [cpu('side')])).toEqual(['10m']);
  expect(edited.startsWith('kind: Service\n---\n')).toBe(true);
});

it.each([
  ['no such container', 1, cpu('none')],
  ['no such document', 7, cpu('web')],
])('refuses: %s', (_, document, path) => {
  expect(() =>
    setManifestFields(TEXT, document, [{ path, after: '1' }]),
  ).toThrow(Error);
});
