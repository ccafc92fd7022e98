import {
  FieldChange,
  FieldPath,
  Json,
  canonicalJson,
  formatFieldPath,
} from '@headroom/common';
import {
  RESTORE_ANNOTATION,
  RestoreField,
  RestoreRecord,
} from './RestoreRecord';

/** Where the record itself is. @public */
export const RESTORE_PATH: FieldPath = [
  'metadata',
  'annotations',
  RESTORE_ANNOTATION,
];

/**
 * Reads the annotation `headroom.io/restore`. What Headroom hasn't written is
 * `'unreadable'`, and the object is left alone.
 *
 * @public
 */
export function readRestoreRecord(
  text: string | undefined,
): RestoreRecord | 'unreadable' | undefined {
  if (text === undefined) {
    return undefined;
  }
  try {
    const record = JSON.parse(text) as RestoreRecord;
    const sound =
      record.v === 1 &&
      typeof record.policy === 'string' &&
      typeof record.at === 'string' &&
      (record.uid === undefined || typeof record.uid === 'string') &&
      isPlain(record.fields) &&
      Object.values(record.fields).every(
        field => isPlain(field) && 'was' in field && 'set' in field,
      );
    return sound ? record : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/** The text of the annotation; keys in order. @public */
export function writeRestoreRecord(record: RestoreRecord): string {
  return canonicalJson(record as unknown as Json);
}

/**
 * What the annotation has to say after changes are written to an object, in the same
 * request (S14): what a field was before Headroom first changed it stays as it is
 * noted; a field that is as it was has no note any more. A change of the annotation
 * itself, by which notes are given up, is taken first.
 *
 * @param current - the annotation as it is on the object
 * @param changes - as planned on that very object
 * @returns `undefined` = nothing is left to restore, and the annotation is taken away
 * @public
 */
export function restoreRecordAfter(
  current: RestoreRecord | undefined,
  changes: readonly FieldChange[],
  by: { policy: string; at: string; uid: string },
): RestoreRecord | undefined {
  const givenUp = changes.find(({ path }) => isRestorePath(path));
  let record = current;
  if (givenUp) {
    const rest = readRestoreRecord(
      typeof givenUp.after === 'string' ? givenUp.after : undefined,
    );
    record = rest === 'unreadable' ? undefined : rest;
  }
  const known = record && isOf(record, by.uid) ? record.fields : {};
  const fields = new Map(Object.entries(known));
  const keysGivenUp = new Set(
    givenUp && current && isOf(current, by.uid)
      ? Object.keys(current.fields).filter(key => !fields.has(key))
      : [],
  );
  let written = false;
  for (const change of changes) {
    if (!isRestorePath(change.path)) {
      written = true;
      const key = formatFieldPath(change.path);
      const field = keysGivenUp.has(key)
        ? undefined
        : noteAfter(fields.get(key), change);
      if (field) {
        fields.set(key, field);
      } else {
        fields.delete(key);
      }
    }
  }
  if (fields.size === 0) {
    return undefined;
  }
  return {
    v: 1,
    policy: written ? by.policy : record?.policy ?? by.policy,
    at: written ? by.at : record?.at ?? by.at,
    uid: by.uid,
    fields: Object.fromEntries(fields),
  };
}

function noteAfter(
  noted: RestoreField | undefined,
  { before, after, setBy }: FieldChange,
): RestoreField | undefined {
  // A value that somebody else has set meanwhile is theirs to have back.
  const { was, by } =
    noted && sameJson(noted.set, before) ? noted : { was: before, by: setBy };
  return sameJson(was, after)
    ? undefined
    : { was, set: after, ...(by !== undefined && { by }) };
}

/** Whether a record was written on the object of this uid. @internal */
export function isOf(record: RestoreRecord, uid: string): boolean {
  return record.uid === undefined || record.uid === uid;
}

/** @internal */
export function sameJson(a: Json, b: Json): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}

function isRestorePath(path: FieldPath): boolean {
  return formatFieldPath(path) === formatFieldPath(RESTORE_PATH);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
