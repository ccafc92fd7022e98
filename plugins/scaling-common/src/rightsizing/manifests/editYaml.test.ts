import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { editYaml, YamlEditError } from './editYaml';

const DEPLOYMENT = `# The web shop
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: web # main
          image: "web:1"
          resources:
            requests: {cpu: 500m, memory: "1Gi"}
            limits:
              cpu: 1     # twice
              memory: '1Gi'
          # probes follow
          ports: [{ containerPort: 8080 }]
        - name: sidecar
          image: side
---
kind: Service
`;
const WEB = ['spec', 'template', 'spec', 'containers', 0, 'resources'];
const SIDECAR = ['spec', 'template', 'spec', 'containers', 1];

describe('editing YAML', () => {
  it('ends new lines as the others', () => {
    const edited = editYaml(DEPLOYMENT.replace(/\n/g, '\r\n'), 0, [
      { path: [...SIDECAR, 'resources', 'requests', 'cpu'], value: '250m' },
    ]);
    expect(edited).toContain('cpu: 250m\r\n');
    expect(edited.replace(/\r\n/g, '')).not.toContain('\n');
  });

  it('changes values and leaves comments, quotes and order as they are', () => {
    const edited = editYaml(DEPLOYMENT, 0, [
      { path: [...WEB, 'requests', 'cpu'], value: '250m' },
      { path: [...WEB, 'requests', 'memory'], value: '768Mi' },
      { path: [...WEB, 'limits', 'memory'], value: '900Mi' },
    ]);
    expect(edited).toBe(
      DEPLOYMENT.replace(
        'cpu: 500m, memory: "1Gi"',
        'cpu: 250m, memory: "768Mi"',
      ).replace("memory: '1Gi'", "memory: '900Mi'"),
    );
  });

  it('takes a limit away with its line, and the map that is then empty', () => {
    const one = editYaml(DEPLOYMENT, 0, [
      { path: [...WEB, 'limits', 'cpu'], value: null },
    ]);
    expect(one).toBe(
      DEPLOYMENT.replace('              cpu: 1     # twice\n', ''),
    );
    const both = editYaml(DEPLOYMENT, 0, [
      { path: [...WEB, 'limits', 'cpu'], value: null },
      { path: [...WEB, 'limits', 'memory'], value: null },
    ]);
    expect(both).not.toContain('limits');
    expect(both).toContain('          # probes follow\n');
  });

  it('adds what was not there, at the indentation of its neighbours', () => {
    const edited = editYaml(DEPLOYMENT, 0, [
      { path: [...SIDECAR, 'resources', 'requests', 'cpu'], value: '10m' },
      { path: [...SIDECAR, 'resources', 'requests', 'memory'], value: '32Mi' },
    ]);
    expect(edited).toBe(
      DEPLOYMENT.replace(
        '          image: side\n',
        `          image: side
          resources:
            requests:
              cpu: 10m
              memory: 32Mi
`,
      ),
    );
  });

  it.each([
    ['resources: {}\n', 'resources: { requests: { cpu: 10m } }\n'],
    ['resources:\n', 'resources: { requests: { cpu: 10m } }\n'],
    [
      'resources: { limits: { cpu: 1 } }\n',
      'resources: { limits: { cpu: 1 }, requests: { cpu: 10m } }\n',
    ],
    [
      'resources: { requests: {cpu: 5m} }',
      'resources: { requests: {cpu: 10m} }',
    ],
  ])('writes into %j', (before, after) => {
    expect(
      editYaml(before, 0, [
        { path: ['resources', 'requests', 'cpu'], value: '10m' },
      ]),
    ).toBe(after);
  });

  it.each([
    ['a: &r { cpu: 1 }\nresources: *r\n', ['resources', 'cpu']],
    ['a: &r { cpu: 1 }\nresources:\n  <<: *r\n', ['resources', 'cpu']],
    ['resources: [1]\n', ['resources', 'cpu']],
  ])('refuses %j', (text, path) => {
    expect(() => editYaml(text, 0, [{ path, value: '2' }])).toThrow(
      YamlEditError,
    );
  });

  it('says what was wanted, whatever the layout', () => {
    const quantity = fc.constantFrom('1', '250m', '1Gi', '1500m', '64Mi');
    const leaf = fc.constantFrom('cpu', 'memory');
    const part = fc.constantFrom('requests', 'limits');
    const resources = fc.dictionary(part, fc.dictionary(leaf, quantity));
    const layout = fc.record({
      flow: fc.boolean(),
      comment: fc.boolean(),
      after: fc.boolean(),
    });
    fc.assert(
      fc.property(
        resources,
        layout,
        fc.array(fc.record({ part, leaf, value: fc.option(quantity) }), {
          maxLength: 4,
        }),
        (have, { flow, comment, after }, edits) => {
          const text = [
            'containers:',
            '  - name: a',
            ...(flow
              ? [`    resources: ${JSON.stringify(have)}`]
              : blockOf('resources', have, '    ')),
            ...(comment ? ['    # a comment'] : []),
            ...(after ? ['    image: b'] : []),
            '',
          ].join('\n');
          const edited = editYaml(
            text,
            0,
            edits.map(each => ({
              path: ['containers', 0, 'resources', each.part, each.leaf],
              value: each.value,
            })),
          );
          const said = parseAllDocuments(edited)[0];
          for (const { part: p, leaf: l } of edits) {
            const last = edits.filter(e => e.part === p && e.leaf === l).pop()!;
            const is = said.getIn(['containers', 0, 'resources', p, l]);
            expect(is === undefined ? null : String(is)).toBe(last.value);
          }
          expect(edited.includes('# a comment')).toBe(comment);
        },
      ),
    );
  });
});

function blockOf(key: string, value: unknown, indent: string): string[] {
  if (typeof value !== 'object' || value === null) {
    return [`${indent}${key}: ${value}`];
  }
  const entries = Object.entries(value);
  return entries.length === 0
    ? [`${indent}${key}: {}`]
    : [
        `${indent}${key}:`,
        ...entries.flatMap(([name, each]) =>
          blockOf(name, each, `${indent}  `),
        ),
      ];
}
