import { WorkloadRef } from '@headroom/common';
import { asRecord, isName, malformed, Unreadable } from './malformed';

/**
 * Takes the objects of a kind one by one; of one that can't be taken, notes that
 * it is malformed, and of which workload what it says is not known.
 *
 * @internal
 */
export function eachSound<T>(
  kind: string,
  take: (item: T) => void,
  unreadable: Unreadable[],
): (item: T) => void {
  return item => {
    try {
      take(item);
    } catch {
      unreadable.push(malformed(kind, item, workloadOf(kind, item)));
    }
  };
}

/** The object, or what controls it, as far as that can be read. */
function workloadOf(kind: string, item: unknown): WorkloadRef | undefined {
  const { namespace, name, ownerReferences } = asRecord(
    asRecord(item).metadata,
  );
  if (!isName(namespace) || !isName(name)) {
    return undefined;
  }
  const references: unknown[] = Array.isArray(ownerReferences)
    ? ownerReferences
    : [];
  const controller = asRecord(
    references.find(each => asRecord(each).controller === true),
  );
  return isName(controller.kind) && isName(controller.name)
    ? { namespace, kind: controller.kind, name: controller.name }
    : { namespace, kind, name };
}
