import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for what comes soon. */
export async function until(
  what: string,
  holds: () => boolean,
  withinMs = 8000,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!holds()) {
    if (Date.now() > deadline) {
      throw new Error(`It never came that ${what}`);
    }
    await sleep(5);
  }
}
