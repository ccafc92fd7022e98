import {
  ClusterInventory,
  NAMESPACE_LIMIT_KINDS,
  NamespaceLimit,
} from '@headroom/common';
import { KubernetesApiError } from '../client/KubernetesApiError';
import { malformed } from '../malformed';
import { readLimitRange } from './limitRange';
import { LimitRange, ResourceQuota } from './objects';
import { readResourceQuota } from './resourceQuota';

/** Objects kept of a cluster: two in each of five thousand namespaces. */
const MAX_OBJECTS = 10_000;
/** Objects kept of a kind in one namespace; who may write them there must not fill the store. */
const MAX_IN_NAMESPACE = 32;

/** Lists a kind, one object at a time, and returns the error that kept it from being read, if one did. */
type List = <T>(
  path: string,
  kind: string,
  take: (item: T) => void,
) => Promise<KubernetesApiError | undefined>;

/**
 * LimitRanges and ResourceQuotas of a cluster. A kind that can't be listed, or
 * has more objects than are kept, is in `unreadable`: then it is not known what
 * namespaces allow. A namespace with too many, or a malformed one, is there as an
 * object: of it alone it is not known.
 *
 * @internal
 */
export async function readLimits(list: List): Promise<{
  limits: NamespaceLimit[];
  unreadable: ClusterInventory['unreadable'];
}> {
  const limits: NamespaceLimit[] = [];
  const unreadable: ClusterInventory['unreadable'] = [];
  for (const kind of NAMESPACE_LIMIT_KINDS) {
    const plural = `${kind.toLocaleLowerCase('en-US')}s`;
    const found = new Map<string, NamespaceLimit[]>();
    let count = 0;
    const failure = await list<LimitRange & ResourceQuota>(
      `/api/v1/${plural}`,
      plural,
      item => {
        const limit = readLimit(kind, item);
        if (limit === 'malformed') {
          unreadable.push({
            ...malformed(kind, item),
            object: item.metadata?.namespace ?? '',
          });
        } else if (limit) {
          count += 1;
          keep(limit, count <= MAX_OBJECTS, found);
        }
      },
    );
    if (failure) {
      unreadable.push({ kind, reason: failure.message });
    } else if (count > MAX_OBJECTS) {
      unreadable.push({
        kind,
        reason: `There are ${count} ${plural} about CPU or memory, more than the ${MAX_OBJECTS} that are read`,
      });
    } else {
      for (const [namespace, objects] of found) {
        if (objects.length > MAX_IN_NAMESPACE) {
          unreadable.push({
            kind,
            object: namespace,
            reason: `Namespace ${namespace} has more than ${MAX_IN_NAMESPACE} ${plural}`,
          });
        } else {
          limits.push(...objects);
        }
      }
    }
  }
  return { limits, unreadable };
}

function readLimit(
  kind: NamespaceLimit['kind'],
  item: LimitRange & ResourceQuota,
): NamespaceLimit | 'malformed' | undefined {
  try {
    return kind === 'LimitRange'
      ? readLimitRange(item)
      : readResourceQuota(item);
  } catch {
    return 'malformed';
  }
}

function keep(
  limit: NamespaceLimit,
  room: boolean,
  found: Map<string, NamespaceLimit[]>,
): void {
  const objects = found.get(limit.namespace) ?? [];
  // One more than are kept says that there are too many.
  if (room && objects.length <= MAX_IN_NAMESPACE) {
    found.set(limit.namespace, [...objects, limit]);
  }
}
