import { EndpointError } from '@headroom/plugin-clusters-node';
import { Worded } from '@headroom/common';
import { wordOpenCost } from '@headroom/plugin-cost-common';

/**
 * A filter for one cluster's items, by the cluster they name. A Kubecost may
 * answer for several; then the one of the configured name counts. With only
 * one there is nothing to tell apart, whatever it calls itself.
 *
 * @throws EndpointError when there are several and none has the name.
 * @internal
 */
export function onlyCluster(
  named: Iterable<string | undefined>,
  cluster: string,
  what: string | Worded,
): (name: string | undefined) => boolean {
  const names = new Set<string>();
  for (const name of named) {
    if (name) {
      names.add(name);
    }
  }
  if (names.size <= 1) {
    return () => true;
  }
  if (!names.has(cluster)) {
    const others = [...names].sort().slice(0, 10).join(', ');
    throw new EndpointError(
      'unreadable',
      wordOpenCost('otherClusters', {
        what,
        clusters: names.size,
        cluster,
        others,
      }),
    );
  }
  return name => name === cluster;
}
