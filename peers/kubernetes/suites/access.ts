import {
  KubernetesAccess,
  KubernetesReader,
  KubernetesWriter,
} from '@headroom/plugin-clusters-node';
import { KubeConfig } from '@kubernetes/client-node';
import { kubeConfigOf } from './cluster';

const TIMEOUT_MS = 10_000;

function accessWith(more: Partial<KubernetesAccess>): KubernetesAccess {
  return {
    kubeConfigFor: () => undefined,
    actingKubeConfigFor: () => undefined,
    timeoutMsFor: () => TIMEOUT_MS,
    ...more,
  };
}

/** Reads the cluster under test, as the account that may follow it unless told otherwise. */
export function readerOf(
  kubeConfig: KubeConfig = kubeConfigOf('follower'),
): KubernetesReader {
  const access = accessWith({ kubeConfigFor: () => kubeConfig });
  return KubernetesReader.of(access, 'peer')!;
}

/** Changes the cluster under test, as the account that acts unless told otherwise. */
export function writerOf(
  kubeConfig: KubeConfig = kubeConfigOf('actor'),
): KubernetesWriter {
  const access = accessWith({ actingKubeConfigFor: () => kubeConfig });
  return KubernetesWriter.of(access, 'peer')!;
}

export const CONFIG_MAPS = {
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  resource: 'configmaps',
};

export const DEPLOYMENTS = {
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  resource: 'deployments',
};

export const PODS = {
  group: '',
  version: 'v1',
  kind: 'Pod',
  resource: 'pods',
};
