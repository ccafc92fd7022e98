import fc from 'fast-check';
import { Json } from '@headroom/common';
import { applyManifestFix, checkManifests, readManifests } from '.';
import { CASES } from './__testUtils__/cases';
import { RuleCase } from './__testUtils__/RuleCase';
import { ManifestContext } from './ManifestContext';
import { ManifestFinding } from './ManifestFinding';
import { formatManifestPath } from './json';
import { ManifestObject } from './ManifestObject';
import { RULES } from './rules';
import { MANIFEST_SENTENCES } from './sentences';

function read(text: string, workflow?: string) {
  const { objects, workflows, runnerValues, unread } = readManifests([
    { path: 'a.yaml', text },
    ...(workflow === undefined
      ? []
      : [{ path: '.github/workflows/ci.yaml', text: workflow }]),
  ]);
  expect(unread).toEqual([]);
  expect([...objects, ...runnerValues]).not.toEqual([]);
  return { objects, workflows, runnerValues };
}

function found(each: RuleCase, which: 'dont' | 'do'): ManifestFinding[] {
  const { objects, ...beside } = read(each[which], each.workflow?.[which]);
  return checkManifests(objects, { ...each.context, ...beside });
}

const named = CASES.map(
  (each, index) => [`${each.rule} (${index})`, each] as const,
);

