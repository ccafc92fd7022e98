import { parseQuantity, PodFacts } from '@headroom/common';
import { PodSpec } from '../objects';
import { containerSpec, withoutUndefined } from './containerSpec';

/** What a pod's spec says beside its containers: requests of its own, and what quotas tell pods apart by. @internal */
export function podFacts({
  resources,
  overhead,
  priorityClassName,
  activeDeadlineSeconds,
}: Partial<PodSpec> = {}): PodFacts {
  const { gpus: _gpus, ...podSpec } = containerSpec({ name: '', resources });
  return withoutUndefined({
    podSpec: Object.keys(podSpec).length > 0 ? podSpec : undefined,
    podOverhead: overheadOf(overhead),
    priorityClass: priorityClassName,
    terminating: activeDeadlineSeconds === undefined ? undefined : true,
  });
}

/** Cores and bytes that a RuntimeClass adds; admission writes it on pods, never on templates. */
function overheadOf(
  overhead: PodSpec['overhead'],
): PodFacts['podOverhead'] | undefined {
  const added = withoutUndefined({
    cpuCores: parseQuantity(overhead?.cpu),
    memoryBytes: parseQuantity(overhead?.memory),
  });
  return Object.keys(added).length > 0 ? added : undefined;
}
