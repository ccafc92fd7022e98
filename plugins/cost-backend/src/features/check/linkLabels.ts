import { createGlob } from '@headroom/common';
import { CostConfig } from '../../core/config/CostConfig';

/**
 * Keys of pod labels, as Kubernetes has them, without which configured links of
 * a cluster never hold: those that may name a service, and those of rules that
 * are about the cluster.
 */
export function linkLabelsOf(
  cluster: string,
  { ownerLabels, links }: Pick<CostConfig, 'ownerLabels' | 'links'>,
): string[] {
  const ofRules = links
    .filter(rule => !rule.cluster || createGlob(rule.cluster)(cluster))
    .flatMap(({ labels }) => Object.keys(labels ?? {}));
  return [...new Set([...ownerLabels, ...ofRules])];
}
