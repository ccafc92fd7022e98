import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request that can't be answered as it was asked; the sentence says why. */
export class BadRequest extends Error {}

export type Route = {
  method: string;
  path: string;
  answer: (url: URL, request: IncomingMessage) => unknown;
};

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
) {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}

/** What a zone's clock shows at a moment. */
export function timeIn(zone: string, at: Date) {
  try {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    return { zone, local: format.format(at), utc: at.toISOString() };
  } catch {
    throw new BadRequest(
      `zone is "${zone}"; it must be an IANA name, such as Europe/Berlin.`,
    );
  }
}

/** What the service does. Replace it by your own. */
export function createRoutes(now: () => Date = () => new Date()): Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/time',
      answer: url => timeIn(url.searchParams.get('zone') ?? 'UTC', now()),
    },
  ];
}
