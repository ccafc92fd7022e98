import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * From start to exit. Readiness and liveness differ on purpose: a service that
 * drains is alive and not ready, so it gets no new traffic and isn't killed.
 */
export class Lifecycle {
  #phase: 'starting' | 'ready' | 'draining' = 'starting';
  #drained: Promise<boolean> | undefined;

  get phase() {
    return this.#phase;
  }

  ready() {
    if (this.#phase === 'starting') this.#phase = 'ready';
  }

  /**
   * Readiness off first; requests are taken until the endpoints have noticed; then
   * what is being answered is finished. True when nothing had to be cut off.
   */
  drain(
    server: Server,
    limits: { drainDelayMs: number; shutdownTimeoutMs: number },
  ): Promise<boolean> {
    this.#drained ??= this.#drain(server, limits);
    return this.#drained;
  }

  async #drain(
    server: Server,
    limits: { drainDelayMs: number; shutdownTimeoutMs: number },
  ): Promise<boolean> {
    this.#phase = 'draining';
    await sleep(limits.drainDelayMs);
    const closed = new Promise<boolean>(resolve => {
      server.close(() => resolve(true));
    });
    // A connection that has its answer by now would be kept for the next request.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const cutOff = new AbortController();
    const late = sleep(limits.shutdownTimeoutMs, false, {
      signal: cutOff.signal,
    }).catch(() => true);
    const whole = await Promise.race([closed, late]);
    cutOff.abort();
    clearInterval(idle);
    if (!whole) server.closeAllConnections();
    return whole;
  }
}
