const utf8 = new TextDecoder();

/** A varint of four bytes fits an integer; what comes after is a multiple of it. */
const FOUR_BYTES = 2 ** 28;

/**
 * Reads what a {@link ByteWriter} wrote. Throws a RangeError when the bytes end
 * too early or can't be what was written.
 */
export class ByteReader {
  /** For long series, which are read in one go: what is read, and from where on. */
  readonly bytes: Uint8Array;
  at = 0;
  #view: DataView | undefined;

  static create(bytes: Uint8Array): ByteReader {
    return new ByteReader(bytes);
  }

  private constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Bytes that are left. */
  get left(): number {
    return this.bytes.length - this.at;
  }

  byte(): number {
    this.#need(1);
    return this.bytes[this.at++];
  }

  varint(): number {
    const { bytes } = this;
    let byte = bytes[this.at++];
    if (byte < 128) {
      return byte; // most of them
    }
    let value = byte & 127;
    byte = bytes[this.at++];
    value |= (byte & 127) << 7;
    if (byte < 128) {
      return value;
    }
    byte = bytes[this.at++];
    value |= (byte & 127) << 14;
    if (byte < 128) {
      return value;
    }
    byte = bytes[this.at++];
    value |= (byte & 127) << 21;
    if (byte < 128) {
      return value;
    }
    byte = bytes[this.at++];
    return byte < 128
      ? value + byte * FOUR_BYTES
      : this.#longVarint(value + (byte - 128) * FOUR_BYTES);
  }

  /** A varint of at most `limit`. */
  bounded(limit: number, what: string): number {
    const value = this.varint();
    if (!(value <= limit)) {
      throw brokenDigest(`${what} is ${value}, more than ${limit}`);
    }
    return value;
  }

  signed(): number {
    const value = this.varint();
    // Not the remainder, which is slow for what is no small integer.
    const half = Math.floor(value / 2);
    return value === 2 * half ? half : -half - 1;
  }

  /** A number of at least 0 that is not infinite. */
  double(): number {
    this.#need(8);
    const { buffer, byteOffset, byteLength } = this.bytes;
    this.#view ??= new DataView(buffer, byteOffset, byteLength);
    const value = this.#view.getFloat64(this.at, true);
    this.at += 8;
    if (!(value >= 0 && value < Infinity)) {
      throw brokenDigest(`a quantity is ${value}`);
    }
    return value;
  }

  text(): string {
    const length = this.varint();
    this.#need(length);
    const start = this.at;
    this.at += length;
    return textOf(this.bytes, start, this.at);
  }

  /** The rest of a varint of which five bytes are read, or that has ended too early. */
  #longVarint(low: number): number {
    let value = low;
    let scale = 128 * FOUR_BYTES;
    let byte: number;
    do {
      byte = this.bytes[this.at++];
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte >= 128 && value <= Number.MAX_SAFE_INTEGER);
    if (this.at > this.bytes.length) {
      throw brokenDigest('it ends too early');
    }
    if (value > Number.MAX_SAFE_INTEGER) {
      throw brokenDigest('a number is too large');
    }
    return value;
  }

  #need(count: number): void {
    if (!(count <= this.left)) {
      throw brokenDigest('it ends too early');
    }
  }
}

/** Texts read last, by a hash of their bytes: a container's days say the same again and again. */
const texts: Array<{ bytes: Uint8Array; text: string } | undefined> = new Array(
  512,
).fill(undefined);

function textOf(bytes: Uint8Array, start: number, end: number): string {
  let hash = end - start;
  for (let i = start; i < end; i++) {
    hash = (Math.imul(hash, 31) + bytes[i]) | 0;
  }
  const place = (hash ^ (hash >>> 16)) & 511;
  const known = texts[place];
  if (known && sameBytes(known.bytes, bytes, start, end)) {
    return known.text;
  }
  const own = new Uint8Array(bytes.subarray(start, end)); // a view would keep all
  const text = utf8.decode(own);
  texts[place] = { bytes: own, text };
  return text;
}

function sameBytes(
  known: Uint8Array,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  if (known.length !== end - start) {
    return false;
  }
  for (let i = 0; i < known.length; i++) {
    if (known[i] !== bytes[start + i]) {
      return false;
    }
  }
  return true;
}

/** The error that says why bytes are no digest. */
export function brokenDigest(why: string): RangeError {
  return new RangeError(`These bytes are not a usage digest: ${why}`);
}
