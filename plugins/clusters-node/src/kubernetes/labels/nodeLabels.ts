import { NodeLabels } from '@headroom/plugin-cost-common';
import { KubernetesObject } from '../objects';
import { withoutUndefined } from '../workloads/containerSpec';
import { boundLabels } from './boundLabels';

/** What is kept of a node. @internal */
export function nodeLabels({ metadata }: KubernetesObject): NodeLabels {
  const { name, uid, creationTimestamp, labels } = metadata;
  return withoutUndefined({
    name,
    uid,
    createdAt: creationTimestamp,
    labels: boundLabels(labels),
  });
}
