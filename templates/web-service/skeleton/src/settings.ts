/** What the environment says, with the defaults of a service that is tried out. */
export type Settings = {
  name: string;
  port: number;
  /** How long requests are still taken after SIGTERM: until nobody sends any. */
  drainDelayMs: number;
  /** After that, how long what is being answered may take. */
  shutdownTimeoutMs: number;
  /** The longest that a client may take to send its request. */
  requestTimeoutMs: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
};

type Environment = Record<string, string | undefined>;

/** A whole number from the environment; throws a sentence that names the variable. */
export function wholeNumber(
  env: Environment,
  name: string,
  fallback: number,
  least: number,
  most: number,
): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new Error(
      `${name} is "${text}"; it must be a whole number from ${least} to ${most}.`,
    );
  }
  return value;
}

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

export function readSettings(env: Environment): Settings {
  const level = env.LOG_LEVEL || 'info';
  const logLevel = LEVELS.find(known => known === level);
  if (!logLevel) {
    throw new Error(
      `LOG_LEVEL is "${level}"; it must be one of ${LEVELS.join(', ')}.`,
    );
  }
  return {
    name: env.SERVICE_NAME || 'web-service',
    port: wholeNumber(env, 'PORT', 8080, 0, 65535),
    drainDelayMs: wholeNumber(env, 'DRAIN_DELAY_MS', 5000, 0, 60_000),
    shutdownTimeoutMs: wholeNumber(
      env,
      'SHUTDOWN_TIMEOUT_MS',
      15_000,
      0,
      600_000,
    ),
    requestTimeoutMs: wholeNumber(
      env,
      'REQUEST_TIMEOUT_MS',
      30_000,
      100,
      600_000,
    ),
    logLevel,
  };
}
