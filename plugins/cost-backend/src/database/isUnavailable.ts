import { isError } from '@backstage/errors';

/** Errors of a socket: nobody is there, or no longer. */
const SOCKET_CODES = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/**
 * Conditions of PostgreSQL that pass: connection exceptions (class 08), too many
 * connections, stopping and starting, and a statement that took too long. See
 * appendix A of its manual.
 */
const SQL_STATES = /^(08...|53300|57014|57P0[123]|25P03)$/;

/** What the driver and its pool say without a code; knex puts the statement before it. */
const MESSAGES =
  /(^| - )(Connection terminated|Connection ended|Query read timeout|timeout expired|Unable to acquire a connection|Client has encountered a connection error|Client was closed)/;

/** Whether an error says that the database can't be asked now, not that a question was wrong. */
export function isUnavailable(error: unknown): boolean {
  if (!isError(error)) {
    return false;
  }
  const { code } = error;
  if (typeof code === 'string') {
    return SOCKET_CODES.has(code) || SQL_STATES.test(code);
  }
  return error.name === 'KnexTimeoutError' || MESSAGES.test(error.message);
}
