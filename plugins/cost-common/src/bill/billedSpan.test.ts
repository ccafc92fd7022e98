import fc from 'fast-check';
import { BilledThrough, billedSpan } from './billedSpan';

const bill = (
  source: string,
  accounts: string[],
  first: string,
  last: string,
): BilledThrough => ({ source, accounts, first, last });

it('ends with the bill that has come least far, and knows nothing without one', () => {
  expect(billedSpan([])).toBeUndefined();
  expect(
    billedSpan([
      bill('aws', ['1', '2'], '2026-05-01', '2026-06-20'),
      bill('gcp', ['x'], '2026-06-01', '2026-06-17'),
    ]),
  ).toEqual({ first: '2026-05-01', last: '2026-06-17' });
});

it('takes a source that gave way for a part of the bill it gave way to', () => {
  expect(
    billedSpan([
      bill('explorer', ['1'], '2026-03-01', '2026-04-30'),
      bill('export', ['1', '2'], '2026-05-01', '2026-06-20'),
    ]),
  ).toEqual({ first: '2026-03-01', last: '2026-06-20' });
});

it('joins bills that have come apart until a third has accounts of both', () => {
  expect(
    billedSpan([
      bill('a', ['1'], '2026-05-01', '2026-05-10'),
      bill('b', ['2'], '2026-05-01', '2026-05-12'),
      bill('both', ['1', '2'], '2026-05-01', '2026-06-20'),
    ])?.last,
  ).toBe('2026-06-20');
});

const sources = fc.array(
  fc
    .tuple(
      fc.constantFrom('a', 'b', 'c', 'd'),
      fc.uniqueArray(fc.constantFrom('1', '2', '3', '4', '5')),
      fc.integer({ min: 1, max: 28 }),
      fc.integer({ min: 0, max: 2 }),
    )
    .map(([source, accounts, day, longer]) =>
      bill(
        source,
        accounts,
        `2026-06-${String(day).padStart(2, '0')}`,
        `2026-06-${String(day + longer).padStart(2, '0')}`,
      ),
    ),
  { minLength: 1 },
);

it('does not depend on the order, and is within what was billed', () => {
  fc.assert(
    fc.property(sources, all => {
      const span = billedSpan(all);
      expect(billedSpan([...all].reverse())).toEqual(span);
      expect(all.map(({ first }) => first)).toContain(span?.first);
      expect(all.map(({ last }) => last)).toContain(span?.last);
    }),
  );
});

it('never ends later because a bill of other accounts comes in', () => {
  fc.assert(
    fc.property(sources, fc.integer({ min: 1, max: 28 }), (all, day) => {
      const date = `2026-06-${String(day).padStart(2, '0')}`;
      const before = billedSpan(all);
      const after = billedSpan([...all, bill('new', ['9'], date, date)]);
      expect(after!.last <= (before?.last ?? date)).toBe(true);
    }),
  );
});
