const SLAB_BYTES = 65_536;
/** Longer arrays get memory of their own. */
const SMALL_BYTES = 4096;

let slab = new ArrayBuffer(SLAB_BYTES);
let used = 0;

/**
 * An array of zeros. A digest takes a dozen of small ones: cut from one piece of
 * memory, there is nothing to allocate and free for each. Its `buffer` is shared
 * with others, so copy the array rather than the buffer.
 */
export function newUint16Array(length: number): Uint16Array<ArrayBuffer> {
  const bytes = 2 * length;
  return bytes > SMALL_BYTES
    ? new Uint16Array(length)
    : uint16At(cut(bytes), length);
}

/** See {@link newUint16Array}. */
export function newFloat64Array(length: number): Float64Array<ArrayBuffer> {
  const bytes = 8 * length;
  return bytes > SMALL_BYTES
    ? new Float64Array(length)
    : float64At(cut(bytes), length);
}

// Cutting may begin another slab, so it comes first.
function uint16At(start: number, length: number) {
  return new Uint16Array(slab, start, length);
}

function float64At(start: number, length: number) {
  return new Float64Array(slab, start, length);
}

/** Where in the slab there are so many bytes nobody else has. */
function cut(bytes: number): number {
  if (used + bytes > SLAB_BYTES) {
    slab = new ArrayBuffer(SLAB_BYTES);
    used = 0;
  }
  const start = used;
  used += Math.ceil(bytes / 8) * 8; // doubles lie at multiples of eight
  return start;
}
