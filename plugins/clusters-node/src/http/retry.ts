import { setTimeout as sleep } from 'node:timers/promises';

/** @internal */
export const MAX_ATTEMPTS = 3;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;

/**
 * How long to wait before attempt `attempt + 1` (1-based), or undefined when
 * there should be none: attempts are used up, or the server asks for more
 * patience than a request has.
 *
 * @internal
 */
export function retryDelayMs(
  attempt: number,
  retryAfter: string | null,
  now: number = Date.now(),
): number | undefined {
  if (attempt >= MAX_ATTEMPTS) {
    return undefined;
  }
  const delay =
    parseRetryAfter(retryAfter, now) ?? FIRST_DELAY_MS * 2 ** (attempt - 1);
  return delay <= LONGEST_DELAY_MS ? delay : undefined;
}

/** Seconds or an HTTP date (RFC 9110 §10.2.3). */
function parseRetryAfter(
  value: string | null,
  now: number,
): number | undefined {
  if (value === null) {
    return undefined;
  }
  if (/^\d+$/.test(value.trim())) {
    return Number(value) * 1000;
  }
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/** Waits; rejects as soon as the signal aborts. @internal */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal });
}
