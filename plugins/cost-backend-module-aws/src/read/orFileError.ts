import { ServiceUnavailableError, toError } from '@backstage/errors';
import { BillFileError } from '@headroom/plugin-cost-common';

/** Characters of what DuckDB says. */
const LONGEST_REASON = 300;
/** A line of CSV as DuckDB repeats it between where an error is and what it is; it may be long. */
const REPEATED = /\nOriginal Line: [^]*?(?=\n[^\n]*\n(\n|Possible ))/;

/** What DuckDB finds wrong with a file is wrong with its content; an abort is none. */
export async function orFileError<T>(
  { name }: { name: string },
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    const message = `${name} can't be read: ${reasonOf(error)}`;
    // Of memory there may be more another time, so that is no fault of the file.
    throw /^Out of Memory/i.test(reasonOf(error))
      ? new ServiceUnavailableError(message)
      : new BillFileError(message);
  }
}

/** What DuckDB says first. */
function reasonOf(error: unknown): string {
  return toError(error)
    .message.replace(REPEATED, '')
    .split('\n')
    .slice(0, 2)
    .join(' ')
    .trim()
    .slice(0, LONGEST_REASON);
}
