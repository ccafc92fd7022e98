import { newFloat64Array, newUint16Array } from './arrays';
import { LARGEST_CODE } from './buckets';
import { brokenDigest, ByteReader } from './ByteReader';
import { ByteWriter } from './ByteWriter';
import { Histogram } from './types';

/** Buckets as the distance to the one before and a count. */
export function writeHistogram(histogram: Histogram, to: ByteWriter): void {
  const { codes, counts } = histogram;
  to.varint(codes.length);
  let last = 0;
  for (let i = 0; i < codes.length; i++) {
    to.varint(codes[i] - last);
    to.varint(counts[i]);
    last = codes[i];
  }
}

export function readHistogram(from: ByteReader): Histogram {
  const length = from.bounded(LARGEST_CODE, 'the number of buckets');
  const codes = newUint16Array(length);
  const counts = newFloat64Array(length);
  let total = 0;
  let code = 0;
  for (let i = 0; i < length; i++) {
    const distance = from.varint();
    const count = from.varint();
    code += distance;
    if (!(distance > 0 && code <= LARGEST_CODE && count > 0)) {
      throw brokenDigest('its buckets are not in order');
    }
    codes[i] = code;
    counts[i] = count;
    total += count;
  }
  return { codes, counts, total };
}
