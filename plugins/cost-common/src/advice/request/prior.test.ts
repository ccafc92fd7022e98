import { RULE_CANDIDATES } from './candidates';
import { DEFAULT_RULE_PRIOR } from './prior';

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
