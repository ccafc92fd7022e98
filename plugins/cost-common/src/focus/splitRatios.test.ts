import fc from 'fast-check';
import { SplitShare, splitRatios } from './splitRatios';

const share = (id: string, cpu: bigint, memory = 0n): SplitShare => ({
  to: 'service',
  id,
  tags: {},
  uses: [
    { unit: 'CPU', quantity: 2, micros: cpu },
    { unit: 'Memory', quantity: 8, micros: memory },
  ],
});

const ONE = 10n ** 12n;

describe('splitRatios', () => {
  it('are as the estimates were, by what they are made of', () => {
    // $60 of a, $30 of b, $10 of nobody.
    const parts = splitRatios([
      share('a', 45_000_000n, 15_000_000n),
      share('b', 30_000_000n),
      {
        to: 'idle',
        tags: {},
        uses: [{ unit: 'CPU', quantity: 1, micros: 10_000_000n }],
      },
    ]);
    expect(
      parts.map(({ share: { to, id }, ratio, uses }) => [
        id ?? to,
        ratio.digits,
        uses.map(({ unit, ratio: { digits } }) => [unit, digits]),
      ]),
    ).toEqual([
      [
        'a',
        600_000_000_000n,
        [
          ['CPU', 450_000_000_000n],
          ['Memory', 150_000_000_000n],
        ],
      ],
      ['b', 300_000_000_000n, [['CPU', 300_000_000_000n]]],
      ['idle', 100_000_000_000n, [['CPU', 100_000_000_000n]]],
    ]);
  });

  it('leave nothing over where parts are no decimals', () => {
    const parts = splitRatios([share('a', 1n), share('b', 1n), share('c', 1n)]);
    expect(parts.map(({ ratio }) => ratio.digits)).toEqual([
      333_333_333_334n,
      333_333_333_333n,
      333_333_333_333n,
    ]);
  });

  it.each([
    ['nothing', []],
    ['nothing but zeros', [share('a', 0n), share('b', 0n)]],
    ['nothing but credits', [share('a', -5n)]],
  ])('give all to nobody where there is %s', (_, shares) => {
    expect(splitRatios(shares)).toEqual([
      {
        share: { to: 'unallocated', tags: {} },
        ratio: { digits: ONE, scale: 12 },
        uses: [{ ratio: { digits: ONE, scale: 12 } }],
      },
    ]);
  });

  it('sum to exactly 1, whatever was estimated', () => {
    const micros = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
    fc.assert(
      fc.property(fc.array(fc.tuple(micros, micros)), estimates => {
        const parts = splitRatios(
          estimates.map(([cpu, memory], i) => share(`${i}`, cpu, memory)),
        );
        const sum = (all: Array<{ ratio: { digits: bigint } }>) =>
          all.reduce((total, { ratio }) => total + ratio.digits, 0n);
        expect(sum(parts)).toBe(ONE);
        for (const {
          ratio,
          uses,
          share: { id },
        } of parts) {
          expect(ratio.digits > 0n).toBe(true);
          expect(sum([...uses])).toBe(ratio.digits);
          // Who was credited more than it used has no part.
          const [cpu, memory] = estimates[Number(id)] ?? [1n, 0n];
          expect(cpu + memory > 0n).toBe(true);
        }
      }),
    );
  });
});
