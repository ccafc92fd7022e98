import { KubeConfig } from '@kubernetes/client-node';
import { KubernetesAccess } from '../../KubernetesAccess';
import { KubernetesReader } from '../KubernetesReader';
import { KubernetesResource } from '../references';
import { KubernetesWriter } from '../KubernetesWriter';

export const SERVER = 'https://us-west.example.com';

export const DEPLOYMENTS: KubernetesResource = {
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  resource: 'deployments',
};

export const PODS: KubernetesResource = {
  group: '',
  version: 'v1',
  kind: 'Pod',
  resource: 'pods',
};

export const WEB = { ...DEPLOYMENTS, namespace: 'shop', name: 'web' };

function kubeConfigOf(token: string): KubeConfig {
  const config = new KubeConfig();
  config.loadFromClusterAndUser({ name: 'us-west', server: SERVER } as never, {
    name: token,
    token,
  });
  return config;
}

/** A cluster that is read with the token `reads`, and changed with `acts` if at all. */
export function accessTo({
  acting = true,
  timeoutMs = 5000,
} = {}): KubernetesAccess {
  return {
    kubeConfigFor: () => kubeConfigOf('reads'),
    actingKubeConfigFor: () => (acting ? kubeConfigOf('acts') : undefined),
    timeoutMsFor: () => timeoutMs,
  };
}

export function reader(options?: { timeoutMs?: number }): KubernetesReader {
  return KubernetesReader.of(accessTo(options), 'us-west')!;
}

export function writer(options?: { timeoutMs?: number }): KubernetesWriter {
  return KubernetesWriter.of(accessTo(options), 'us-west')!;
}

/** A `metav1.Status` as an API server answers it. */
export function status(
  code: number,
  reason: string,
  details: object = {},
): object {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    message: 'hunter2 of 10.0.0.1',
    code,
    reason,
    details,
  };
}
