import { Worded, wordConnection as word } from '@headroom/common';

/** What kept a connection from being made, in words that complete "can't be reached: …". */
export interface NetworkFailure {
  /** The failure in words that hold no address. */
  reason: Worded;
  /** The other side is not trusted: its authority must be made known. */
  untrusted?: boolean;
}

const UNKNOWN_CA: NetworkFailure = {
  reason: word('unknownAuthority'),
  untrusted: true,
};

const NO_ROUTE: NetworkFailure = { reason: word('noRoute') };
const NO_CONNECTION: NetworkFailure = { reason: word('notInTime') };
const CLOSED: NetworkFailure = { reason: word('closed') };
const NO_HTTP: NetworkFailure = { reason: word('notHttp') };
const NO_TLS: NetworkFailure = { reason: word('notTls') };
const HEADERS_TOO_LARGE: NetworkFailure = { reason: word('headersTooLarge') };

const FAILURES: Record<string, NetworkFailure> = {
  ENOTFOUND: { reason: word('unknownHost') },
  EAI_AGAIN: { reason: word('dnsSilent') },
  ECONNREFUSED: { reason: word('nothingListens') },
  ECONNRESET: CLOSED,
  EPIPE: CLOSED,
  UND_ERR_SOCKET: CLOSED,
  EHOSTUNREACH: NO_ROUTE,
  ENETUNREACH: NO_ROUTE,
  EADDRNOTAVAIL: NO_ROUTE,
  ETIMEDOUT: NO_CONNECTION,
  UND_ERR_CONNECT_TIMEOUT: NO_CONNECTION,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_CA,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_CA,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_CA,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_CA,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_CA,
  CERT_UNTRUSTED: UNKNOWN_CA,
  CERT_HAS_EXPIRED: { reason: word('certificateExpired') },
  CERT_NOT_YET_VALID: { reason: word('certificateTooEarly') },
  ERR_TLS_CERT_ALTNAME_INVALID: { reason: word('certificateOfOtherHost') },
  EPROTO: NO_TLS,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: NO_TLS,
  HPE_INVALID_CONSTANT: NO_HTTP,
  HPE_INVALID_VERSION: NO_HTTP,
  UND_ERR_HEADERS_OVERFLOW: HEADERS_TOO_LARGE,
  HPE_HEADER_OVERFLOW: HEADERS_TOO_LARGE,
  ERR_INVALID_CHAR: { reason: word('unsendable') },
};

/**
 * The code of a failed connection, from the error or what caused it; undefined
 * when none is known. Of an error nothing else is fit for a page: messages name
 * addresses, and one about a bad header quotes it.
 *
 * @internal
 */
export function networkCodeOf(error: unknown): string | undefined {
  let current = error;
  for (let depth = 0; depth < 4; depth++) {
    if (typeof current !== 'object' || current === null) {
      return undefined;
    }
    const code: unknown = Reflect.get(current, 'code');
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code)) {
      return code;
    }
    current = Reflect.get(current, 'cause');
  }
  return undefined;
}

/** The failure in words, with its code in brackets for who looks it up. @internal */
export function networkFailureOf(error: unknown): NetworkFailure {
  const code = networkCodeOf(error);
  if (!code) {
    // The fetch standard keeps Node from ports of other services.
    return {
      reason: word(isBlockedPort(error) ? 'blockedPort' : 'failedUnsaid'),
    };
  }
  const { reason, untrusted } = FAILURES[code] ?? { reason: word('failed') };
  return {
    reason: word('withCode', { reason, code }),
    ...(untrusted && { untrusted }),
  };
}

/** Whether fetch refused the port: that error has no code, but always these words. */
function isBlockedPort(error: unknown): boolean {
  const cause = fieldOf(error, 'cause');
  return fieldOf(cause, 'message') === 'bad port';
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null
    ? Reflect.get(value, field)
    : undefined;
}
