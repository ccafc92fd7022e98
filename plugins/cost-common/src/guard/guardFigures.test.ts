import { costsOf, policyOf } from './__testUtils__/guard';
import { GuardCosts } from './GuardCosts';
import { sayHeadline } from './guardFigures';
import { guardReportOf } from './guardReportOf';

const USD = 1_000_000n;

function headline(costs: GuardCosts): string {
  return sayHeadline(
    guardReportOf(costs, {
      policy: policyOf(),
      budget: { none: 'group:default/shop' },
      now: '2026-12-01T00:00:00Z',
    }),
  );
}

const range = (min: bigint, max: bigint) =>
  costsOf(0n, 0n, { difference: { min, max } });

describe('the headline', () => {
  it.each([
    [
      costsOf(0n, 1_234_567_890n),
      'This change costs USD 1,234.57 more a month.',
    ],
    [costsOf(30n * USD, 10n * USD), 'This change saves USD 20.00 a month.'],
    [costsOf(5n, 5n), 'This change costs nothing more.'],
    [costsOf(0n, 4_000n), 'This change costs < USD 0.01 more a month.'],
    [costsOf(1n, 0n), 'This change saves < USD 0.01 a month.'],
    [range(1n, 9_999n), 'This change costs < USD 0.01 more a month.'],
    [
      range(0n, 9_999n),
      'This change costs USD 0.00 to < USD 0.01 more a month.',
    ],
    [
      range(-3n, 9_999n),
      'This change changes the cost by > −USD 0.01 to < +USD 0.01 a month.',
    ],
    [
      range(2n * USD, 8n * USD),
      'This change costs USD 2.00 to USD 8.00 more a month.',
    ],
    [
      range(-8n * USD, -2n * USD),
      'This change saves USD 2.00 to USD 8.00 a month.',
    ],
    [
      range(-2n * USD, 8n * USD),
      'This change changes the cost by −USD 2.00 to +USD 8.00 a month.',
    ],
    [
      costsOf(0n, USD, {
        differenceOpen: { above: true, below: false },
        unknownCount: 2,
      }),
      'This change costs at least USD 1.00 more a month, 2 unknown.',
    ],
    [
      costsOf(0n, USD, {
        differenceOpen: { above: true, below: true },
        unknownCount: 1,
      }),
      'As far as is known, this change costs USD 1.00 more a month, 1 unknown.',
    ],
    [
      costsOf(undefined, USD),
      'After this change it costs USD 1.00 a month; what is paid before is not known.',
    ],
  ])('%# is %s', (costs, expected) => {
    expect(headline(costs)).toBe(expected);
  });
});
