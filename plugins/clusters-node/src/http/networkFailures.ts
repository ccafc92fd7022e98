/** What kept a connection from being made, in words that complete "can't be reached: …". */
export interface NetworkFailure {
  /** The failure in words that hold no address. */
  reason: string;
  /** The other side is not trusted: its authority must be made known. */
  untrusted?: boolean;
}

const UNKNOWN_CA: NetworkFailure = {
  reason:
    'its certificate is signed by an authority that the back end does not know; give it the authority’s certificate',
  untrusted: true,
};

const NO_ROUTE: NetworkFailure = {
  reason:
    'the network of the back end has no way to its address; a name that ends in .svc works inside of its own cluster only',
};

const NO_CONNECTION: NetworkFailure = {
  reason:
    'no connection was made in time; a firewall or a NetworkPolicy may drop what the back end sends',
};

const CLOSED: NetworkFailure = {
  reason:
    'the connection was closed before an answer came; a port for HTTPS asked by http://, or a proxy that gives up, does that',
};

const NO_HTTP: NetworkFailure = {
  reason:
    'what answers does not speak HTTP; the port may be that of something else',
};

const NO_TLS: NetworkFailure = {
  reason:
    'it does not speak TLS as the back end does; a port for plain HTTP needs http:// in the URL',
};

const UNSENDABLE: NetworkFailure = {
  reason:
    'the configured token or headers can’t be sent: they have a line break or another character that no header may have',
};

/** The fetch standard keeps browsers, and Node with them, from ports of other services. */
const BLOCKED_PORT: NetworkFailure = {
  reason:
    'its port is one that HTTP clients refuse to ask, such as 25, 6000 or 6667; let it listen at another port, and say that in the URL',
};

const FAILURES: Record<string, NetworkFailure> = {
  ENOTFOUND: {
    reason:
      'its host name is not known to the DNS of the back end; check the spelling in the URL (a name that ends in .svc is known inside of its own cluster only)',
  },
  EAI_AGAIN: {
    reason: 'the DNS of the back end gave no answer for its host name',
  },
  ECONNREFUSED: {
    reason:
      'nothing listens at its host and port; check the port in the URL, and that it runs',
  },
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
  CERT_HAS_EXPIRED: { reason: 'its certificate has expired' },
  CERT_NOT_YET_VALID: {
    reason:
      'its certificate is not valid yet; the clock of the back end may be slow',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    reason:
      'its certificate is for another host name than the one in the URL; use a name that the certificate has',
  },
  EPROTO: NO_TLS,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: NO_TLS,
  HPE_INVALID_CONSTANT: NO_HTTP,
  HPE_INVALID_VERSION: NO_HTTP,
  UND_ERR_HEADERS_OVERFLOW: {
    reason: 'the headers of its answer are too large',
  },
  HPE_HEADER_OVERFLOW: { reason: 'the headers of its answer are too large' },
  ERR_INVALID_CHAR: UNSENDABLE,
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
    return isBlockedPort(error)
      ? BLOCKED_PORT
      : {
          reason:
            'the connection failed and nothing says why; asking the URL with curl from where the back end runs says more',
        };
  }
  const { reason, untrusted } = FAILURES[code] ?? {
    reason: 'the connection failed',
  };
  return { reason: `${reason} (${code})`, ...(untrusted && { untrusted }) };
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
