import { AllocationItem } from '../answer/schema';

/**
 * What an item stands for. OpenCost names its own rows `__idle__`,
 * `__unmounted__` and `__unallocated__`; they are not tenants.
 *
 * - `idle`: node capacity nobody asked for
 * - `unmounted`: a volume no pod mounted
 * - `unallocated`: a cost OpenCost could not give to a container
 * - `container`: a container of a pod
 *
 * @internal
 */
export type ItemKind = 'idle' | 'unmounted' | 'unallocated' | 'container';

/** Namespace of costs that OpenCost could not give to a container. @internal */
export const UNALLOCATED_NAMESPACE = '__unallocated__';

/** @internal */
export function kindOf(item: AllocationItem): ItemKind {
  const { namespace, pod, container } = item.properties ?? {};
  const names = [...(item.name ?? '').split('/'), namespace, pod, container];
  if (names.includes('__idle__')) {
    return 'idle';
  }
  if (names.includes('__unmounted__')) {
    return 'unmounted';
  }
  if (!namespace || namespace === UNALLOCATED_NAMESPACE) {
    return 'unallocated';
  }
  return 'container';
}
