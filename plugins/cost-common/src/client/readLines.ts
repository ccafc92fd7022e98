/**
 * Calls back with each line of a body as it comes.
 *
 * @throws what the connection breaks off with, and what the callback throws.
 */
export async function readLines(
  response: Response,
  take: (line: string) => void,
): Promise<void> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  const takeWhole = () => {
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    lines.filter(Boolean).forEach(take);
  };
  try {
    for (;;) {
      const piece = await reader?.read();
      if (!piece || piece.done) {
        break;
      }
      rest += decoder.decode(piece.value, { stream: true });
      takeWhole();
    }
  } finally {
    // Ends the request when the callback threw; after the end it does nothing.
    await reader?.cancel().catch(() => undefined);
  }
  rest += `${decoder.decode()}\n`;
  takeWhole();
}
