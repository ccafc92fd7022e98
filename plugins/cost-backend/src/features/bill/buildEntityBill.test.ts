import { addDays, eachDay, monthStart } from '@headroom/common';
import { Decimal, parseDecimal } from '@headroom/plugin-cost-common';
import fc from 'fast-check';
import { billPeriods, EntityBillPeriod } from './billPeriods';
import { buildEntityBill } from './buildEntityBill';

const PERIOD = '2026-11-01';
const BEFORE = '2026-10-01';

/** A bill of one account, through a day. */
const source = (id: string, last: string) => ({
  source: id,
  account: id,
  first: '2026-01-01',
  last,
});
const account = (id: string, period: string, currency = 'USD') => ({
  account: id,
  period,
  currency,
});
const amountOf = (text: string | number): Decimal =>
  parseDecimal(String(text))!;
const sums = (day: string, amount: string | number, period = '') => ({
  period: period || monthStart(day),
  currency: 'USD',
  billed: amountOf(amount),
  effective: amountOf(amount),
  day,
});
/** So much on each day. */
const daily = (start: string, end: string, amount: number) =>
  eachDay(start, end).map(day => sums(day, amount));
const bill = (
  days: Array<ReturnType<typeof sums>>,
  of: Partial<EntityBillPeriod> = {},
) =>
  buildEntityBill({
    basis: 'effective',
    periods: [{ currency: 'USD', period: PERIOD, before: BEFORE, ...of }],
    months: [],
    days,
    resources: [],
  })[0];

describe('the newest period of an entity’s bill', () => {
  it('is each currency’s own, so that a late bill is not one of nothing', () => {
    expect(
      billPeriods(
        [
          account('aws', BEFORE),
          account('aws', PERIOD),
          account('hetzner', BEFORE, 'EUR'),
        ],
        [source('aws', '2026-11-20'), source('hetzner', '2026-10-31')],
      ),
    ).toEqual([
      {
        currency: 'USD',
        period: PERIOD,
        before: BEFORE,
        through: '2026-11-20',
      },
      {
        currency: 'EUR',
        period: BEFORE,
        before: '2026-09-01',
        through: '2026-10-31',
      },
    ]);
  });

  it('is the one that has come least far of those that charged lately', () => {
    const sources = [source('aws', '2026-11-20'), source('gcp', '2026-10-31')];
    const of = (...accounts: Array<ReturnType<typeof account>>) =>
      billPeriods(accounts, sources)[0];
    const aws = [account('aws', BEFORE), account('aws', PERIOD)];
    expect(of(...aws, account('gcp', BEFORE))).toMatchObject({
      period: BEFORE,
      through: '2026-10-31',
    });
    // What another provider charged in spring holds up nothing.
    expect(of(...aws, account('gcp', '2026-04-01'))).toMatchObject({
      period: PERIOD,
      through: '2026-11-20',
    });
  });

  it('is the newest there is where no bill says how far it has come', () => {
    expect(billPeriods([account('aws', PERIOD)], [])).toEqual([
      { currency: 'USD', period: PERIOD, before: BEFORE },
    ]);
  });
});

describe('what an entity was billed', () => {
  const OCTOBER = daily(BEFORE, PERIOD, 10);

  it('compares no part of a day with a whole one', () => {
    const first = bill([...OCTOBER, sums(PERIOD, 2)], { through: PERIOD });
    expect(first).toMatchObject({
      amount: '2000000',
      end: '2026-11-02',
      days: [{ day: PERIOD, partial: true }],
    });
    expect(first.compared).toBeUndefined();
    const second = bill([...OCTOBER, sums(PERIOD, 10), sums('2026-11-02', 2)], {
      through: '2026-11-02',
    });
    expect(second.compared).toEqual({
      current: { start: PERIOD, end: '2026-11-02', amount: '10000000' },
      previous: { start: BEFORE, end: '2026-10-02', amount: '10000000' },
    });
  });

  it('compares as far as the bill that has come least far', () => {
    const { compared, days, amount } = bill(
      [
        ...OCTOBER,
        ...daily(PERIOD, '2026-11-25', 10),
        ...daily('2026-11-25', '2026-11-29', 5),
      ],
      { through: '2026-11-25' },
    );
    expect(compared).toEqual({
      current: { start: PERIOD, end: '2026-11-25', amount: '240000000' },
      previous: { start: BEFORE, end: '2026-10-25', amount: '240000000' },
    });
    expect(amount).toBe('260000000');
    expect(days.filter(each => each.partial).map(({ day }) => day)).toEqual(
      eachDay('2026-11-25', '2026-11-29'),
    );
  });

  it('takes days without a charge for nothing once bills are past them', () => {
    const gone = bill([...OCTOBER, sums(PERIOD, 10)], {
      through: '2026-11-20',
    });
    expect(gone.days).toEqual([
      { day: PERIOD, amount: '10000000', partial: false },
    ]);
    expect(gone.compared).toMatchObject({
      current: { end: '2026-11-20', amount: '10000000' },
      previous: { end: '2026-10-20', amount: '190000000' },
    });
  });

  it('sums, compares equally many days, and never the newest that is charged', () => {
    const day = fc.integer({ min: 0, max: 29 }).map(i => addDays(PERIOD, i));
    fc.assert(
      fc.property(
        fc.uniqueArray(day, { minLength: 1 }),
        fc.option(day, { nil: undefined }),
        fc.integer({ min: 1, max: 1_000_000 }),
        (charged, through, amount) => {
          const days = charged.sort().map(each => sums(each, `0.${amount}`));
          const found = bill([...OCTOBER, ...days], {
            ...(through && { through }),
          });
          const total = found.days.reduce(
            (sum, each) => sum + BigInt(each.amount),
            0n,
          );
          expect(String(total)).toBe(found.amount);
          expect(found.days.every(each => each.day < found.end)).toBe(true);
          const { current, previous } = found.compared ?? {};
          const until = current?.end ?? PERIOD;
          expect(current?.end.slice(8)).toBe(previous?.end.slice(8));
          expect(until <= (through ?? until)).toBe(true);
          expect(
            found.days.filter(each => each.day < until && each.partial),
          ).toEqual([]);
        },
      ),
    );
  });
});
