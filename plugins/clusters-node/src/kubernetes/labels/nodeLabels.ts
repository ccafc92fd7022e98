import { NodeLabels } from '@headroom/common';
import { isName, isStorable } from '../malformed';
import { KubernetesObject } from '../objects';
import { withoutUndefined } from '../workloads/containerSpec';
import { boundLabels } from './boundLabels';

/**
 * What is kept of a node.
 *
 * @throws TypeError when it is malformed.
 * @internal
 */
export function nodeLabels({ metadata }: KubernetesObject): NodeLabels {
  const { name, uid, creationTimestamp, labels } = metadata;
  if (!isName(name) || !isStorable(labels ?? {})) {
    throw new TypeError('Malformed node');
  }
  return withoutUndefined({
    name,
    uid,
    createdAt: creationTimestamp,
    labels: boundLabels(labels),
  });
}
