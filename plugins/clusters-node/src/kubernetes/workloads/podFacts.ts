import { PodFacts } from '@headroom/plugin-cost-common';
import { PodSpec } from '../objects';
import { containerSpec, withoutUndefined } from './containerSpec';

/** What a pod's spec says beside its containers: requests of its own, and what quotas tell pods apart by. @internal */
export function podFacts({
  resources,
  priorityClassName,
  activeDeadlineSeconds,
}: Partial<PodSpec> = {}): PodFacts {
  const { gpus: _gpus, ...podSpec } = containerSpec({ name: '', resources });
  return withoutUndefined({
    podSpec: Object.keys(podSpec).length > 0 ? podSpec : undefined,
    priorityClass: priorityClassName,
    terminating: activeDeadlineSeconds === undefined ? undefined : true,
  });
}
