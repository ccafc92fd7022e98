/**
 * Waits among others until it is called.
 *
 * @throws the signal's reason when it aborts.
 * @internal
 */
export async function waitAmong(
  waiters: Set<() => void>,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  let stop = () => {};
  let done = () => {};
  try {
    await new Promise<void>((resolve, reject) => {
      done = resolve;
      stop = () => reject(signal.reason);
      waiters.add(done);
      signal.addEventListener('abort', stop, { once: true });
    });
  } finally {
    waiters.delete(done);
    signal.removeEventListener('abort', stop);
  }
}
