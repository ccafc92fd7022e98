import { divideHalfEven } from '@headroom/common';
import { REVIEW_PARTS, ReviewPart } from './review';
import { ReviewAmount, ReviewRowFacts } from './reviewFacts';

/** Parts of a change in micros; they sum to it. @public */
export type ChangeParts = Record<ReviewPart, bigint>;

/** Units are counted to this part of one. */
const PARTS_OF_UNIT = 1_000_000;

interface Counts {
  before: bigint;
  after: bigint;
}

/** No change. @public */
export function noParts(): ChangeParts {
  return { volume: 0n, efficiency: 0n, price: 0n, oneOff: 0n, unsplit: 0n };
}

/** Adds `more` to `parts` in place. @public */
export function addParts(parts: ChangeParts, more: ChangeParts): ChangeParts {
  for (const part of REVIEW_PARTS) {
    parts[part] += more[part];
  }
  return parts;
}

/**
 * Splits the change of what a row cost, by resource and exactly:
 *
 *     Δcost = (q₁ − q₀)·p₀ + (p₁ − p₀)·q₁        quantity and price
 *     (q₁ − q₀)·p₀ = (v₁/v₀ − 1)·c₀ + the rest    volume and efficiency
 *
 * v is what was done: units of the first metric that is known of both weeks, else what
 * was used of the resource (storage and network are used as they are paid). What
 * nothing was paid for before, or is now, is volume. Of idle capacity all quantity is
 * efficiency: it was given to nobody. What can't be told goes to `unsplit`; there is no
 * price where money or quantity is 0, and no ratio to a volume of 0.
 *
 * @param metrics - ids of unit metrics, the first that is known counts
 * @public
 */
export function splitChange(
  row: Pick<ReviewRowFacts, 'kind' | 'resources' | 'oneOff' | 'units'>,
  metrics: readonly string[],
): ChangeParts {
  const parts = noParts();
  parts.oneOff = row.oneOff.after - row.oneOff.before;
  const units =
    row.kind === 'service' ? unitsOf(row.units, metrics) : undefined;
  for (const { before, after } of Object.values(row.resources)) {
    addParts(parts, splitResource(before, after, row.kind === 'idle', units));
  }
  return parts;
}

function unitsOf(
  units: ReviewRowFacts['units'],
  metrics: readonly string[],
): Counts | undefined {
  for (const metric of metrics) {
    const found = units.find(each => each.metric === metric);
    if (found && isAbove0(found.before) && isAbove0(found.after)) {
      return { before: toParts(found.before), after: toParts(found.after) };
    }
  }
  return undefined;
}

function isAbove0(count: number | undefined): count is number {
  return count !== undefined && count > 0 && Number.isFinite(count);
}

function toParts(count: number): bigint {
  return BigInt(Math.round(count * PARTS_OF_UNIT));
}

function splitResource(
  before: ReviewAmount,
  after: ReviewAmount,
  isIdle: boolean,
  units: Counts | undefined,
): ChangeParts {
  const parts = noParts();
  const change = after.micros - before.micros;
  if (isNothing(before) || isNothing(after)) {
    parts[isIdle ? 'efficiency' : 'volume'] = change;
    return parts;
  }
  if (!hasPrice(before) || !hasPrice(after)) {
    parts.unsplit = change;
    return parts;
  }
  const quantity = grown(before.micros, {
    before: before.quantity,
    after: after.quantity,
  });
  parts.price = change - quantity;
  if (isIdle) {
    parts.efficiency = quantity;
    return parts;
  }
  const done = units ?? usedOf(before, after);
  if (!done || (done.before === 0n && done.after > 0n)) {
    parts.unsplit = quantity;
    return parts;
  }
  // Nothing was used in either week: all that was paid more is for nothing.
  parts.volume = done.before === 0n ? 0n : grown(before.micros, done);
  parts.efficiency = quantity - parts.volume;
  return parts;
}

function isNothing({ micros, quantity }: ReviewAmount): boolean {
  return micros === 0n && quantity === 0n;
}

function hasPrice({ micros, quantity }: ReviewAmount): boolean {
  return micros > 0n && quantity > 0n;
}

function usedOf(before: ReviewAmount, after: ReviewAmount): Counts | undefined {
  return before.used === undefined || after.used === undefined
    ? undefined
    : { before: before.used, after: after.used };
}

/** What an amount grows by as counts do. */
function grown(micros: bigint, { before, after }: Counts): bigint {
  return divideHalfEven(micros * after, before) - micros;
}
