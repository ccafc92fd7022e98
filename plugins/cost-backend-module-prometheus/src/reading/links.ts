import { ServiceUnavailableError } from '@backstage/errors';
import {
  ClusterConfig,
  PrometheusSeries,
} from '@headroom/plugin-clusters-node';
import { UnitObservation } from '@headroom/plugin-cost-node';
import { namespaceOf, objectOf } from './labels';

/** What a series is linked by. */
export type Match = UnitObservation['match'];

/** Labels that name the workload, the most exact first. */
export const WORKLOAD_LABELS = [
  'workload',
  'deployment',
  'statefulset',
  'daemonset',
  'cronjob',
  'job_name',
  'service',
  'app',
];

/** Whose request or unit a series counts; undefined = it can't be told. */
export function matchOf(labels: Record<string, string>): Match | undefined {
  if (labels.entity_ref) {
    return { entityRef: labels.entity_ref };
  }
  const namespace = namespaceOf(labels);
  const label = WORKLOAD_LABELS.find(name => objectOf(labels, name));
  return namespace && label
    ? { namespace, workload: objectOf(labels, label)! }
    : undefined;
}

/**
 * The series of one cluster of a store that several share.
 *
 * @param query - what names it in a sentence, as its subject
 * @throws ServiceUnavailableError when a result has lost the label that tells clusters apart
 */
export function seriesOfCluster(
  cluster: ClusterConfig,
  series: PrometheusSeries[],
  query: string,
): PrometheusSeries[] {
  const matchers = Object.entries(cluster.prometheus?.matchers ?? {});
  const missing = matchers.find(([label]) =>
    series.some(({ labels }) => labels[label] === undefined),
  );
  if (missing) {
    throw new ServiceUnavailableError(
      `${query} for cluster ${cluster.name} must keep the label '${missing[0]}' in its result, because its Prometheus is shared`,
    );
  }
  return series.filter(({ labels }) =>
    matchers.every(([label, value]) => labels[label] === value),
  );
}
