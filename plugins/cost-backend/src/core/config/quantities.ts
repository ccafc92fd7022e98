const QUANTITY = /^(\d+(?:\.\d+)?)(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/;

const FACTORS: Record<string, number> = {
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/**
 * A quantity as Kubernetes writes it (`10m`, `0.5`, `32Mi`) as a number above 0;
 * undefined when it is none. Not by clusters-node, which brings the Kubernetes
 * client along: configuration is also read where no cluster is asked.
 */
export function positiveQuantity(value: string | number): number | undefined {
  const match = QUANTITY.exec(String(value));
  if (!match) {
    return undefined;
  }
  const [, digits, unit] = match;
  // Dividing is exact where multiplying by a thousandth isn't.
  const parsed =
    unit === 'm'
      ? Number(digits) / 1000
      : Number(digits) * (FACTORS[unit] ?? 1);
  return parsed > 0 && Number.isFinite(parsed) ? parsed : undefined;
}
