import fc from 'fast-check';
import { matchesRequirements, parseLabelSelector } from './labelSelector';

function matches(selector: string, labels: Record<string, string>): boolean {
  return matchesRequirements(parseLabelSelector(selector), key => labels[key]);
}

describe('parseLabelSelector', () => {
  it('reads every form of requirement', () => {
    expect(
      parseLabelSelector(
        'app=web, tier == front,env!=prod,team in (b, a),zone notin (x),gpu,!legacy',
      ),
    ).toEqual([
      { key: 'app', operator: 'in', values: ['web'] },
      { key: 'tier', operator: 'in', values: ['front'] },
      { key: 'env', operator: 'notin', values: ['prod'] },
      { key: 'team', operator: 'in', values: ['a', 'b'] },
      { key: 'zone', operator: 'notin', values: ['x'] },
      { key: 'gpu', operator: 'exists', values: [] },
      { key: 'legacy', operator: 'not-exists', values: [] },
    ]);
  });

  it('reads prefixed keys and empty values, and nothing', () => {
    expect(parseLabelSelector('app.kubernetes.io/name=web,x=,y')).toEqual([
      { key: 'app.kubernetes.io/name', operator: 'in', values: ['web'] },
      { key: 'x', operator: 'in', values: [''] },
      { key: 'y', operator: 'exists', values: [] },
    ]);
    expect(parseLabelSelector('x in (,a)')[0].values).toEqual(['', 'a']);
    expect(parseLabelSelector('  ')).toEqual([]);
  });

  it.each([
    ['x=a||y=b', '"a||y" is not a label value'],
    ['x==a==b', '"==" stands where a comma should be'],
    ['!x=a', '"=" stands where a comma should be'],
    ['x<a', '"x<a" is not a label key'],
    ['x in a', 'values of in and notin stand in parentheses'],
    ['x in ()', 'in and notin need at least one value'],
    ['x in (a', 'a closing parenthesis is missing'],
    ['x in (a b)', '"b" stands where a comma or a parenthesis should be'],
    ['x like a', '"like" after "x" is no operator (=, ==, !=, in, notin)'],
    ['a,', 'a label key is missing'],
    [',a', '"," is not a label key'],
    ['-x=a', '"-x" is not a label key'],
    ['a/b/c=d', '"a/b/c" is not a label key'],
    [`${'k'.repeat(64)}=a`, 'is not a label key'],
    [`a=${'v'.repeat(64)}`, 'is not a label value'],
  ])('refuses %s', (selector, reason) => {
    expect(() => parseLabelSelector(selector)).toThrow(reason);
    expect(() => parseLabelSelector(selector)).toThrow(
      `"${selector}" is not a label selector`,
    );
  });

  it('never hangs, and fails with nothing but a RangeError', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'a',
            'in',
            'notin',
            '=',
            '!',
            '(',
            ')',
            ',',
            ' ',
            '/',
          ),
        ),
        parts => {
          const failure = failureOf(() => parseLabelSelector(parts.join('')));
          expect(['none', 'RangeError']).toContain(failure);
        },
      ),
    );
  });
});

describe('matchesRequirements', () => {
  it.each([
    ['app=web', { app: 'web' }, true],
    ['app=web', { app: 'api' }, false],
    ['app=web', {}, false],
    ['app!=web', {}, true],
    ['app!=web', { app: 'web' }, false],
    ['app in (web,api)', { app: 'api' }, true],
    ['app notin (web,api)', { app: 'api' }, false],
    ['app notin (web,api)', {}, true],
    ['app', { app: '' }, true],
    ['app', {}, false],
    ['!app', {}, true],
    ['!app', { app: '' }, false],
    ['app=', { app: '' }, true],
    ['app=', {}, false],
    ['app=web,tier', { app: 'web' }, false],
  ])('%s on %j is %s', (selector, labels, expected) => {
    expect(matches(selector, labels as Record<string, string>)).toBe(expected);
  });
});

function failureOf(run: () => unknown): string {
  try {
    run();
    return 'none';
  } catch (error) {
    return (error as Error).name;
  }
}
