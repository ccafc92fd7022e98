const MOMENT =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z| ?UTC|[+-]00(?::?00)?)?)?$/;

/**
 * The day, `YYYY-MM-DD`, of a moment in UTC as exports write it:
 * `2026-11-01T00:00:00Z`, `2026-11-01 00:00:00`, `2026-11-01`. FOCUS allows UTC
 * only, so what has no zone is UTC. `undefined` for anything else.
 */
export function utcDay(text: string): string | undefined {
  return utcMoment(text)?.slice(0, 10);
}

/** The moment itself, to the second, as FOCUS has it: `2026-11-01T00:00:00Z`. */
export function utcMoment(text: string): string | undefined {
  const match = MOMENT.exec(text);
  if (!match) {
    return undefined;
  }
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = match;
  const at = new Date(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`,
  );
  const date = `${year}-${month}-${day}`;
  // A 31st of a month that has none becomes another day, or none at all.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date)
    ? `${at.toISOString().slice(0, 19)}Z`
    : undefined;
}
