/** What went wrong, as far as the reader's next step depends on it. @public */
export type ErrorKind =
  | 'not-allowed'
  | 'not-found'
  | 'bad-request'
  | 'unavailable'
  | 'other';

const KINDS: Record<string, ErrorKind> = {
  NotAllowedError: 'not-allowed',
  NotFoundError: 'not-found',
  InputError: 'bad-request',
  ServiceUnavailableError: 'unavailable',
};

function namesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) {
    return [];
  }
  const name = 'name' in error ? String(error.name) : '';
  // A ResponseError carries what the back end threw as its cause.
  return [name, ...('cause' in error ? namesOf(error.cause) : [])];
}

/** Tells the kinds of error apart by the name of what the back end threw. @public */
export function errorKind(error: Error): ErrorKind {
  const name = namesOf(error).find(candidate => candidate in KINDS);
  return name ? KINDS[name] : 'other';
}

/** What the back end said, without the envelope of the request. @public */
export function errorMessage(error: Error): string {
  const { cause } = error as { cause?: unknown };
  return cause instanceof Error && cause.message
    ? cause.message
    : error.message;
}
