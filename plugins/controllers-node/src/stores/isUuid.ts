const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What PostgreSQL takes for an id; anything else is the id of nothing. */
export function isUuid(id: string): boolean {
  return UUID.test(id);
}
