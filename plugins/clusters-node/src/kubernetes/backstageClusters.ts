import { Config } from '@backstage/config';
import { KubernetesEndpointConfig } from '../clusters';

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * The cluster of that name in Backstage's own configuration, when it is listed
 * there (locator type `config`) with a token to sign in with. Clusters that
 * people sign in to, or that a cloud's SDK signs in to, are not for us.
 *
 * @internal
 */
export function readBackstageCluster(
  config: Config,
  name: string,
): KubernetesEndpointConfig | undefined {
  const locators =
    config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  const cluster = locators
    .filter(locator => locator.getOptionalString('type') === 'config')
    .flatMap(locator => locator.getOptionalConfigArray('clusters') ?? [])
    .find(item => item.getOptionalString('name') === name);
  const url = cluster?.getOptionalString('url');
  const token = cluster?.getOptionalString('serviceAccountToken');
  if (!cluster || !url || !token) {
    return undefined;
  }
  return {
    url: url.replace(/\/+$/, ''),
    token,
    caData: cluster.getOptionalString('caData'),
    caFile: cluster.getOptionalString('caFile'),
    skipTLSVerify: cluster.getOptionalBoolean('skipTLSVerify') ?? false,
    timeoutMs: DEFAULT_TIMEOUT_MS,
  };
}
