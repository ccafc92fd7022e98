import { addDays } from '@headroom/common';
import fc from 'fast-check';
import { BilledThrough, billedSpan } from './billedSpan';

const bill = (
  source: string,
  account: string,
  first: string,
  last: string,
): BilledThrough => ({ source, account, first, last });

it('ends with the account that has come least far, and knows nothing without one', () => {
  expect(billedSpan([])).toBeUndefined();
  expect(
    billedSpan([
      bill('aws', '1', '2026-05-01', '2026-06-20'),
      bill('gcp', 'x', '2026-06-01', '2026-06-17'),
    ]),
  ).toEqual({ first: '2026-05-01', last: '2026-06-17' });
});

it('tells accounts of one source apart', () => {
  expect(
    billedSpan([
      bill('bucket', 'a', '2026-05-01', '2026-06-28'),
      bill('bucket', 'b', '2026-05-01', '2026-06-20'),
    ])?.last,
  ).toBe('2026-06-20');
});

it('takes a source that gave way for a part of the bill it gave way to', () => {
  expect(
    billedSpan([
      bill('explorer', '1', '2026-03-01', '2026-04-30'),
      bill('export', '1', '2026-05-01', '2026-06-20'),
      bill('export', '2', '2026-05-01', '2026-06-20'),
    ]),
  ).toEqual({ first: '2026-03-01', last: '2026-06-20' });
});

it('does not wait for an account that its source has had nothing of for long', () => {
  const at = (last: string) =>
    billedSpan([
      bill('bucket', 'a', '2026-01-01', '2026-06-28'),
      bill('bucket', 'old', '2026-01-01', last),
    ])?.last;
  expect(at('2026-05-24')).toBe('2026-05-24');
  expect(at('2026-05-23')).toBe('2026-06-28');
});

it('waits for a source that has stopped: what it would charge is not known', () => {
  expect(
    billedSpan([
      bill('aws', '1', '2026-01-01', '2026-06-28'),
      bill('gcp', 'x', '2026-01-01', '2026-02-28'),
    ])?.last,
  ).toBe('2026-02-28');
});

const bills = fc.array(
  fc
    .tuple(
      fc.constantFrom('a', 'b', 'c'),
      fc.constantFrom('1', '2', '3', '4', '5'),
      fc.nat(100),
      fc.nat(100),
    )
    .map(([source, account, day, longer]) =>
      bill(
        source,
        account,
        addDays('2026-01-01', day),
        addDays('2026-01-01', day + longer),
      ),
    ),
  { minLength: 1 },
);

it('does not depend on the order, and is within what was billed', () => {
  fc.assert(
    fc.property(bills, all => {
      const span = billedSpan(all);
      expect(billedSpan([...all].reverse())).toEqual(span);
      expect(all.map(({ first }) => first)).toContain(span?.first);
      expect(all.map(({ last }) => last)).toContain(span?.last);
    }),
  );
});

it('never ends later because a bill of another account comes in', () => {
  fc.assert(
    fc.property(bills, fc.nat(200), (all, day) => {
      const date = addDays('2026-01-01', day);
      const before = billedSpan(all);
      const after = billedSpan([...all, bill('new', '9', date, date)]);
      expect(after!.last <= before!.last).toBe(true);
    }),
  );
});
