import { toError } from '@backstage/errors';

/** What an error of the database says, with its code, for the log: it may say where the database is. @public */
export function reasonOf(error: unknown): string {
  const { message, code, errors } = toError(error) as Error & {
    code?: unknown;
    errors?: unknown;
  };
  // A host of several addresses is tried at each, and says nothing itself.
  const all =
    message === '' && Array.isArray(errors)
      ? errors.map(each => toError(each).message).join('; ')
      : message;
  return typeof code === 'string' && !all.includes(code)
    ? `${all} (${code})`
    : all;
}
