import { EndpointError } from '@headroom/plugin-clusters-node';

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
  what: string,
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
      `${what} answers for ${names.size} clusters and none of them is called ${cluster}: ${others}`,
    );
  }
  return name => name === cluster;
}
