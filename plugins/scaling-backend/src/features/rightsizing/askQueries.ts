import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { KubernetesTarget } from '@headroom/common';
import {
  PrometheusClient,
  quoteLabelValue,
} from '@headroom/plugin-clusters-node';
import { WatchedQuery } from '@headroom/plugin-scaling-common';
import { largestOf } from './prometheusOf';
import { WatchQuery } from './RightsizingConfig';

/**
 * Asks the queries by which a service is watched of its cluster's Prometheus, as they
 * are and as they were when a change was made. One that can't be asked, or has no
 * answer, has no value.
 */
export async function askQueries(
  prometheus: PrometheusClient | undefined,
  queries: readonly WatchQuery[],
  {
    target,
    appliedAt,
    logger,
  }: { target: KubernetesTarget; appliedAt: string; logger: LoggerService },
  signal: AbortSignal,
): Promise<WatchedQuery[]> {
  return Promise.all(
    queries.map(async ({ title, query, above }) => {
      if (!prometheus) {
        return { title, above };
      }
      const text = filled(query, {
        namespace: target.namespace ?? '',
        workload: target.name,
      });
      try {
        const [now, then] = await Promise.all([
          prometheus.query(text, { signal }),
          prometheus.query(text, { signal, time: new Date(appliedAt) }),
        ]);
        const value = largestOf(now);
        const before = largestOf(then);
        return {
          title,
          above,
          ...(value !== undefined && { value }),
          ...(before !== undefined && { before }),
        };
      } catch (error) {
        signal.throwIfAborted();
        logger.warn(`${title} could not be asked: ${toError(error).message}`);
        return { title, above };
      }
    }),
  );
}

/** `{{namespace}}` and `{{workload}}` as PromQL strings, quotes and all. */
function filled(query: string, names: Record<string, string>): string {
  return query.replace(/\{\{(namespace|workload)\}\}/g, (_, name: string) =>
    quoteLabelValue(names[name]),
  );
}
