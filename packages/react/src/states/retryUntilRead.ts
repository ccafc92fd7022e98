import { errorKind } from './errorKind';

const RETRY_MS = 10_000;
/** A quarter of an hour: what is not read by then is not read at all. */
const MOST_ROUNDS = 90;

/**
 * How long until a back end is asked again that has not read an entity from the
 * catalog yet: 10 s, for a quarter of an hour. For `useReport`.
 *
 * @returns undefined where asking again helps nobody.
 * @public
 */
export function retryUntilRead(
  error: Error,
  rounds: number,
): number | undefined {
  return isNotReadYet(error) && rounds < MOST_ROUNDS ? RETRY_MS : undefined;
}

/** Whether a back end has not read the entity yet whose page this is. @public */
export function isNotReadYet(error: Error): boolean {
  return errorKind(error) === 'not-found';
}
