import { RULE_CANDIDATES } from './candidates';
import { DEFAULT_RULE_PRIOR, rulePriorOfFleet } from './prior';
import { UsageDay } from './types';
import { usageDayOfSamples } from './usageDay';

function flat(...levels: number[]): UsageDay[] {
  return levels.map(level =>
    usageDayOfSamples(new Float64Array(60).fill(level)),
  );
}

describe('DEFAULT_RULE_PRIOR', () => {
  it('has a share for every candidate, smaller with a larger quantile or margin', () => {
    const { overShares } = DEFAULT_RULE_PRIOR;
    expect(overShares).toHaveLength(RULE_CANDIDATES.length);
    const pairs = RULE_CANDIDATES.flatMap((careful, i) =>
      RULE_CANDIDATES.map((bold, j) => ({ careful, i, bold, j })),
    ).filter(
      ({ careful, i, bold, j }) =>
        i !== j &&
        careful.quantile >= bold.quantile &&
        careful.margin >= bold.margin,
    );
    for (const { i, j } of pairs) {
      expect(overShares[i]).toBeLessThan(overShares[j]);
    }
  });

  it('is the formula in round numbers', () => {
    const at = RULE_CANDIDATES.findIndex(
      ({ quantile, margin }) => quantile === 0.95 && margin === 1.1,
    );
    // 0.002 + 0.003 / e + 0.05 × (0.1 + 0.45 / e)
    expect(DEFAULT_RULE_PRIOR.overShares[at]).toBeCloseTo(0.0163811, 6);
  });
});

describe('rulePriorOfFleet', () => {
  it('is the default for a fleet without a past', () => {
    expect(rulePriorOfFleet([])).toBe(DEFAULT_RULE_PRIOR);
    expect(rulePriorOfFleet([flat(1), [undefined]])).toBe(DEFAULT_RULE_PRIOR);
  });

  it('counts each day once, judged by the other days', () => {
    // One day of three is above what the other two advise, one of two is not
    // above the other with a margin of 15 %: 1 of 5 days up to there, and up
    // to 1.1 times the request 2 of 5.
    const fleet = [flat(1, 2, 1), flat(1, 1.12), flat(7), []];
    const { overShares } = rulePriorOfFleet(fleet);
    RULE_CANDIDATES.forEach(({ margin }, candidate) => {
      expect(overShares[candidate]).toBeCloseTo(margin < 1.12 ? 2 / 5 : 1 / 5);
    });
  });
});
