/**
 * What failed while a source was read and is not the source's: the database was
 * asked for labels in vain. It says nothing about the hour that was read.
 */
export class DatabaseFailure extends Error {
  constructor(cause: unknown) {
    super('The database failed while a source was read', { cause });
  }

  /** Throws what the database failed with, when `error` is that. */
  static rethrow(error: unknown): void {
    if (error instanceof DatabaseFailure) {
      throw error.cause;
    }
  }
}
