import fc from 'fast-check';
import { SavedOnWorkload, sumSavings } from './sumSavings';

const amount = (
  workload: string,
  saved: number,
  halfWidth: number,
  hours = 24,
): SavedOnWorkload => ({
  workload,
  saved,
  low: saved - halfWidth,
  high: saved + halfWidth,
  hours,
});

const widthOf = (amounts: readonly SavedOnWorkload[]) => {
  const { low, high } = sumSavings(amounts)!;
  return (high - low) / 2;
};

it('is not known of nothing', () => {
  expect(sumSavings([])).toBeUndefined();
});

it('adds half-widths within a workload, and squares of workloads: a worked example', () => {
  expect(
    sumSavings([
      amount('web', 10, 3, 24),
      amount('web', 20, 4, 48),
      amount('api', 50, 24, 96),
    ]),
  ).toEqual({ saved: 80, low: 55, high: 105, hours: 168 });
});

describe('the interval of a sum', () => {
  const whole = fc.integer({ min: 0, max: 1_000_000 });
  const amounts = fc.array(
    fc
      .tuple(fc.constantFrom('a', 'b', 'c', 'd'), whole, whole)
      .map(([workload, saved, halfWidth]) =>
        amount(workload, saved, halfWidth),
      ),
    { minLength: 1, maxLength: 12 },
  );

  it('is as wide as that of one policy where several parted the same workload', () => {
    // Hours of one workload have one past, whichever policies they are counted for.
    fc.assert(
      fc.property(amounts, parts => {
        const together = [...new Set(parts.map(each => each.workload))].map(
          workload => {
            const ofIt = parts.filter(each => each.workload === workload);
            const sum = (of: (each: SavedOnWorkload) => number) =>
              ofIt.reduce((total, each) => total + of(each), 0);
            return amount(
              workload,
              sum(each => each.saved),
              sum(each => (each.high - each.low) / 2),
              sum(each => each.hours),
            );
          },
        );
        expect(sumSavings(parts)).toEqual(sumSavings(together));
      }),
    );
  });

  it('is no narrower than of independent amounts, and no wider than of what rises and falls together', () => {
    fc.assert(
      fc.property(amounts, parts => {
        const each = (workload: (index: number) => string) =>
          parts.map((part, index) => ({ ...part, workload: workload(index) }));
        const width = widthOf(parts);
        const slack = 1e-6;
        expect(width).toBeGreaterThanOrEqual(widthOf(each(String)) - slack);
        expect(width).toBeLessThanOrEqual(widthOf(each(() => 'one')) + slack);
      }),
    );
  });
});
