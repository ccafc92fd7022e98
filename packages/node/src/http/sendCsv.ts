import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import express from 'express';

/** Who takes nothing for longer loses the connection, so that it isn't kept for ever. */
const MAX_PAUSE_MS = 5 * 60_000;

/** @internal */
export interface CsvDownload {
  /** Name of the file without `.csv`. */
  name: string;
  /** Pieces of text, made as the client takes them. */
  pieces: AsyncGenerator<string>;
  logger: LoggerService;
}

let lastTurn: Promise<void> = Promise.resolve();

/**
 * Waits until requests had their turn, and every download that asked before:
 * many downloads take no more of the time than one.
 */
async function giveWay(): Promise<void> {
  lastTurn = lastTurn.then(() => setImmediate());
  return lastTurn;
}

/**
 * Answers with a CSV file, a piece at a time. An error of the first piece is the
 * answer; one of a later piece cuts the file off, since what was sent can't be
 * taken back. Who leaves before the end is no error.
 *
 * @public
 */
export async function sendCsv(
  res: express.Response,
  { name, pieces, logger }: CsvDownload,
): Promise<void> {
  const file = `${name.replace(/[^\w.-]/g, '_')}.csv`;
  const first = await pieces.next();
  let failure: unknown;
  async function* all() {
    try {
      for (let next = first; !next.done; next = await pieces.next()) {
        yield next.value;
        await giveWay();
      }
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      await pieces.return(undefined);
    }
  }
  res.type('text/csv; charset=utf-8');
  res.attachment(file);
  res.setTimeout(MAX_PAUSE_MS, () => res.destroy());
  try {
    await pipeline(all(), res);
  } catch {
    if (failure) {
      const { message } = toError(failure);
      logger.warn(`The download of ${file} was cut off: ${message}`);
    }
  }
}
