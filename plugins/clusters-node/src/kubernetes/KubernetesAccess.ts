import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { KubeConfig } from '@kubernetes/client-node';
import { KubernetesEndpointConfig } from '../clusters';
import { readClusters } from '../config/readClusters';
import { readBackstageCluster } from './backstageClusters';

/**
 * How Headroom reaches the Kubernetes API of a cluster. Another way to sign in
 * (a cloud's, a vault's) is another implementation.
 *
 * @public
 */
export interface KubernetesAccess {
  /**
   * How to reach a cluster to read, its name being that of the current context's
   * cluster. Undefined when nothing says how: what steers its workloads is then
   * not known.
   */
  kubeConfigFor(clusterName: string): KubeConfig | undefined;
  /**
   * The same as the identity that acts. Undefined when none is configured:
   * nothing can then be written.
   */
  actingKubeConfigFor(clusterName: string): KubeConfig | undefined;
  /** Milliseconds one request to a cluster may take. */
  timeoutMsFor(clusterName: string): number;
}

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Access by configuration: `headroom.clusters[].kubernetes`, else the cluster of
 * the same name that Backstage's own `kubernetes.clusterLocatorMethods` list
 * with a service account's token.
 *
 * @throws InputError when `headroom.clusters` can't be read.
 * @public
 */
export function createKubernetesAccess({
  config,
  logger,
}: {
  config: Config;
  logger: LoggerService;
}): KubernetesAccess {
  const endpoints = new Map<string, KubernetesEndpointConfig>();
  for (const { name, kubernetes } of readClusters(config)) {
    const endpoint = kubernetes ?? readBackstageCluster(config, name);
    if (endpoint) {
      endpoints.set(name, endpoint);
    } else {
      logger.info(
        `Nothing says how to reach the Kubernetes API of cluster ${name}: neither headroom.clusters[].kubernetes nor a cluster of that name with a serviceAccountToken in kubernetes.clusterLocatorMethods. What steers its workloads is not known.`,
      );
    }
  }
  return {
    kubeConfigFor(clusterName) {
      const endpoint = endpoints.get(clusterName);
      return endpoint && toKubeConfig(clusterName, endpoint, endpoint.token);
    },
    actingKubeConfigFor(clusterName) {
      const endpoint = endpoints.get(clusterName);
      return endpoint?.actToken
        ? toKubeConfig(clusterName, endpoint, endpoint.actToken)
        : undefined;
    },
    timeoutMsFor(clusterName) {
      return endpoints.get(clusterName)?.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    },
  };
}

/**
 * How all back ends of a portal reach the Kubernetes API of clusters; by
 * configuration, unless the portal installs another way to sign in.
 *
 * @public
 */
export const kubernetesAccessServiceRef = createServiceRef<KubernetesAccess>({
  id: 'headroom.kubernetes-access',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.rootLogger,
      },
      factory: createKubernetesAccess,
    }),
});

function toKubeConfig(
  name: string,
  endpoint: KubernetesEndpointConfig,
  token: string | undefined,
): KubeConfig {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromOptions({
    clusters: [
      {
        name,
        server: endpoint.url,
        caData: endpoint.caData,
        caFile: endpoint.caFile,
        // Over plain HTTP, client-node asks to be told that nothing is verified.
        skipTLSVerify:
          endpoint.skipTLSVerify || endpoint.url.startsWith('http:'),
      },
    ],
    users: [{ name, token }],
    contexts: [{ name, cluster: name, user: name }],
    currentContext: name,
  });
  return kubeConfig;
}
