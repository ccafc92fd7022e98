import { bucketOf, valueOf } from '@headroom/plugin-cost-common';

/** Steps of a share that is stored: a hundredth of a percent. */
const SHARE_STEPS = 10_000;

/**
 * A series of a GPU is stored as one little-endian uint16 for each slot, 0 where
 * nothing is known.
 */
type Series = ReadonlyArray<number | null>;

/** Shares from 0 to 1, to a hundredth of a percent. */
export function packShares(shares: Series): Uint8Array {
  return pack(shares, share => 1 + Math.round(share * SHARE_STEPS));
}

export function unpackShares(bytes: Uint8Array): Array<number | null> {
  return unpack(bytes, code => (code - 1) / SHARE_STEPS);
}

/** Quantities from 0 to 10¹⁴, within 1 %. */
export function packQuantities(quantities: Series): Uint8Array {
  return pack(quantities, bucketOf);
}

export function unpackQuantities(bytes: Uint8Array): Array<number | null> {
  return unpack(bytes, valueOf);
}

function pack(series: Series, codeOf: (value: number) => number): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * series.length));
  series.forEach((value, slot) =>
    view.setUint16(2 * slot, value === null ? 0 : codeOf(value), true),
  );
  return new Uint8Array(view.buffer);
}

function unpack(
  bytes: Uint8Array,
  of: (code: number) => number,
): Array<number | null> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.byteLength / 2 }, (_, slot) => {
    const code = view.getUint16(2 * slot, true);
    return code === 0 ? null : of(code);
  });
}
