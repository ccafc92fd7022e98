/** Where requests whose path begins with `prefix` go, and within which limits. */
export type Upstream = {
  prefix: string;
  url: URL;
  /** How long the upstream may be silent: until its answer begins, and within it. */
  timeoutMs: number;
  /** Requests that may wait for it at a time; more are refused at once. */
  maxConcurrent: number;
  /** Further attempts after the first, of idempotent requests without a body. */
  retries: number;
};

/** What the environment says, with the defaults of a gateway that is tried out. */
export type Settings = {
  name: string;
  port: number;
  drainDelayMs: number;
  shutdownTimeoutMs: number;
  /** The longest that a client may take to send its request. */
  requestTimeoutMs: number;
  maxBodyBytes: number;
  /** Requests a second that one client may send, and how many at once. */
  clientRate: number;
  clientBurst: number;
  /** Whether the last address of `x-forwarded-for`, set by a load balancer, is the client. */
  trustProxy: boolean;
  upstreams: Upstream[];
  logLevel: 'debug' | 'info' | 'warn' | 'error';
};

type Environment = Record<string, string | undefined>;

/** A whole number; throws a sentence that names where it was said. */
function wholeNumber(
  text: string | undefined,
  name: string,
  fallback: number,
  least: number,
  most: number,
): number {
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new Error(
      `${name} is "${text}"; it must be a whole number from ${least} to ${most}.`,
    );
  }
  return value;
}

function readUpstream(value: unknown, index: number): Upstream {
  const at = `UPSTREAMS[${index}]`;
  if (typeof value !== 'object' || value === null) {
    throw new Error(`${at} must be an object with prefix and url.`);
  }
  const given = value as Record<string, unknown>;
  const { prefix } = given;
  if (typeof prefix !== 'string' || !/^\/[\w\-./]*$/.test(prefix)) {
    throw new Error(
      `${at}.prefix is ${JSON.stringify(
        prefix,
      )}; it must be a path that begins with "/".`,
    );
  }
  let url: URL;
  try {
    url = new URL(String(given.url));
  } catch {
    throw new Error(
      `${at}.url is ${JSON.stringify(given.url)}; it must be a URL.`,
    );
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Error(
      `${at}.url begins with "${url.protocol}"; it must be http or https.`,
    );
  }
  const number = (key: string, fallback: number, least: number, most: number) =>
    wholeNumber(
      given[key] === undefined ? undefined : String(given[key]),
      `${at}.${key}`,
      fallback,
      least,
      most,
    );
  return {
    prefix: prefix.replace(/\/+$/, '') || '/',
    url,
    timeoutMs: number('timeoutMs', 5000, 1, 300_000),
    maxConcurrent: number('maxConcurrent', 100, 1, 100_000),
    retries: number('retries', 1, 0, 5),
  };
}

/** Longest prefix first, as that one decides. */
function readUpstreams(text: string | undefined): Upstream[] {
  if (!text) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new Error(`UPSTREAMS isn't JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(parsed)) throw new Error('UPSTREAMS must be a list.');
  const upstreams = parsed
    .map(readUpstream)
    .sort((a, b) => b.prefix.length - a.prefix.length);
  const twice = upstreams.find(
    ({ prefix }, index) => upstreams[index + 1]?.prefix === prefix,
  );
  if (twice)
    throw new Error(`UPSTREAMS has the prefix "${twice.prefix}" twice.`);
  return upstreams;
}

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/**
 * @param routes - the file `upstreams.json` of the image; `UPSTREAMS` wins over it
 */
export function readSettings(env: Environment, routes?: string): Settings {
  const number = (
    name: string,
    fallback: number,
    least: number,
    most: number,
  ) => wholeNumber(env[name], name, fallback, least, most);
  const level = env.LOG_LEVEL || 'info';
  const logLevel = LEVELS.find(known => known === level);
  if (!logLevel) {
    throw new Error(
      `LOG_LEVEL is "${level}"; it must be one of ${LEVELS.join(', ')}.`,
    );
  }
  return {
    name: env.SERVICE_NAME || 'api-gateway',
    port: number('PORT', 8080, 0, 65535),
    drainDelayMs: number('DRAIN_DELAY_MS', 5000, 0, 60_000),
    shutdownTimeoutMs: number('SHUTDOWN_TIMEOUT_MS', 15_000, 0, 600_000),
    requestTimeoutMs: number('REQUEST_TIMEOUT_MS', 30_000, 100, 600_000),
    maxBodyBytes: number('MAX_BODY_BYTES', 1_048_576, 0, 1_073_741_824),
    clientRate: number('CLIENT_RATE', 50, 1, 1_000_000),
    clientBurst: number('CLIENT_BURST', 100, 1, 1_000_000),
    trustProxy: env.TRUST_PROXY === 'true',
    upstreams: readUpstreams(env.UPSTREAMS || routes),
    logLevel,
  };
}
