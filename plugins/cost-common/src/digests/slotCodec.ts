import { newUint16Array } from './arrays';
import { LARGEST_CODE } from './buckets';
import { brokenDigest, ByteReader } from './ByteReader';
import { ByteWriter } from './ByteWriter';

/**
 * Codes of consecutive slots as varints: an even one 2(n − 1) says that the
 * code before stays for n slots, an odd one that it changes by the zigzag delta
 * above the lowest bit. A change of up to a factor of 1.9 is one byte.
 */
export function writeSlots(codes: Uint16Array, to: ByteWriter): void {
  let last = 0;
  let same = 0;
  for (let i = 0; i < codes.length; i++) {
    const delta = codes[i] - last;
    if (delta === 0) {
      same += 1;
    } else {
      if (same > 0) {
        to.varint(2 * (same - 1));
        same = 0;
      }
      const zigzag = delta > 0 ? 2 * delta - 1 : -2 * delta - 2;
      to.varint(2 * zigzag + 1);
      last = codes[i];
    }
  }
  if (same > 0) {
    to.varint(2 * (same - 1));
  }
}

/** More than any token of codes there are. */
const MOST_TOKEN = 2 ** 28;

/**
 * Reads `slots` codes. Half of the time it takes to read a digest is spent here,
 * so tokens of one and two bytes are read in place, with integers alone.
 */
export function readSlots(slots: number, from: ByteReader): Uint16Array {
  const codes = newUint16Array(slots);
  const { bytes } = from;
  let next = from.at;
  let code = 0;
  let at = 0;
  while (at < slots) {
    let token = bytes[next++];
    if (token >= 128) {
      const high = bytes[next];
      if (high < 128) {
        token = (token & 127) | (high << 7);
        next += 1;
      } else {
        from.at = next - 1;
        token = from.bounded(MOST_TOKEN, 'a change of bucket');
        next = from.at;
      }
    }
    if (token & 1) {
      // Up when the second bit is set: a sign is a coin toss, so no branch for it.
      code += ((token & 2) - 1) * ((token >> 2) + 1);
      if (code < 0 || code > LARGEST_CODE) {
        throw brokenDigest(`slot ${at} has no bucket`);
      }
      codes[at++] = code;
    } else {
      const end = at + (token >> 1) + 1;
      if (end > slots) {
        throw brokenDigest(`it has more than ${slots} slots`);
      }
      while (at < end) {
        codes[at++] = code; // most runs are too short to be worth a call
      }
    }
  }
  from.at = next;
  if (from.left < 0) {
    throw brokenDigest('it ends too early');
  }
  return codes;
}
