/** Whether the back end said that what was decided on has changed meanwhile. */
export function isConflict(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) {
    return false;
  }
  const { name, cause } = error as { name?: string; cause?: unknown };
  return name === 'ConflictError' || isConflict(cause);
}
