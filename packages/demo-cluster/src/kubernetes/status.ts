/** A `Status` object, as the API server answers when something is wrong. */
export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: { continue?: string };
  status: 'Failure';
  message: string;
  reason: string;
  details?: Record<string, unknown>;
  code: number;
}

/** An answer that isn't what was asked for; carries the `Status` to send. */
export class StatusError extends Error {
  readonly status: Status;

  constructor(
    code: number,
    reason: string,
    message: string,
    details?: Record<string, unknown>,
  ) {
    super(message);
    this.name = 'StatusError';
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      reason,
      ...(details && { details }),
      code,
    };
  }
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

/** Options of a list or watch that don't go together. */
export function invalidListOptions(message: string): StatusError {
  return new StatusError(
    422,
    'Invalid',
    `ListOptions.meta.k8s.io "" is invalid: ${message}`,
    { group: 'meta.k8s.io', kind: 'ListOptions' },
  );
}

/**
 * A resourceVersion or continue token that is too old to be answered.
 *
 * @param token - with which a list can go on all the same
 */
export function expired(message: string, token?: string): StatusError {
  const error = new StatusError(410, 'Expired', message);
  if (token) {
    error.status.metadata.continue = token;
  }
  return error;
}

/** A resourceVersion that has not happened yet. */
export function tooLargeResourceVersion(
  asked: number,
  current: number,
): StatusError {
  const message = `Too large resource version: ${asked}, current: ${current}`;
  return new StatusError(504, 'Timeout', `Timeout: ${message}`, {
    causes: [
      {
        reason: 'ResourceVersionTooLarge',
        message: 'Too large resource version',
      },
    ],
    retryAfterSeconds: 1,
  });
}

export function notFound(
  resource: { group: string; plural: string },
  qualified: string,
  name: string,
): StatusError {
  return new StatusError(404, 'NotFound', `${qualified} "${name}" not found`, {
    name,
    ...(resource.group && { group: resource.group }),
    kind: resource.plural,
  });
}

export function unknownResource(): StatusError {
  return new StatusError(
    404,
    'NotFound',
    'the server could not find the requested resource',
    {},
  );
}

export function methodNotAllowed(): StatusError {
  return new StatusError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );
}
