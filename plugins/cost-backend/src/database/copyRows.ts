/** Signature of PostgreSQL's binary copy format ("COPY", binary file format). */
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const TRAILER = -1;

/** A row of (integer, bytea). */
export interface CopiedRow {
  id: number;
  /** A view of the copied bytes. */
  bytes: Uint8Array;
}

/**
 * Rows of `COPY (SELECT <integer>, <bytea>) TO STDOUT (FORMAT binary)`. Throws a
 * RangeError when the bytes are cut off or something else.
 */
export function* copyRows(copied: Uint8Array): Generator<CopiedRow> {
  const { buffer, byteOffset, byteLength } = copied;
  const view = new DataView(buffer, byteOffset, byteLength);
  if (SIGNATURE.compare(copied, 0, SIGNATURE.length) !== 0) {
    throw new RangeError('These bytes are not in the binary copy format');
  }
  // Flags, then an extension of a length.
  let at = SIGNATURE.length + 4;
  at += 4 + view.getInt32(at);
  for (;;) {
    const fields = view.getInt16(at);
    if (fields === TRAILER) {
      return;
    }
    if (fields !== 2 || view.getInt32(at + 2) !== 4) {
      throw new RangeError(
        'A copied row should be an integer and bytes, and is not',
      );
    }
    const id = view.getInt32(at + 6);
    const length = view.getInt32(at + 10);
    const start = at + 14;
    at = start + length;
    if (length < 0 || at > byteLength) {
      throw new RangeError('A copied row has no bytes, or is cut off');
    }
    yield { id, bytes: copied.subarray(start, at) };
  }
}

/** Pieces of which each comes after its length as four bytes, highest first. */
export function* lengthPrefixed(bytes: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.byteLength; ) {
    const start = at + 4;
    at = start + view.getInt32(at);
    if (at < start || at > bytes.byteLength) {
      throw new RangeError('A piece is cut off');
    }
    yield bytes.subarray(start, at);
  }
}
