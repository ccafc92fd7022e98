import {
  KubernetesAccess,
  KubernetesReader,
  KubernetesWriter,
} from '@headroom/plugin-clusters-node';
import { KubeConfig } from '@kubernetes/client-node';
import { INSTALLED_ACTOR, kubeConfigOf } from './cluster';

const TIMEOUT_MS = 10_000;

export function accessWith(more: Partial<KubernetesAccess>): KubernetesAccess {
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

/** Changes it as the account that an operator is told to install, and no other way. */
export function installedWriter(): KubernetesWriter {
  return writerOf(kubeConfigOf(INSTALLED_ACTOR));
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

export const STATEFUL_SETS = {
  group: 'apps',
  version: 'v1',
  kind: 'StatefulSet',
  resource: 'statefulsets',
};

export const CRON_JOBS = {
  group: 'batch',
  version: 'v1',
  kind: 'CronJob',
  resource: 'cronjobs',
};

export const HPAS = {
  group: 'autoscaling',
  version: 'v2',
  kind: 'HorizontalPodAutoscaler',
  resource: 'horizontalpodautoscalers',
};

export const SCALED_OBJECTS = {
  group: 'keda.sh',
  version: 'v1alpha1',
  kind: 'ScaledObject',
  resource: 'scaledobjects',
};

export const PODS = {
  group: '',
  version: 'v1',
  kind: 'Pod',
  resource: 'pods',
};
