import {
  AdvisedResource,
  ContainerAdvice,
  ResourceAdvice,
  Setting,
} from '../types';
import { cpuQuantity, memoryQuantity } from './quantities';

/** Quantities as Kubernetes writes them, by resource; null takes one away. @public */
export type PatchedQuantities = Readonly<Record<string, string | null>>;

/** What changes in the resources of a container, or of a pod. @public */
export interface PatchedResources {
  requests?: PatchedQuantities;
  limits?: PatchedQuantities;
}

/** What changes in a pod template: of its containers, and of the pod itself. @public */
export interface PodPatch {
  containers: Array<{
    name: string;
    /** False = among the init containers, as native sidecars are. */
    main: boolean;
    resources: PatchedResources;
  }>;
  resources?: PatchedResources;
}

/** A setting that changes, beside the one it replaces. */
interface Change {
  proposed: Setting;
  current: ResourceAdvice['current'];
}

/**
 * What taking an advice changes in the pod template: the container, those of the pod
 * that have to change with it, and the pod itself where the request is the pod's.
 *
 * @returns undefined when nothing is proposed
 * @public
 */
export function podPatchOf(advice: ContainerAdvice): PodPatch | undefined {
  const { cpu, memory, hpa, evidence } = advice;
  const own = resourcesOf({
    cpu: cpu.pod ? undefined : changeOf(cpu),
    memory: memory.pod ? undefined : changeOf(memory),
  });
  const resources = resourcesOf({
    cpu: cpu.pod && changeOf(cpu.pod),
    memory: memory.pod && changeOf(memory.pod),
  });
  const members = hpa.flatMap(({ together = [], resource }) =>
    together.flatMap(({ name, role, current, proposed }) => {
      const theirs = resourcesOf({ [resource]: { current, proposed } });
      const changes = proposed.request !== current.request;
      return theirs && changes
        ? [{ name, main: role === 'main', resources: theirs }]
        : [];
    }),
  );
  const main = evidence.facts === undefined || evidence.facts.role === 'main';
  const containers = [
    ...(own ? [{ name: evidence.container, main, resources: own }] : []),
    ...members,
  ];
  return containers.length > 0 || resources
    ? { containers, ...(resources && { resources }) }
    : undefined;
}

function changeOf({
  proposed,
  current,
}: Pick<ResourceAdvice, 'proposed' | 'current'>): Change | undefined {
  return proposed && { proposed, current };
}

function resourcesOf(
  changes: Partial<Record<AdvisedResource, Change>>,
): PatchedResources | undefined {
  const requests = quantities(changes, ({ proposed }) => proposed.request);
  const limits = quantities(changes, ({ proposed, current }) =>
    // Nothing to take away where nothing is.
    proposed.limit === null && current.limit === undefined
      ? undefined
      : proposed.limit,
  );
  return requests && { requests, ...(limits && { limits }) };
}

function quantities(
  changes: Partial<Record<AdvisedResource, Change>>,
  of: (change: Change) => number | null | undefined,
): PatchedQuantities | undefined {
  const all: Record<string, string | null> = {};
  for (const resource of ['cpu', 'memory'] as const) {
    const change = changes[resource];
    const value = change && of(change);
    if (value !== undefined) {
      const quantity = resource === 'cpu' ? cpuQuantity : memoryQuantity;
      all[resource] = value === null ? null : quantity(value);
    }
  }
  return Object.keys(all).length > 0 ? all : undefined;
}
