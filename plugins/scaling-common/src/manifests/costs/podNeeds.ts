import {
  ContainerFacts,
  ContainerSpec,
  isGpuResource,
  Json,
  parseQuantity,
  PodFacts,
  Said,
} from '@headroom/common';
import { UnreadRequest, wordGuard } from '@headroom/plugin-cost-common';
import { at, listAt, mapAt, shown, textAt } from '../json';
import { ManifestWorkload } from '../ManifestSet';

/** What the pods of a template ask for, and what of it could not be read. */
export interface PodNeeds extends PodFacts {
  containers: ContainerFacts[];
  unknown: Said[];
  unread: UnreadRequest[];
}

/** What the containers of a workload request, and what its pods do as a whole. */
export function podNeedsOf({
  on,
  name: workload,
  podPath,
  containers,
}: ManifestWorkload): PodNeeds {
  const unknown = new Map<string, Said>();
  const unread: UnreadRequest[] = [];
  const read = (value: unknown, container?: string): ContainerSpec => {
    const quantity = (list: 'requests' | 'limits', resource: string) => {
      const found = at(value, 'resources', list, resource);
      const amount = quantityOf(found);
      if (found !== undefined && amount === undefined) {
        const said = wordGuard('requestUnread', {
          container: container ?? 'pod',
          workload,
          value: shown(found),
          resource,
        });
        // A request and a limit that are alike are one thing to say.
        unknown.set(said.message, said);
        if (resource === 'cpu' || resource === 'memory') {
          unread.push({
            ...(container !== undefined && { container }),
            resource,
          });
        }
      }
      return amount;
    };
    const gpus = Object.keys({
      ...mapAt(value, 'resources', 'limits'),
      ...mapAt(value, 'resources', 'requests'),
    })
      .filter(isGpuResource)
      .flatMap(resource => {
        const units =
          quantity('requests', resource) ?? quantity('limits', resource);
        return units ? [[resource, units] as const] : [];
      });
    const spec: ContainerSpec = {
      cpuRequestCores: quantity('requests', 'cpu'),
      cpuLimitCores: quantity('limits', 'cpu'),
      memoryRequestBytes: quantity('requests', 'memory'),
      memoryLimitBytes: quantity('limits', 'memory'),
      ...(gpus.length > 0 && { gpus: Object.fromEntries(gpus) }),
    };
    return withoutUndefined(spec);
  };
  const facts = containers.map(
    ({ value, name, isInit, path }): ContainerFacts => ({
      name,
      role: roleOf(isInit, path.includes('initContainers')),
      spec: read(value, name),
    }),
  );
  const pod = at(on.object, ...podPath);
  const podSpec = read(pod);
  const overhead = {
    cpuCores: quantityOf(at(pod, 'overhead', 'cpu')),
    memoryBytes: quantityOf(at(pod, 'overhead', 'memory')),
  };
  return {
    containers: facts,
    ...(Object.keys(podSpec).length > 0 && { podSpec }),
    ...(Object.values(overhead).some(each => each !== undefined) && {
      podOverhead: withoutUndefined(overhead),
    }),
    unknown: [...unknown.values()],
    unread,
  };
}

function roleOf(isInit: boolean, isAmongInit: boolean): ContainerFacts['role'] {
  if (isInit) {
    return 'init';
  }
  return isAmongInit ? 'sidecar' : 'main';
}

/**
 * Labels of the nodes that pods ask for or would rather have, where just one value
 * will do: what is asked for beats what is preferred.
 */
export function nodeLabelsOf({
  on,
  podPath,
}: ManifestWorkload): Record<string, string> | undefined {
  const affinity = at(on.object, ...podPath, 'affinity', 'nodeAffinity');
  const terms = listAt(
    affinity,
    'requiredDuringSchedulingIgnoredDuringExecution',
    'nodeSelectorTerms',
  );
  const labels = Object.fromEntries([
    ...listAt(
      affinity,
      'preferredDuringSchedulingIgnoredDuringExecution',
    ).flatMap(each => labelsOfTerm(at(each, 'preference'))),
    // Of several terms any one will do.
    ...(terms.length === 1 ? labelsOfTerm(terms[0]) : []),
    ...Object.entries(mapAt(on.object, ...podPath, 'nodeSelector')).flatMap(
      ([key, value]) => (typeof value === 'string' ? [[key, value]] : []),
    ),
  ]);
  return Object.keys(labels).length > 0 ? labels : undefined;
}

function labelsOfTerm(term: Json | undefined): string[][] {
  return listAt(term, 'matchExpressions').flatMap(expression => {
    const [value, ...others] = listAt(expression, 'values');
    const key = textAt(expression, 'key');
    return key !== undefined &&
      textAt(expression, 'operator') === 'In' &&
      typeof value === 'string' &&
      others.length === 0
      ? [[key, value]]
      : [];
  });
}

/** A quantity of 0 or more. */
export function quantityOf(value: Json | undefined): number | undefined {
  const quantity =
    typeof value === 'string' || typeof value === 'number'
      ? parseQuantity(value)
      : undefined;
  return quantity !== undefined && quantity >= 0 && Number.isFinite(quantity)
    ? quantity
    : undefined;
}

/** Absent means not set: no keys without a value. */
export function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, item]) => item !== undefined),
  ) as T;
}