describe('rules', () => {
  it('are each shown by a mistake and by what is right', () => {
    const shown = new Set(CASES.map(({ rule }) => rule));
    expect(RULES.map(({ id }) => id).filter(id => !shown.has(id))).toEqual([]);
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    for (let number = 1; number <= 51; number += 1) {
      expect(shown).toContain(`M${number}`);
    }
  });

  it('have a sentence and a reason each that can be translated', () => {
    const keys = Object.keys(MANIFEST_SENTENCES);
    for (const { id } of RULES) {
      expect(keys).toContain(`${id}why`);
      expect(keys.some(key => new RegExp(`^${id}(?!why|\\d)`).test(key))).toBe(
        true,
      );
    }
    for (const [key, sentence] of Object.entries(MANIFEST_SENTENCES)) {
      expect(key).toMatch(/^[a-zA-Z0-9]+$/);
      expect(sentence).toMatch(/(\.|\{\{why\}\})$/);
      // i18next takes nothing but names for gaps.
      expect(sentence.replace(/\{\{[a-zA-Z0-9]+\}\}/g, '')).not.toMatch(/[{}]/);
    }
  });

  it.each(named)('%s refuses the mistake at its line', (_, each) => {
    const findings = found(each, 'dont').filter(
      ({ rule }) => rule === each.rule,
    );
    expect(findings).not.toEqual([]);
    for (const { said, why, line, file } of findings) {
      expect(said.message).not.toMatch(/\{\{|undefined|null/);
      expect(why.message).not.toMatch(/\{\{/);
      expect(line).toBeGreaterThan(0);
      expect(file).toBeDefined();
    }
  });

  it.each(named)('%s passes what is right', (_, each) => {
    expect(
      found(each, 'do')
        .filter(({ rule }) => rule === each.rule)
        .map(({ said }) => said.message),
    ).toEqual([]);
  });

  it.each(named)(
    '%s is mended by its fix, and nothing else breaks',
    (_, each) => {
      const { objects, ...beside } = read(each.dont, each.workflow?.dont);
      const context = { ...each.context, ...beside };
      expect(RULES.map(({ id }) => id)).toContain(each.rule);
      for (const finding of found(each, 'dont')) {
        if (finding.fix && finding.rule === each.rule) {
          expectMended(objects, finding, context);
        }
      }
    },
  );
});

/** A finding, whatever the index of what it is at. */
function keyOf({ rule, object, path }: ManifestFinding): string {
  return [rule, object.kind, object.name, formatManifestPath(path)].join(' ');
}

function expectMended(
  objects: readonly ManifestObject[],
  finding: ManifestFinding,
  context: ManifestContext,
) {
  const before = checkManifests(objects, context).map(keyOf);
  const on = objects.find(
    ({ object }) =>
      object.kind === finding.object.kind &&
      (object.metadata as { name?: Json } | undefined)?.name ===
        finding.object.name,
  )!;
  const object = applyManifestFix(on.object, finding.fix!);
  // What was surprising in the text is so until it is read again.
  const mended = finding.rule === 'K1' ? { object } : { ...on, object };
  const after = checkManifests(
    objects.map(each => (each === on ? mended : each)),
    context,
  ).map(keyOf);
  expect(after).not.toContain(keyOf(finding));
  expect(after.filter(key => !before.includes(key))).toEqual([]);
  if (finding.fix!.lines && on.source) {
    const { from, before: was, after: is } = finding.fix!.lines;
    const lines = on.source.text.split('\n');
    expect(lines.slice(from - 1, from - 1 + was.length)).toEqual([...was]);
    lines.splice(from - 1, was.length, ...is);
    const again = readManifests([{ path: 'a.yaml', text: lines.join('\n') }]);
    expect(again.unread).toEqual([]);
    const index = objects.indexOf(on);
    expect(again.objects[index].object).toEqual(mended.object);
  }
}

describe('any objects', () => {
  const kinds = [
    ...new Set(
      CASES.flatMap(each => [
        ...each.dont.matchAll(/^kind: (\w+)$/gm),
        ...each.do.matchAll(/^kind: (\w+)$/gm),
      ]).map(([, kind]) => kind),
    ),
  ];
  const keys = [
    ...new Set(
      CASES.flatMap(each => [...each.dont.matchAll(/([\w.-]+):/g)]).map(
        ([, key]) => key,
      ),
    ),
  ];
  const json = fc.letrec<{ node: unknown }>(tie => ({
    node: fc.oneof(
      { maxDepth: 7 },
      fc.constantFrom<unknown>(
        null,
        0,
        1,
        0.5,
        -1,
        1e12,
        true,
        false,
        '',
        'a',
        '1',
        '50%',
        'cpu',
        'cron',
        '0 7 * * *',
        '100%',
        'x'.repeat(70),
      ),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(...keys, 'toString', '__proto__'),
        tie('node'),
        { maxKeys: 6, noNullPrototype: true },
      ),
    ),
  })).node;
  const manifest = fc
    .record({
      kind: fc.constantFrom(...kinds),
      apiVersion: fc.constantFrom(
        'v1',
        'apps/v1',
        'keda.sh/v1alpha1',
        'karpenter.sh/v1',
        'kueue.x-k8s.io/v1beta2',
        'autoscaling/v2',
      ),
      metadata: json,
      spec: json,
      data: json,
      rules: json,
    })
    .map(object => ({ object } as ManifestObject));
  const odd = fc.jsonValue().map(object => ({ object } as ManifestObject));

  it('are checked without throwing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(manifest, odd), { maxLength: 4 }),
        objects => {
          for (const { said } of checkManifests(objects)) {
            expect(typeof said.message).toBe('string');
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are checked the same in any order', () => {
    const planted = CASES.filter(({ workflow }) => !workflow);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...planted), { minLength: 1, maxLength: 3 }),
        fc.infiniteStream(fc.nat()),
        (some, numbers) => {
          const objects = some.flatMap(({ dont }) => read(dont).objects);
          const shuffled = objects
            .map(each => [numbers.next().value as number, each] as const)
            .sort(([a], [b]) => a - b)
            .map(([, each]) => each);
          const said = (list: ManifestObject[]) =>
            checkManifests(list)
              .map(finding => `${keyOf(finding)} ${finding.said.message}`)
              .sort();
          expect(said(shuffled)).toEqual(said(objects));
        },
      ),
      { numRuns: 60 },
    );
  });
});
