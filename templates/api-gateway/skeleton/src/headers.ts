import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** Of one connection and not of the message (RFC 9110, 7.6.1). */
const HOP_BY_HOP = [
  'connection',
  // Answered already, by this server.
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

export function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = String(headers.connection ?? '')
    .split(',')
    .map(name => name.trim().toLowerCase());
  const dropped = new Set([...HOP_BY_HOP, ...named]);
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !dropped.has(name)),
  );
}

/** Who asks: the connection's address, or what the load balancer before us saw. */
export function clientOf(
  request: IncomingMessage,
  trustProxy: boolean,
): string {
  const forwarded = request.headers['x-forwarded-for'];
  if (trustProxy && forwarded) {
    // Everything before the last is what the client itself may have made up.
    const last = String(forwarded).split(',').at(-1)?.trim();
    if (last) return last;
  }
  return request.socket.remoteAddress ?? 'unknown';
}

/** What the upstream is told of the client; said by the client itself only behind a proxy. */
export function forwardedHeaders(
  request: IncomingMessage,
  trustProxy: boolean,
): Record<string, string> {
  const said = (name: string) =>
    trustProxy ? request.headers[name]?.toString() : undefined;
  const before = said('x-forwarded-for');
  const address = request.socket.remoteAddress ?? 'unknown';
  return {
    'x-forwarded-for': before ? `${before}, ${address}` : address,
    'x-forwarded-host':
      said('x-forwarded-host') ?? request.headers.host ?? 'unknown',
    'x-forwarded-proto': said('x-forwarded-proto') ?? 'http',
  };
}

/** The client's own, where it is one, so that logs on both sides can be put together. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{1,100}$/.test(given)
    ? given
    : randomUUID();
}
