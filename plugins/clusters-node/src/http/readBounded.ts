/** Room for an answer that doesn't say how long it is; larger ones make it grow. */
const FIRST_BYTES = 64 * 1024;

const BYTE_ORDER_MARK = /^\uFEFF/;

/** An announced length is believed up to here; what really comes may be shorter. */
const MOST_BELIEVED_BYTES = 16 * 1024 * 1024;

/**
 * The body as text, or undefined once it exceeds `maxBytes` (the rest is not
 * read). It is decoded in one piece: pieces of a large answer would outlive
 * their use until the next full garbage collection.
 *
 * @internal
 */
export async function readBounded(
  response: Response,
  maxBytes: number,
): Promise<string | undefined> {
  if (!response.body) {
    return '';
  }
  let body = new Uint8Array(announcedBytes(response) ?? FIRST_BYTES);
  let length = 0;
  // Leaving the loop early cancels the stream.
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    const end = length + chunk.byteLength;
    if (end > maxBytes) {
      return undefined;
    }
    if (end > body.length) {
      const larger = new Uint8Array(2 * end);
      larger.set(body.subarray(0, length));
      body = larger;
    }
    body.set(chunk, length);
    length = end;
  }
  // A large text of ASCII so lies outside of V8's heap, unlike TextDecoder's.
  return Buffer.from(body.buffer, 0, length)
    .toString()
    .replace(BYTE_ORDER_MARK, '');
}

/** Of a compressed answer it is not the length of the body. */
function announcedBytes(response: Response): number | undefined {
  const { headers } = response;
  const announced = Number(headers.get('content-length') ?? NaN);
  return announced > 0 && !headers.has('content-encoding')
    ? Math.min(announced, MOST_BELIEVED_BYTES)
    : undefined;
}
