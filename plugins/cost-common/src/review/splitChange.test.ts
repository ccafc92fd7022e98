import fc from 'fast-check';
import { RESOURCES } from '../resources/resources';
import { amount, row } from './__testUtils__/facts';
import { ReviewAmount, ReviewRowFacts } from './reviewFacts';
import { noParts, splitChange } from './splitChange';

const cpu = (
  before: ReviewAmount,
  after: ReviewAmount,
  change: Partial<ReviewRowFacts> = {},
) => row({ resources: { cpu: { before, after } }, ...change });

const split = (of: ReviewRowFacts, metrics: string[] = []) =>
  splitChange(of, metrics);

describe('a change of cost', () => {
  it('is split by hand: 20 % more was used, a tenth less paid for it, at twice the price', () => {
    // 10 hours at 10 with 5 used; then 10.8 hours with 6 used, at 20.
    const of = cpu(
      amount(100_000, 10_000, 5_000),
      amount(216_000, 10_800, 6_000),
    );
    expect(split(of)).toEqual({
      ...noParts(),
      volume: 20_000n,
      efficiency: -12_000n,
      price: 108_000n,
    });
  });

  it('goes by units where they are known of both weeks, whatever was used', () => {
    const of = cpu(amount(100, 10, 1), amount(150, 15, 9), {
      units: [
        { metric: 'tokens', before: 4 },
        { metric: 'requests', before: 1000, after: 1200 },
      ],
    });
    expect(split(of, ['tokens', 'requests'])).toEqual({
      ...noParts(),
      volume: 20n,
      efficiency: 30n,
    });
    expect(split(of)).toEqual({
      ...noParts(),
      volume: 800n,
      efficiency: -750n,
    });
  });

  it.each<[string, ReviewRowFacts, Partial<ReturnType<typeof noParts>>]>([
    [
      'what is new is volume',
      cpu(amount(0, 0), amount(70, 7)),
      { volume: 70n },
    ],
    [
      'what is gone is volume',
      cpu(amount(70, 7), amount(0, 0)),
      { volume: -70n },
    ],
    [
      'money without quantity has no price',
      cpu(amount(50, 0), amount(70, 7, 7)),
      { unsplit: 20n },
    ],
    [
      'quantity without money has no price either',
      cpu(amount(0, 7, 7), amount(70, 7, 7)),
      { unsplit: 70n },
    ],
    [
      'use that is not known splits price off only',
      cpu(amount(100, 10), amount(240, 12, 6)),
      { unsplit: 20n, price: 120n },
    ],
    [
      'nothing used before has no ratio',
      cpu(amount(100, 10, 0), amount(120, 12, 6)),
      { unsplit: 20n },
    ],
    [
      'nothing used at all is paid for nothing',
      cpu(amount(100, 10, 0), amount(120, 12, 0)),
      { efficiency: 20n },
    ],
    [
      'idle capacity is efficiency and price',
      cpu(amount(100, 10), amount(240, 12), { kind: 'idle' }),
      { efficiency: 20n, price: 120n },
    ],
    [
      'idle capacity that was none is efficiency',
      cpu(amount(0, 0), amount(240, 12), { kind: 'idle' }),
      { efficiency: 240n },
    ],
    [
      'what ran once is one-off',
      row({ resources: {}, oneOff: { before: 30n, after: 5n } }),
      { oneOff: -25n },
    ],
  ])('%s', (_, of, parts) => {
    expect(split(of)).toEqual({ ...noParts(), ...parts });
  });

  const anyAmount = fc.record(
    {
      micros: fc.bigInt(0n, 10n ** 13n),
      quantity: fc.bigInt(0n, 10n ** 18n),
      used: fc.bigInt(0n, 10n ** 18n),
    },
    { requiredKeys: ['micros', 'quantity'] },
  );
  const count = fc.option(fc.double({ min: 0, max: 1e12, noNaN: true }), {
    nil: undefined,
  });
  const anyRow = fc
    .record({
      kind: fc.constantFrom(
        'service' as const,
        'unallocated' as const,
        'idle' as const,
      ),
      resources: fc.dictionary(
        fc.constantFrom(...RESOURCES),
        fc.record({ before: anyAmount, after: anyAmount }),
      ),
      oneOff: fc.record({
        before: fc.bigInt(0n, 10n ** 12n),
        after: fc.bigInt(0n, 10n ** 12n),
      }),
      units: fc.array(
        fc.record({
          metric: fc.constantFrom('requests', 'tokens'),
          before: count,
          after: count,
        }),
        { maxLength: 3 },
      ),
    })
    .map(each => row(each));

  it('is the sum of its parts, to the micro', () => {
    fc.assert(
      fc.property(anyRow, of => {
        const parts = split(of, ['requests', 'tokens']);
        const change = Object.values(of.resources).reduce(
          (sum, { before, after }) => sum + after.micros - before.micros,
          of.oneOff.after - of.oneOff.before,
        );
        expect(Object.values(parts).reduce((sum, part) => sum + part, 0n)).toBe(
          change,
        );
      }),
    );
  });

  it('has no volume and no efficiency that nobody knows', () => {
    fc.assert(
      fc.property(anyRow, of => {
        const blind = row({
          ...of,
          kind: 'service',
          units: [],
          resources: Object.fromEntries(
            Object.entries(of.resources).map(
              ([resource, { before, after }]) => [
                resource,
                {
                  before: {
                    micros: before.micros + 1n,
                    quantity: before.quantity,
                  },
                  after: {
                    micros: after.micros + 1n,
                    quantity: after.quantity,
                  },
                },
              ],
            ),
          ),
        });
        expect(split(blind)).toMatchObject({ volume: 0n, efficiency: 0n });
      }),
    );
  });
});
