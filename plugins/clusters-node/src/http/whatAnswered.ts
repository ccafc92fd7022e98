/**
 * What an endpoint seems to be, from what it answered:
 *
 * - `login`: a page, or a redirect, that wants somebody to sign in
 * - `grafana`, `prometheus`, `opencost`, `kubernetes`: that product, by its page
 *   or by the shape of its errors
 * - `page`: another web page
 * - `no-such-path`: Go's own "404 page not found": the server is there, the path isn't
 * - `no-tenant`: Mimir, Cortex or Loki without a tenant
 * - `wants-tls`: a port for HTTPS that was asked by HTTP
 * - `json`, `text`, `nothing`
 */
export type Answerer =
  | 'login'
  | 'grafana'
  | 'prometheus'
  | 'opencost'
  | 'kubernetes'
  | 'page'
  | 'no-such-path'
  | 'no-tenant'
  | 'wants-tls'
  | 'json'
  | 'text'
  | 'nothing';

/** Bytes of an answer that are looked at to tell what it is. */
export const TELLING_BYTES = 64 * 1024;

const LOGIN =
  /\b(log[ -]?in|sign[ -]?in|anmelden|oauth2?|openid|saml|sso|authori[sz]e)\b/i;

/**
 * Tells what answered. What it said stays here: the answer is one of a closed
 * list of words, so that nothing of an upstream body, which may echo what was
 * sent, gets into a message or a log.
 *
 * @internal
 */
export function whatAnswered(
  contentType: string | null,
  start: Uint8Array,
): Answerer {
  const text = Buffer.from(
    start.buffer,
    start.byteOffset,
    Math.min(start.byteLength, TELLING_BYTES),
  )
    .toString()
    .trim();
  if (text === '') {
    return 'nothing';
  }
  if (/client sent an HTTP request to an HTTPS server/i.test(text)) {
    return 'wants-tls';
  }
  if (/plain HTTP request was sent to HTTPS port/i.test(text)) {
    return 'wants-tls';
  }
  if (
    /html/i.test(contentType ?? '') ||
    /^<(!doctype|html|\?xml)/i.test(text)
  ) {
    return whosePage(text);
  }
  if (/^[[{]/.test(text)) {
    return whoseJson(text);
  }
  if (/^no org id\b/i.test(text)) {
    return 'no-tenant';
  }
  if (/^404 page not found/.test(text)) {
    return 'no-such-path';
  }
  return 'text';
}

function whosePage(text: string): Answerer {
  const title = /<title[^>]*>([^<]{0,200})/i.exec(text)?.[1] ?? '';
  if (/opencost|kubecost/i.test(title)) {
    return 'opencost';
  }
  if (/grafana/i.test(title)) {
    return 'grafana';
  }
  if (/prometheus|thanos|mimir/i.test(title)) {
    return 'prometheus';
  }
  const form = /<form[^>]*|<input[^>]*type=["']?password/gi;
  const asks = [title, ...(text.match(form) ?? [])].some(
    part => LOGIN.test(part) || /password/i.test(part),
  );
  return asks ? 'login' : 'page';
}

/** By the start of the text, which may be cut. */
function whoseJson(text: string): Answerer {
  if (/^\{\s*"kind"\s*:\s*"Status"/.test(text)) {
    return 'kubernetes';
  }
  if (/^\{\s*"status"\s*:\s*"(success|error)"/.test(text)) {
    return 'prometheus';
  }
  if (/"no org id"/.test(text)) {
    return 'no-tenant';
  }
  if (/^\{\s*"code"\s*:\s*\d+/.test(text)) {
    return 'opencost';
  }
  if (/"(traceID|messageId|accessErrorId)"\s*:/.test(text)) {
    return 'grafana';
  }
  return 'json';
}

/**
 * Where a redirect leads, as far as that may be said: to signing in, to HTTPS,
 * to the same with a slash at the end, or elsewhere.
 *
 * @internal
 */
export function whereRedirected(
  asked: string,
  location: string | null,
): 'login' | 'https' | 'slash' | 'elsewhere' {
  if (!location || !URL.canParse(location, asked)) {
    return 'elsewhere';
  }
  const from = new URL(asked);
  const to = new URL(location, asked);
  if (LOGIN.test(`${to.hostname} ${to.pathname.replace(/[/_]/g, ' ')}`)) {
    return 'login';
  }
  if (/(^|\.)(auth|login|accounts|idp|sso|dex|keycloak)\./.test(to.hostname)) {
    return 'login';
  }
  if (from.protocol === 'http:' && to.protocol === 'https:') {
    return to.hostname === from.hostname ? 'https' : 'elsewhere';
  }
  return to.pathname === `${from.pathname}/` ? 'slash' : 'elsewhere';
}
