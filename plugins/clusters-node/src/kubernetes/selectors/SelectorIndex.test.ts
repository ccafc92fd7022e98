import fc from 'fast-check';
import { ObjectSelector } from '../cache/projections/types';
import { SelectorIndex, selects } from './SelectorIndex';

const key = fc.constantFrom('app', 'tier', 'constructor');
const value = fc.constantFrom('web', 'api', '');
const labels = fc.dictionary(key, value);
const selector: fc.Arbitrary<ObjectSelector> = fc.record(
  {
    matchLabels: fc.dictionary(key, value),
    matchExpressions: fc.array(
      fc.record(
        {
          key,
          operator: fc.constantFrom(
            'In' as const,
            'NotIn' as const,
            'Exists' as const,
            'DoesNotExist' as const,
          ),
          values: fc.array(value),
        },
        { requiredKeys: ['key', 'operator'] },
      ),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: [] },
);

describe('selects', () => {
  it.each<[string, ObjectSelector | undefined, object, boolean]>([
    ['no selector', undefined, { app: 'web' }, false],
    ['an empty selector', {}, {}, true],
    [
      'all labels',
      { matchLabels: { app: 'web', tier: 'a' } },
      { app: 'web' },
      false,
    ],
    [
      'a value that is not among them, or none',
      {
        matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }],
      },
      {},
      true,
    ],
    [
      'a key',
      { matchExpressions: [{ key: 'app', operator: 'Exists' }] },
      { app: '' },
      true,
    ],
    [
      'an operator that there is not',
      { matchExpressions: [{ key: 'app', operator: 'Gt' as never }] },
      { app: '5' },
      false,
    ],
  ])('goes by %s', (_, given, object, expected) => {
    expect(selects(given, object as Record<string, string>)).toBe(expected);
  });
});

describe('SelectorIndex', () => {
  it('finds exactly those that select, each once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(selector, { nil: undefined }), { maxLength: 8 }),
        labels,
        (selectors, object) => {
          const items = selectors.map((each, index) => ({ each, index }));
          const index = SelectorIndex.create(items, ({ each }) => each);
          const found = index.matching(object).map(item => item.index);
          expect(found.sort()).toEqual(
            items
              .filter(({ each }) => selects(each, object))
              .map(item => item.index),
          );
        },
      ),
    );
  });

  it('does not ask selectors for other values', () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `app-${index}`);
    const index = SelectorIndex.create(names, name => ({
      // What all have is no way to tell them apart.
      matchLabels: { stage: 'production', app: name },
    }));
    const began = process.cpuUsage();
    for (const name of names) {
      expect(index.matching({ stage: 'production', app: name })).toEqual([
        name,
      ]);
    }
    // Asking each would take 400 million comparisons. Other work of the machine doesn't count.
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(15);
  });
});
