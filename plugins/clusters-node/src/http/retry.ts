import { setTimeout as sleep } from 'node:timers/promises';

/** How often a question is asked before it is given up. */
const MAX_ATTEMPTS = 3;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;

/**
 * Asks again, twice at most, where the answer is 429 or 503, after what its
 * `Retry-After` says when that is at most 10 seconds.
 *
 * @returns the last answer, whatever its status.
 * @throws what `ask` throws; the signal's reason when it aborts.
 * @internal
 */
export async function askPatiently<
  Answer extends { status: number; retryAfter: string | null },
>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await ask();
    const { status, retryAfter } = answer;
    const delayMs =
      status === 429 || status === 503
        ? retryDelayMs(attempt, retryAfter)
        : undefined;
    if (delayMs === undefined) {
      return answer;
    }
    await sleep(delayMs, undefined, { signal }).catch(error => {
      signal.throwIfAborted();
      throw error;
    });
  }
}

/**
 * How long to wait before attempt `attempt + 1` (1-based), or undefined when
 * there should be none: attempts are used up, or the server asks for more
 * patience than a request has.
 */
function retryDelayMs(
  attempt: number,
  retryAfter: string | null,
): number | undefined {
  if (attempt >= MAX_ATTEMPTS) {
    return undefined;
  }
  const delay =
    parseRetryAfter(retryAfter, Date.now()) ??
    FIRST_DELAY_MS * 2 ** (attempt - 1);
  return delay <= LONGEST_DELAY_MS ? delay : undefined;
}

/** Milliseconds; seconds or an HTTP date are written (RFC 9110 §10.2.3). @internal */
export function parseRetryAfter(
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
