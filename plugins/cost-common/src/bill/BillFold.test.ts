import fc from 'fast-check';
import { BillFold, FoldedItem } from './BillFold';
import { BillCharge, BillItem } from './charge';
import { DecimalSum, decimalText } from './Decimal';

const ITEM: BillItem = {
  period: '2026-10-01',
  currency: 'USD',
  provider: 'AWS',
  billingAccount: '1',
  subAccount: '2',
  service: 'EC2',
  serviceCategory: 'Compute',
  region: 'us-east-1',
  resourceId: 'i-1',
  category: 'Usage',
  correction: false,
  frequency: 'Usage-Based',
  pricing: 'Standard',
  commitment: '',
  commitmentId: '',
  tags: {},
};

const charges: fc.Arbitrary<BillCharge> = fc.record({
  item: fc
    .record({
      resourceId: fc.constantFrom('i-1', 'i-2', ''),
      service: fc.constantFrom('EC2', 'RDS'),
      tags: fc.constantFrom<Record<string, string>>(
        {},
        { team: 'a', app: 'b' },
        { app: 'b', team: 'a' },
      ),
      correction: fc.boolean(),
    })
    .map(some => ({ ...ITEM, ...some })),
  day: fc.constantFrom('2026-10-01', '2026-10-02'),
  amounts: fc
    .tuple(
      fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
      fc.nat({ max: 18 }),
    )
    .map(([digits, scale]) => {
      const amount = { digits, scale };
      return {
        billed: amount,
        effective: amount,
        list: amount,
        contracted: amount,
      };
    }),
});

/** Sums by item and day of pieces, as a database would sum them. */
function summed(pieces: FoldedItem[][]) {
  const sums = new Map<string, DecimalSum>();
  for (const { key, days } of pieces.flat()) {
    for (const { day, amounts } of days) {
      const at = `${key}/${day}`;
      const sum = sums.get(at) ?? DecimalSum.create();
      sum.add(amounts.billed);
      sums.set(at, sum);
    }
  }
  return [...sums]
    .map(([at, { value }]) => {
      const text = decimalText(value);
      return [at, text.includes('.') ? text.replace(/\.?0+$/, '') : text];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

describe('BillFold', () => {
  it('sums the same whole, in pieces and in any order', () => {
    fc.assert(
      fc.property(fc.array(charges), fc.nat({ max: 20 }), (all, at) => {
        const fold = BillFold.create();
        all.forEach(charge => fold.add(charge));
        const whole = summed([fold.empty()]);
        expect(fold.size).toBe(0);

        const reversed = [...all].reverse();
        reversed.slice(0, at).forEach(charge => fold.add(charge));
        const first = fold.empty();
        reversed.slice(at).forEach(charge => fold.add(charge));
        expect(summed([first, fold.empty()])).toEqual(whole);
      }),
    );
  });

  it('takes tags in another order for the same item', () => {
    const fold = BillFold.create();
    const amount = { digits: 1n, scale: 0 };
    const amounts = {
      billed: amount,
      effective: amount,
      list: amount,
      contracted: amount,
    };
    for (const tags of [
      { a: '1', b: '2' },
      { b: '2', a: '1' },
    ]) {
      fold.add({ item: { ...ITEM, tags }, day: '2026-10-01', amounts });
    }
    const [{ days }, ...others] = fold.empty();
    expect(others).toEqual([]);
    expect(days).toEqual([
      expect.objectContaining({
        charges: 2,
        amounts: expect.objectContaining({ billed: { digits: 2n, scale: 0 } }),
      }),
    ]);
  });
});
