import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import express from 'express';

/** Who takes nothing for longer loses the connection, so that it isn't kept for ever. */
const MAX_PAUSE_MS = 5 * 60_000;

/** @public */
export interface CsvDownload {
  /** Name of the file without `.csv`. */
  name: string;
  /** Pieces of text, made as the client takes them. */
  pieces: AsyncGenerator<string>;
  logger: LoggerService;
}

/** Pieces that are made at once, of all downloads: the pool's other connections are for pages. */
const PIECES_AT_A_TIME = 2;
/** Longer than any statement takes: a connection that hangs keeps no place from others. */
const LONGEST_PIECE_MS = 30_000;

let free = PIECES_AT_A_TIME;
const waiting: Array<() => void> = [];

/**
 * Makes a piece when requests had their turn, and every download that asked
 * before: many downloads take hardly more of the time than one.
 */
async function inTurn<T>(make: () => Promise<T>): Promise<T> {
  if (free > 0) {
    free -= 1;
  } else {
    await new Promise<void>(resolve => waiting.push(resolve));
  }
  const timer = setTimeout(leavePlace, LONGEST_PIECE_MS).unref();
  let isOver = false;
  function leavePlace() {
    if (isOver) {
      return;
    }
    isOver = true;
    const next = waiting.shift();
    if (next) {
      next(); // takes this place
    } else {
      free += 1;
    }
  }
  try {
    await setImmediate();
    return await make();
  } finally {
    clearTimeout(timer);
    leavePlace();
  }
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
  const first = await inTurn(() => pieces.next());
  let failure: unknown;
  async function* all() {
    try {
      let next = first;
      while (!next.done) {
        yield next.value;
        next = await inTurn(() => pieces.next());
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
