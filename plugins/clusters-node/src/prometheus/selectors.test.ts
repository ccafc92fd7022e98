import fc from 'fast-check';
import {
  anyOf,
  applyMatchers,
  formatSelector,
  isLabelName,
  quoteLabelValue,
} from './selectors';

/** What Prometheus reads between double quotes (Go escapes), or an error. */
function unquote(text: string): string {
  expect(text).toMatch(/^"(?:[^"\\\n]|\\["\\nrt])*"$/);
  return text
    .slice(1, -1)
    .replace(
      /\\(.)/g,
      (_, escape: string) => ({ n: '\n', r: '\r', t: '\t' }[escape] ?? escape),
    );
}

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('"', '\\', '\n', '{', '}', ',', 'n', '\r'),
  }),
);

describe('selectors', () => {
  it('builds text from values', () => {
    const selector = {
      metric: 'kube_pod_info',
      matchers: [{ label: 'pod', operator: '!=' as const, value: '' }],
    };
    expect(formatSelector(selector)).toBe('kube_pod_info{pod!=""}');
    expect(formatSelector(applyMatchers(selector, { cluster: 'a"b' }))).toBe(
      'kube_pod_info{pod!="",cluster="a\\"b"}',
    );
    expect(formatSelector({ metric: 'up', matchers: [] })).toBe('up');
    expect(formatSelector({ metric: ['a', 'b:c'], matchers: [] })).toBe(
      '{__name__=~"a|b:c"}',
    );
  });

  it('refuses names that are not names', () => {
    expect(() =>
      formatSelector({ metric: 'up or vector(1)', matchers: [] }),
    ).toThrow('not a name');
    for (const label of ['', '\ud800']) {
      expect(() =>
        formatSelector(
          applyMatchers({ metric: 'up', matchers: [] }, { [label]: 'a' }),
        ),
      ).toThrow('not a label name');
    }
  });

  it('writes names that only Prometheus 3 takes in quotes', () => {
    const of = (metric: string | string[], label: string) =>
      formatSelector(applyMatchers({ metric, matchers: [] }, { [label]: 'x' }));
    expect(of('up', 'k8s.cluster.name')).toBe('up{"k8s.cluster.name"="x"}');
    expect(of('up', '9lives')).toBe('up{"9lives"="x"}');
    expect(of('up', 'région')).toBe('up{"région"="x"}');
    expect(of('up', 'a"\\\n')).toBe('up{"a\\"\\\\\\n"="x"}');
    expect(of(['a', 'b'], 'k8s.cluster.name')).toBe(
      '{__name__=~"a|b","k8s.cluster.name"="x"}',
    );
    expect(of('up', 'cluster_9')).toBe('up{cluster_9="x"}');
  });

  it('keeps every name inside its quotes', () => {
    fc.assert(
      fc.property(nasty, nasty, (name, value) => {
        fc.pre(isLabelName(name));
        const text = formatSelector({
          metric: 'm',
          matchers: [{ label: name, operator: '=', value }],
        });
        const match =
          /^m\{("(?:[^"\\]|\\.)*"|\w+)=("(?:[^"\\]|\\.)*")\}$/s.exec(text);
        const [, first = '', second = ''] = match ?? [];
        expect(first.startsWith('"') ? unquote(first) : first).toBe(name);
        expect(unquote(second)).toBe(value);
      }),
    );
  });

  it('quotes every value so that it reads back as it was', () => {
    fc.assert(
      fc.property(nasty, value => {
        expect(unquote(quoteLabelValue(value))).toBe(value);
      }),
    );
  });

  it('keeps every value inside its quotes', () => {
    fc.assert(
      fc.property(nasty, nasty, (first, second) => {
        const text = formatSelector({
          metric: 'm',
          matchers: [
            { label: 'a', operator: '=', value: first },
            { label: 'b', operator: '=', value: second },
          ],
        });
        const match =
          /^m\{a=("(?:[^"\\]|\\.)*"),b=("(?:[^"\\]|\\.)*")\}$/s.exec(text);
        expect(match?.slice(1).map(unquote)).toEqual([first, second]);
      }),
    );
  });

  it('matches exactly the strings it was given', () => {
    const text = fc.string({ unit: 'grapheme-ascii', minLength: 1 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), text, (values, other) => {
        const expression = new RegExp(`^(?:${anyOf(values)})$`);
        expect(values.every(value => expression.test(value))).toBe(true);
        expect(expression.test(other)).toBe(values.includes(other));
      }),
    );
  });
});
