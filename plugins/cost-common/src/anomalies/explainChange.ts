/** Money and quantity of one resource, over some days. @public */
export interface ResourceAmount {
  micros: bigint;
  /** Core-, byte- or device-hours, or bytes: any unit, the same before and after. */
  quantity: number;
}

/** What a part of a cost, such as a workload, had a day before and while it was dear. @public */
export interface ChangedPart<TKey> {
  key: TKey;
  /** By resource; both have the same ones in the same order. */
  before: ResourceAmount[];
  after: ResourceAmount[];
}

/** Why a part costs another amount. `usage` and `price` sum to `change`. @public */
export interface ExplainedPart<TKey> {
  key: TKey;
  change: bigint;
  /** By using more or less, at the price of before. */
  usage: bigint;
  /** By another price of the same. */
  price: bigint;
}

/**
 * Splits changes of cost into usage and price, the largest increase first:
 * Δcost = (q₁ − q₀)·p₀ + (p₁ − p₀)·q₁, by resource. What was not used before has no
 * price of before: all of it is usage. Exact to the micro: price is what is left.
 *
 * @param daysBefore - and `daysAfter`: how many days the amounts are of
 * @public
 */
export function explainChange<TKey>(
  parts: ReadonlyArray<ChangedPart<TKey>>,
  { daysBefore, daysAfter }: { daysBefore: number; daysAfter: number },
): ExplainedPart<TKey>[] {
  const scale = daysBefore > 0 ? daysAfter / daysBefore : 0;
  return parts
    .map(({ key, before, after }) => {
      let change = 0n;
      let usage = 0n;
      after.forEach(({ micros, quantity }, i) => {
        const was = before[i];
        const wasMicros = BigInt(Math.round(Number(was.micros) * scale));
        const wasQuantity = was.quantity * scale;
        const resourceChange = micros - wasMicros;
        change += resourceChange;
        const ratio = quantity / wasQuantity;
        usage += Number.isFinite(ratio)
          ? BigInt(Math.round((ratio - 1) * Number(wasMicros)))
          : resourceChange;
      });
      return { key, change, usage, price: change - usage };
    })
    .sort((a, b) => (a.change > b.change ? -1 : Number(a.change < b.change)));
}
