/** Room for an answer that doesn't say how long it is; larger ones make it grow. */
const FIRST_BYTES = 64 * 1024;

/** An announced length is believed up to here; what really comes may be shorter. */
const MOST_BELIEVED_BYTES = 16 * 1024 * 1024;

/** @internal */
export interface BoundedBody {
  bytes: Uint8Array;
  /** False when there was more, which is not read. */
  whole: boolean;
}

/**
 * The body, or its start when it is longer than `maxBytes`. It is kept in one
 * piece: pieces of a large answer would outlive their use until the next full
 * garbage collection.
 *
 * @internal
 */
export async function readBounded(
  response: Response,
  maxBytes: number,
): Promise<BoundedBody> {
  if (!response.body) {
    return { bytes: new Uint8Array(), whole: true };
  }
  let body = new Uint8Array(
    Math.min(maxBytes, announcedBytes(response) ?? FIRST_BYTES),
  );
  let length = 0;
  // Leaving the loop early cancels the stream.
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    const end = Math.min(length + chunk.byteLength, maxBytes);
    if (end > body.length) {
      const larger = new Uint8Array(Math.min(2 * end, maxBytes));
      larger.set(body.subarray(0, length));
      body = larger;
    }
    body.set(chunk.subarray(0, end - length), length);
    if (end < length + chunk.byteLength) {
      return { bytes: body.subarray(0, end), whole: false };
    }
    length = end;
  }
  return { bytes: body.subarray(0, length), whole: true };
}

/** Of a compressed answer it is not the length of the body. */
function announcedBytes(response: Response): number | undefined {
  const { headers } = response;
  const announced = Number(headers.get('content-length') ?? NaN);
  return announced > 0 && !headers.has('content-encoding')
    ? Math.min(announced, MOST_BELIEVED_BYTES)
    : undefined;
}
