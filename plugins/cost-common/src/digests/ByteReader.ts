const utf8 = new TextDecoder();

/**
 * Reads what a {@link ByteWriter} wrote. Throws a RangeError when the bytes end
 * too early or can't be what was written.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  static create(bytes: Uint8Array): ByteReader {
    return new ByteReader(bytes);
  }

  private constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Bytes that are left. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    this.#need(1);
    return this.#bytes[this.#at++];
  }

  varint(): number {
    const bytes = this.#bytes;
    let byte = bytes[this.#at++];
    if (byte < 128) {
      return byte; // most of them
    }
    let value = 0;
    let scale = 1;
    while (byte >= 128) {
      value += (byte - 128) * scale;
      scale *= 128;
      byte = bytes[this.#at++];
    }
    value += byte * scale;
    // Past the end `byte` is undefined, and so the value NaN.
    if (!Number.isSafeInteger(value)) {
      throw brokenDigest(
        this.#at > bytes.length ? 'it ends too early' : 'a number is too large',
      );
    }
    return value;
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
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** A number of at least 0 that is not infinite. */
  double(): number {
    this.#need(8);
    const value = this.#view.getFloat64(this.#at, true);
    this.#at += 8;
    if (!(value >= 0 && value < Infinity)) {
      throw brokenDigest(`a quantity is ${value}`);
    }
    return value;
  }

  text(): string {
    const length = this.varint();
    this.#need(length);
    const start = this.#at;
    this.#at += length;
    return utf8.decode(this.#bytes.subarray(start, this.#at));
  }

  #need(count: number): void {
    if (!(count <= this.left)) {
      throw brokenDigest('it ends too early');
    }
  }
}

/** The error that says why bytes are no digest. */
export function brokenDigest(why: string): RangeError {
  return new RangeError(`These bytes are not a usage digest: ${why}`);
}
