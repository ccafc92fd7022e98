import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import {
  ClusterConfig,
  EndpointConfig,
  KubernetesEndpointConfig,
} from '../clusters';
import { comparableClusterName } from './clusterName';
import { describeIssue } from './describeIssue';
import {
  ClusterInput,
  clusterSchema,
  EndpointInput,
  KubernetesInput,
} from './schema';

const ROOT = 'headroom.clusters';
const SOURCES = ['prometheus', 'opencost', 'demo'] as const;
const DEFAULT_TIMEOUT_SECONDS = 30;

/**
 * The clusters under `headroom.clusters`, in the order they are written; none
 * when the key is absent.
 *
 * @throws InputError that names the configuration path, the value (never a
 * secret) and what would be right.
 * @public
 */
export function readClusters(config: Config): ClusterConfig[] {
  const value: unknown = config.getOptional(ROOT);
  if (value === undefined) {
    return [];
  }
  const parsed = z.array(clusterSchema).safeParse(value);
  if (!parsed.success) {
    const sentences = parsed.error.issues.map(issue =>
      describeIssue(ROOT, issue, value),
    );
    throw new InputError(`Invalid configuration: ${sentences.join('; ')}`);
  }
  refuseDuplicateNames(parsed.data);
  return parsed.data.map(toCluster);
}

function refuseDuplicateNames(clusters: ClusterInput[]): void {
  const first = new Map<string, { name: string; index: number }>();
  clusters.forEach(({ name }, index) => {
    const key = comparableClusterName(name);
    const other = first.get(key);
    if (other?.name === name) {
      throw new InputError(
        `Invalid configuration: ${ROOT}[${index}].name '${name}' is already the name of ${ROOT}[${other.index}]; every cluster needs a name of its own`,
      );
    }
    if (other) {
      throw new InputError(
        `Invalid configuration: ${ROOT}[${index}].name '${name}' looks like '${other.name}', the name of ${ROOT}[${other.index}]; names must differ by more than upper and lower case`,
      );
    }
    first.set(key, { name, index });
  });
}

function toCluster(input: ClusterInput, index: number): ClusterConfig {
  const sources = SOURCES.filter(source => input[source]);
  if (sources.length > 1) {
    throw new InputError(
      `Invalid configuration: ${ROOT}[${index}] '${
        input.name
      }' has ${sources.join(' and ')}; a cluster has one source, keep one`,
    );
  }
  return {
    name: input.name,
    title: input.title ?? input.name,
    region: input.region,
    labels: input.labels ?? {},
    prometheus: input.prometheus && {
      ...toEndpoint(input.prometheus),
      matchers: input.prometheus.matchers ?? {},
      scrapeIntervalSeconds: input.prometheus.scrapeIntervalSeconds,
    },
    opencost: input.opencost && toEndpoint(input.opencost),
    demo: input.demo && toEndpoint(input.demo),
    kubernetes: input.kubernetes && toKubernetes(input.kubernetes),
  };
}

function toEndpoint(input: EndpointInput): EndpointConfig {
  return {
    url: input.url,
    auth: input.auth ?? { type: 'none' },
    headers: input.headers ?? {},
    timeoutMs: toMs(input.timeoutSeconds),
    ...(input.maxResponseMebibytes && {
      maxResponseBytes: input.maxResponseMebibytes * 2 ** 20,
    }),
  };
}

function toKubernetes({
  timeoutSeconds,
  skipTLSVerify = false,
  ...rest
}: KubernetesInput): KubernetesEndpointConfig {
  return { ...rest, skipTLSVerify, timeoutMs: toMs(timeoutSeconds) };
}

function toMs(timeoutSeconds = DEFAULT_TIMEOUT_SECONDS): number {
  return timeoutSeconds * 1000;
}
