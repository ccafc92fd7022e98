import {
  LimitRangeLine,
  NamespaceLimit,
  parseQuantity,
} from '@headroom/common';
import { withoutUndefined } from '../workloads/containerSpec';
import { LimitRange } from './objects';

/** Lines kept of one object; nobody writes as many. */
const MAX_LINES = 64;
const RESOURCES = ['cpu', 'memory'] as const;

/** What a LimitRange says of CPU and memory; undefined when it says nothing of them. @internal */
export function readLimitRange({
  metadata,
  spec,
}: LimitRange): NamespaceLimit | undefined {
  const lines = (spec?.limits ?? []).flatMap(limit => {
    const { type } = limit;
    return type === 'Container' || type === 'Pod'
      ? RESOURCES.flatMap(resource => {
          const amount = (of: Record<string, string> | undefined) =>
            parseQuantity(of?.[resource]);
          const line: LimitRangeLine = withoutUndefined({
            type,
            resource,
            min: amount(limit.min),
            max: amount(limit.max),
            default: amount(limit.default),
            defaultRequest: amount(limit.defaultRequest),
            maxLimitRequestRatio: amount(limit.maxLimitRequestRatio),
          });
          return Object.keys(line).length > 2 ? [line] : [];
        })
      : [];
  });
  return lines.length > 0
    ? {
        kind: 'LimitRange',
        namespace: metadata.namespace ?? '',
        name: metadata.name,
        lines: lines.slice(0, MAX_LINES),
      }
    : undefined;
}
