import { isError } from '@backstage/errors';
import { isFailedConnection } from './failedConnections';

/** Errors of a socket: nobody is there, or no longer. */
const SOCKET_CODES = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'EPROTO',
  'ETIMEDOUT',
]);

/**
 * Conditions of PostgreSQL that pass, or that its operator mends: connection
 * exceptions (class 08), who may connect (28), no such database, no resources
 * left (53), a statement that took too long, stopping, starting and dropping
 * (57P), and a transaction that was idle for too long. See appendix A of its
 * manual.
 */
const SQL_STATES = /^(08...|28...|3D000|53...|57014|57P..|25P03)$/;

/** What the driver and its pool say without a code; knex puts the statement before it. */
const MESSAGES =
  /(^| - )(Connection terminated|Connection ended|Query read timeout|timeout expired|Unable to acquire a connection|Client has encountered a connection error|Client was closed)/;

/** Whether an error says that the database can't be asked now, not that a question was wrong. @public */
export function isUnavailable(error: unknown): boolean {
  if (!isError(error)) {
    return false;
  }
  if (isFailedConnection(error)) {
    return true;
  }
  const { code } = error;
  if (typeof code === 'string') {
    return SOCKET_CODES.has(code) || SQL_STATES.test(code);
  }
  return error.name === 'KnexTimeoutError' || MESSAGES.test(error.message);
}
