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

/** Reads `slots` codes. */
export function readSlots(slots: number, from: ByteReader): Uint16Array {
  const codes = new Uint16Array(slots);
  let code = 0;
  let at = 0;
  while (at < slots) {
    const token = from.varint();
    if (token % 2 === 1) {
      const zigzag = (token - 1) / 2;
      code += zigzag % 2 === 1 ? (zigzag + 1) / 2 : -(zigzag + 2) / 2;
      if (!(code >= 0 && code <= LARGEST_CODE)) {
        throw brokenDigest(`slot ${at} has no bucket`);
      }
      codes[at++] = code;
    } else {
      const end = at + token / 2 + 1;
      if (!(end <= slots)) {
        throw brokenDigest(`it has more than ${slots} slots`);
      }
      if (code !== 0) {
        codes.fill(code, at, end);
      }
      at = end;
    }
  }
  return codes;
}
