/** Text longer than this is cut: an image or a pod's name never gets there. */
export const MAX_TEXT_BYTES = 512;

const utf8 = new TextEncoder();

/** Bytes that grow. Numbers are varints (LEB128) unless they must be exact doubles. */
export class ByteWriter {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  static create(): ByteWriter {
    return new ByteWriter();
  }

  private constructor() {}

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** An integer from 0 to 2⁵³ − 1. */
  varint(value: number): void {
    if (!(Number.isSafeInteger(value) && value >= 0)) {
      throw new RangeError(
        `${value} can't be stored; it should be an integer of at least 0`,
      );
    }
    this.#reserve(8);
    let rest = value;
    while (rest > 127) {
      this.#bytes[this.#length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }

  /** An integer of at most 2⁵² either side of 0; small ones are short. */
  signed(value: number): void {
    this.varint(value >= 0 ? value * 2 : -value * 2 - 1);
  }

  double(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** UTF-8, cut to {@link MAX_TEXT_BYTES} at the end of a character. */
  text(value: string): void {
    let bytes = utf8.encode(value);
    if (bytes.length > MAX_TEXT_BYTES) {
      let end = MAX_TEXT_BYTES;
      while (bytes[end] >= 0x80 && bytes[end] < 0xc0) {
        end -= 1;
      }
      bytes = bytes.subarray(0, end);
    }
    this.varint(bytes.length);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  toBytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(more: number): void {
    if (this.#length + more > this.#bytes.length) {
      const larger = new Uint8Array(2 * (this.#length + more));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
  }
}
