/** Nobody nests JSON deeper: Kubernetes objects have about 20 levels. */
const MAX_DEPTH = 100;

/**
 * What an answer may be made of: some of each, and one in so many of its bytes.
 * What sources really say has a list in 17 bytes or more, an object in 30, a
 * text in 12. Each takes up to a hundred bytes of memory, an object with keys of
 * its own several hundred: an answer made of nothing else would take thirty
 * times its size instead of ten.
 */
const FEW = 10_000;
const BYTES_PER_LIST = 14;
const BYTES_PER_OBJECT = 24;
const BYTES_PER_TEXT = 8;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const BYTE_ORDER_MARK = /^\uFEFF/;

/**
 * The JSON in these bytes; `undefined` when it is none, or is built to be far
 * larger in memory than it is on the wire.
 *
 * @param bytesPerObject - at least, on average
 * @internal
 */
export function parseBounded(
  bytes: Uint8Array,
  bytesPerObject = BYTES_PER_OBJECT,
): { json: unknown } | undefined {
  if (!isPlausible(bytes, bytesPerObject)) {
    return undefined;
  }
  // A large text of ASCII so lies outside of V8's heap, unlike TextDecoder's.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString()
    .replace(BYTE_ORDER_MARK, '');
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Whether an answer nests no deeper, and has no more lists, objects and texts, than a real one does. */
function isPlausible(bytes: Uint8Array, bytesPerObject: number): boolean {
  const { length } = bytes;
  let depth = 0;
  let lists = FEW + length / BYTES_PER_LIST;
  let objects = FEW + length / bytesPerObject;
  let texts = FEW + length / BYTES_PER_TEXT;
  for (let index = 0; index < length; index++) {
    switch (bytes[index]) {
      case QUOTE:
        texts -= 1;
        index = endOfString(bytes, index);
        break;
      case OPEN_LIST:
        depth += 1;
        lists -= 1;
        break;
      case OPEN_OBJECT:
        depth += 1;
        objects -= 1;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        depth -= 1;
        break;
      default:
        continue;
    }
    if (depth > MAX_DEPTH || lists < 0 || objects < 0 || texts < 0) {
      return false;
    }
  }
  return true;
}

/** Index of the closing quote, or the end of the bytes. */
function endOfString(bytes: Uint8Array, start: number): number {
  let index = start + 1;
  while (index < bytes.length && bytes[index] !== QUOTE) {
    index += bytes[index] === BACKSLASH ? 2 : 1;
  }
  return index;
}
