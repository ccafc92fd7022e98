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

/** What is wrong with a field. */
export interface FieldProblem {
  /** e.g. `spec.replicas` */
  field: string;
  reason:
    | 'FieldValueInvalid'
    | 'FieldValueForbidden'
    | 'FieldValueRequired'
    | 'FieldValueNotSupported';
  /** e.g. `Invalid value: -1: must be greater than or equal to 0` */
  message: string;
}

/** An object, or options, against the rules of their kind. */
export function invalid(
  { group, kind, name }: { group: string; kind: string; name: string },
  problems: FieldProblem[],
): StatusError {
  const list = problems.map(({ field, message }) => `${field}: ${message}`);
  const what = group ? `${kind}.${group}` : kind;
  const said = list.length === 1 ? list[0] : `[${list.join(', ')}]`;
  return new StatusError(
    422,
    'Invalid',
    `${what} "${name}" is invalid: ${said}`,
    {
      ...(name && { name }),
      ...(group && { group }),
      kind,
      causes: problems.map(({ field, reason, message }) => ({
        reason,
        message,
        field,
      })),
    },
  );
}

/** A change of an object that is not as it was to be. */
export function conflict(
  { group, plural }: { group: string; plural: string },
  qualified: string,
  name: string,
  why: string,
): StatusError {
  return new StatusError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified} "${name}": ${why}`,
    { name, ...(group && { group }), kind: plural },
  );
}

/** A body that is larger than an API server reads. */
export function tooLarge(): StatusError {
  return new StatusError(
    413,
    'RequestEntityTooLarge',
    'Request entity too large: limit is 3145728',
    {},
  );
}
