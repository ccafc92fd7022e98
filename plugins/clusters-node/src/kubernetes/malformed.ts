import { ClusterInventory, WorkloadRef } from '@headroom/common';

/** What could not be read, and why. @internal */
export type Unreadable = ClusterInventory['unreadable'][number];

const LONGEST_NAME = 253;
/** The character NUL, which custom resources may hold and no text in a database can. */
const NUL = '\\u0000';

/**
 * Says of one object that it is not as its kind is. Who may write one must not
 * keep what others have from being read.
 *
 * @param target - the workload of which it is not known what the object says
 * @internal
 */
export function malformed(
  kind: string,
  item: unknown,
  target?: WorkloadRef,
): Unreadable {
  const { namespace, name } = asRecord(asRecord(item).metadata);
  const object = `${isName(namespace) ? namespace : ''}/${
    isName(name) ? name : '(no name)'
  }`;
  return {
    kind,
    object,
    reason: `${kind} ${object} is not of the expected form`,
    ...(target && { target }),
  };
}

/** Whether all text of a value can be stored. @internal */
export function isStorable(value: unknown): boolean {
  return !JSON.stringify(value).includes(NUL);
}

/** An object's fields, whatever the object is. @internal */
export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Whether a value can be the name of an object. @internal */
export function isName(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= LONGEST_NAME &&
    !value.includes('\0')
  );
}
