import { Json } from '@headroom/common';

/** Where an object carries what it was before Headroom changed it. @public */
export const RESTORE_ANNOTATION = 'headroom.io/restore';

/** What one field was, and what Headroom set it to; null = it wasn't there. @public */
export interface RestoreField {
  was: Json;
  set: Json;
  /** The field manager who had set what was, as the object said then; absent = not noted. */
  by?: string;
}

/**
 * What the annotation `headroom.io/restore` says, as JSON: enough for a person or a
 * script to put back what was, without Headroom.
 *
 * @public
 */
export interface RestoreRecord {
  v: 1;
  /** Id of the policy. */
  policy: string;
  /** When it was last written; ISO 8601 UTC. */
  at: string;
  /**
   * Of the object that it was written on: a record that was copied to another object
   * with its annotations is forgotten.
   */
  uid?: string;
  /** By path, as `formatFieldPath` writes it. */
  fields: Readonly<Record<string, RestoreField>>;
}
