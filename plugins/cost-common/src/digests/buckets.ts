/** A hair under 1 %, so that the rounding of doubles stays within it too. */
const RELATIVE_ERROR = 0.00999;
/** Width of a bucket: its upper end over its lower end (DDSketch, VLDB 2019). */
const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LOG_GAMMA = Math.log(GAMMA);
/** The first bucket of values above zero. */
const FIRST_CODE = 2;

/** Values below it count as zero: a microcore, a microbyte. @public */
export const SMALLEST_VALUE = 1e-6;

/** Values above it count as it: 10¹⁴ bytes are 100 TB. @public */
export const LARGEST_VALUE = 1e14;

const LOG_SMALLEST = Math.log(SMALLEST_VALUE);

/** Code of a value that is not known. @public */
export const UNKNOWN_CODE = 0;

/** Code of zero and of what is below {@link SMALLEST_VALUE}. @public */
export const ZERO_CODE = 1;

/** Highest code there is. @public */
export const LARGEST_CODE = codeOf(LARGEST_VALUE);

/** Middle of every bucket, by code. */
const VALUES = Float64Array.from({ length: LARGEST_CODE + 1 }, (_, code) =>
  middleOf(code),
);

/**
 * The bucket of a value, {@link ZERO_CODE} to {@link LARGEST_CODE}. Throws a
 * RangeError for values that are negative, infinite or no number; those above
 * {@link LARGEST_VALUE} go to the last bucket.
 *
 * @public
 */
export function bucketOf(value: number): number {
  if (!(value >= 0 && value < Infinity)) {
    throw new RangeError(
      `${value} has no bucket; it should be a number of at least 0`,
    );
  }
  if (value < SMALLEST_VALUE) {
    return ZERO_CODE;
  }
  return value >= LARGEST_VALUE ? LARGEST_CODE : codeOf(value);
}

/**
 * The value a bucket stands for, within 1 % of every value in it; NaN for
 * {@link UNKNOWN_CODE}, and for codes there are none of.
 *
 * @public
 */
export function valueOf(code: number): number {
  return VALUES[code] ?? NaN;
}

function codeOf(value: number): number {
  return FIRST_CODE + Math.floor((Math.log(value) - LOG_SMALLEST) / LOG_GAMMA);
}

/** Equally far, in proportion, from both ends of the bucket. */
function middleOf(code: number): number {
  if (code < FIRST_CODE) {
    return code === ZERO_CODE ? 0 : NaN;
  }
  const lower = SMALLEST_VALUE * Math.exp((code - FIRST_CODE) * LOG_GAMMA);
  return (lower * 2 * GAMMA) / (1 + GAMMA);
}
