const QUANTITY = /^([+-]?(?:\d+\.?\d*|\.\d+))([eE][+-]?\d+|[a-zA-Z]{0,2})$/;

const FACTORS: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * A Kubernetes quantity as a number of its base unit: `250m` is 0.25, `1.5Gi`
 * is 1610612736, `1e3` is 1000. Undefined when it is none.
 *
 * @public
 */
export function parseQuantity(
  text: string | number | undefined,
): number | undefined {
  const match = QUANTITY.exec(String(text ?? ''));
  if (!match) {
    return undefined;
  }
  const [, digits, suffix] = match;
  if (/^[eE][+-]?\d/.test(suffix)) {
    return Number(digits + suffix);
  }
  const factor = FACTORS[suffix];
  if (factor === undefined) {
    return undefined;
  }
  // Dividing by a power of ten is exact where multiplying by its inverse isn't.
  return factor < 1
    ? Number(digits) / Math.round(1 / factor)
    : Number(digits) * factor;
}
