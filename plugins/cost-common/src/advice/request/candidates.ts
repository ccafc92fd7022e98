/**
 * Daily quantiles a rule may use. The lowest sees anything that lasts for two
 * hours of a day, so that no appetite overlooks two hours a week.
 *
 * @public
 */
export const RULE_QUANTILES = [
  0.92, 0.95, 0.98, 0.99, 0.995, 0.999, 1,
] as const;

/**
 * Margins a rule may use, ascending. The smallest is more than what a digest's
 * buckets hide, so that a request is above the usage it follows from.
 *
 * @public
 */
export const RULE_MARGINS = [1.02, 1.05, 1.1, 1.15, 1.2, 1.3] as const;

/**
 * What is no further above another value may be the same usage in the next
 * bucket of a digest: buckets are a little over 2 % wide.
 */
export const RESOLUTION = 1.0203;

/** Every pair of quantile and margin: quantiles outside, margins inside. @public */
export const RULE_CANDIDATES: ReadonlyArray<{
  quantile: number;
  margin: number;
}> = RULE_QUANTILES.flatMap(quantile =>
  RULE_MARGINS.map(margin => ({ quantile, margin })),
);
