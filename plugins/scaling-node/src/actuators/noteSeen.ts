import { FieldChange, Json } from '@headroom/common';
import { readRestoreRecord } from '@headroom/plugin-scaling-common';

/**
 * What a change of the note itself finds: a note says more than one action, so that
 * its text may differ while what the change is about is done, or isn't begun.
 *
 * @param text - the annotation as it is
 * @returns `before` or `after` of the change where it is as that, else the text.
 */
export function noteSeen(
  { before, after }: FieldChange,
  text: string | undefined,
): Json {
  const now = text ?? null;
  if (now === before) {
    return now;
  }
  const left = keysOf(after);
  const givenUp = [...keysOf(before)].filter(key => !left.has(key));
  const has = keysOf(now);
  return givenUp.length > 0 && givenUp.every(key => !has.has(key))
    ? after
    : now;
}

function keysOf(note: Json): Set<string> {
  const record = readRestoreRecord(typeof note === 'string' ? note : undefined);
  return new Set(
    record && record !== 'unreadable' ? Object.keys(record.fields) : [],
  );
}
