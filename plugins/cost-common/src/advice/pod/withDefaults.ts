import { NamespaceLimit, ResourceSpec } from '@headroom/common';
import { withRequests } from './specInForce';

/**
 * What a template's container has once it is admitted: what a LimitRange gives
 * where it says nothing, and its limit for a request it doesn't set.
 */
export function withDefaults<T extends ResourceSpec>(
  spec: T,
  limits: readonly NamespaceLimit[] = [],
): T {
  const given: ResourceSpec = {};
  for (const object of limits) {
    for (const line of object.kind === 'LimitRange' ? object.lines : []) {
      if (line.type === 'Container') {
        // The API server takes the maximum for a default, and the minimum for a request.
        const limit = line.default ?? line.max;
        const request = line.defaultRequest ?? limit ?? line.min;
        if (line.resource === 'cpu') {
          given.cpuLimitCores ??= limit;
          given.cpuRequestCores ??= request;
        } else {
          given.memoryLimitBytes ??= limit;
          given.memoryRequestBytes ??= request;
        }
      }
    }
  }
  const own = withRequests(spec);
  return {
    ...own,
    cpuRequestCores: own.cpuRequestCores ?? given.cpuRequestCores,
    cpuLimitCores: own.cpuLimitCores ?? given.cpuLimitCores,
    memoryRequestBytes: own.memoryRequestBytes ?? given.memoryRequestBytes,
    memoryLimitBytes: own.memoryLimitBytes ?? given.memoryLimitBytes,
  };
}
