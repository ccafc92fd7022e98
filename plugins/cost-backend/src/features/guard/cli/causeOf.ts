const NOT_TRUSTED = 'the certificate of the other side is not trusted';
const NOT_IN_TIME = 'no answer came in time';
const CLOSED = 'the connection was closed before an answer came';
const NO_WAY = 'the network has no way to the address';
const NO_TLS = 'the other side does not speak TLS, as https:// asks it to';

const BY_CODE: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'the name of the host was not found',
  EAI_AGAIN: 'the DNS gave no answer for the name of the host',
  ECONNRESET: CLOSED,
  EPIPE: CLOSED,
  UND_ERR_SOCKET: CLOSED,
  ETIMEDOUT: NOT_IN_TIME,
  UND_ERR_CONNECT_TIMEOUT: NOT_IN_TIME,
  UND_ERR_HEADERS_TIMEOUT: NOT_IN_TIME,
  UND_ERR_BODY_TIMEOUT: NOT_IN_TIME,
  EHOSTUNREACH: NO_WAY,
  ENETUNREACH: NO_WAY,
  EADDRNOTAVAIL: NO_WAY,
  EPROTO: NO_TLS,
  CERT_HAS_EXPIRED: 'the certificate of the other side has expired',
  CERT_NOT_YET_VALID: 'the certificate of the other side is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'the certificate of the other side is for another name',
};

const BY_FORM: Array<[RegExp, string]> = [
  [/^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/, NOT_TRUSTED],
  [/^ERR_(SSL|TLS)_/, NO_TLS],
  [/^HPE_/, 'what answered does not speak HTTP'],
];

/** What the standard of fetch refuses itself has no code, and always these words. */
const BY_WORDS: Record<string, string> = {
  'bad port': 'its port is one that HTTP clients refuse to ask',
  'unexpected redirect': 'it answered with a redirect, which is not followed',
};

/**
 * Why a request could not be made, in words that complete "…, as ". Not the message of
 * the error: that may hold what was sent.
 */
export function causeOf(error: unknown): string {
  const { name, cause } = error as Error;
  if (name === 'TimeoutError') {
    return NOT_IN_TIME;
  }
  const { code, message } = (cause ?? {}) as {
    code?: unknown;
    message?: unknown;
  };
  if (typeof code === 'string') {
    const [, formed] = BY_FORM.find(([form]) => form.test(code)) ?? [];
    const reason = BY_CODE[code] ?? formed ?? 'the connection failed';
    return `${reason} (${code})`;
  }
  return (
    (typeof message === 'string' ? BY_WORDS[message] : undefined) ??
    `the connection failed (${name})`
  );
}
