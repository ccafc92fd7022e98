/**
 * The body as text, or undefined once it exceeds `maxBytes` (the rest is not
 * read).
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
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  // Leaving the loop early cancels the stream.
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) {
      return undefined;
    }
    parts.push(decoder.decode(chunk, { stream: true }));
  }
  parts.push(decoder.decode());
  return parts.join('');
}
