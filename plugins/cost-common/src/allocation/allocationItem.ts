import { ResourceMicros } from '../resources/resources';

/**
 * A cost with everything it may be grouped or filtered by: a container's, or
 * with `idle` the idle of a node, or of a whole cluster when `node` is absent.
 *
 * @public
 */
export interface AllocationItem {
  cluster: string;
  node?: string;
  namespace?: string;
  /** As Kubernetes spells it or in lower case, e.g. `Deployment`. */
  controllerKind?: string;
  controller?: string;
  pod?: string;
  container?: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  services: string[];
  cost: ResourceMicros;
  idle?: boolean;
}

/** What allocations can be grouped by. @public */
export type AllocationDimension =
  | 'cluster'
  | 'node'
  | 'namespace'
  | 'controllerKind'
  | 'controller'
  | 'deployment'
  | 'statefulset'
  | 'daemonset'
  | 'job'
  | 'service'
  | 'pod'
  | 'container'
  | `label:${string}`
  | `annotation:${string}`;

/** Group of what lacks the property it is grouped by. @public */
export const UNALLOCATED_GROUP = '__unallocated__';

/**
 * The value of an item for a dimension. Several services count as one group,
 * named after all of them, so that nothing is counted twice.
 */
export function valueOf(
  item: AllocationItem,
  dimension: AllocationDimension,
): string {
  return lookUp(item, dimension) || UNALLOCATED_GROUP;
}

function lookUp(
  item: AllocationItem,
  dimension: AllocationDimension,
): string | undefined {
  if (dimension.startsWith('label:')) {
    return item.labels[dimension.slice('label:'.length)];
  }
  if (dimension.startsWith('annotation:')) {
    return item.annotations[dimension.slice('annotation:'.length)];
  }
  switch (dimension) {
    case 'cluster':
    case 'node':
    case 'namespace':
    case 'controller':
    case 'pod':
    case 'container':
      return item[dimension];
    case 'controllerKind':
      return item.controllerKind?.toLowerCase();
    case 'service':
      return [...item.services].sort().join(',');
    case 'deployment':
    case 'statefulset':
    case 'daemonset':
    case 'job':
      return item.controllerKind?.toLowerCase() === dimension
        ? item.controller
        : undefined;
    default:
      throw new RangeError(`"${dimension}" is not a dimension of allocations`);
  }
}
