import { ContainerFacts } from '@headroom/common';
import { fixedHeapOf } from '../heap/fixedHeapOf';
import { Container, PodSpec } from '../objects';
import { containerSpec, withoutUndefined } from './containerSpec';

/**
 * What a pod's spec says about its containers: main ones first, then init
 * containers, of which those that restart always are sidecars.
 *
 * @internal
 */
export function containerFacts(spec: Partial<PodSpec>): ContainerFacts[] {
  const inMemory = new Set(
    spec.volumes
      ?.filter(({ emptyDir }) => emptyDir?.medium === 'Memory')
      .map(({ name }) => name),
  );
  const factsOf = (
    container: Container,
    role: ContainerFacts['role'],
  ): ContainerFacts =>
    withoutUndefined({
      name: container.name,
      role,
      spec: containerSpec(container),
      fixedHeap: fixedHeapOf(container),
      memoryVolumes:
        container.volumeMounts?.some(({ name }) => inMemory.has(name)) ||
        undefined,
    });
  return [
    ...(spec.containers ?? []).map(container => factsOf(container, 'main')),
    ...(spec.initContainers ?? []).map(container =>
      factsOf(
        container,
        container.restartPolicy === 'Always' ? 'sidecar' : 'init',
      ),
    ),
  ];
}

/**
 * The containers of a template that is there in full.
 *
 * @throws TypeError when it has no list of containers: what it runs is not known.
 * @internal
 */
export function containersOf(spec: PodSpec): ContainerFacts[] {
  if (!Array.isArray(spec.containers)) {
    throw new TypeError('There are no containers');
  }
  return containerFacts(spec);
}
