import { KubernetesAccess } from '@headroom/plugin-clusters-node';
import { KubeConfig } from '@kubernetes/client-node';

const TIMEOUT_MS = 30_000;

/**
 * How simulated clusters are reached, to read and to act.
 *
 * @param urls - by name
 */
export function accessOf(
  urls: Readonly<Record<string, string>>,
): KubernetesAccess {
  const kubeConfigFor = (name: string) => {
    if (!urls[name]) {
      return undefined;
    }
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromClusterAndUser(
      // Over plain HTTP, client-node asks to be told that nothing is verified.
      { name, server: urls[name], skipTLSVerify: true },
      { name: 'acts' },
    );
    return kubeConfig;
  };
  return {
    kubeConfigFor,
    actingKubeConfigFor: kubeConfigFor,
    timeoutMsFor: () => TIMEOUT_MS,
  };
}
