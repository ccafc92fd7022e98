import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { KubernetesTarget } from '@headroom/common';
import {
  escapeRegex,
  PrometheusClient,
  Selector,
} from '@headroom/plugin-clusters-node';
import { RightsizingWatch } from '@headroom/plugin-scaling-common';
import { largestOf } from './prometheusOf';

/** Less time than this tells nothing: cAdvisor is read twice a minute or less. */
const SHORTEST_SECONDS = 600;
const LONGEST_SECONDS = 3600;

/**
 * In which share of their periods the containers of a workload were throttled, before
 * a change and since.
 *
 * @returns undefined where it can't be asked; without `now` while it is too early
 */
export async function askThrottling(
  prometheus: PrometheusClient | undefined,
  {
    target,
    containers,
    appliedAt,
    now,
    logger,
  }: {
    target: KubernetesTarget;
    containers: readonly string[];
    appliedAt: string;
    now: Date;
    logger: LoggerService;
  },
  signal: AbortSignal,
): Promise<RightsizingWatch['throttledShare']> {
  if (!prometheus || containers.length === 0) {
    return undefined;
  }
  const applied = new Date(appliedAt);
  const since = Math.floor((now.getTime() - applied.getTime()) / 1000);
  const shareAt = async (time: Date, seconds: number) =>
    largestOf(
      await prometheus.query(shareOf(prometheus, target, containers, seconds), {
        time,
        signal,
      }),
    );
  try {
    const before = await shareAt(applied, LONGEST_SECONDS);
    const share =
      since < SHORTEST_SECONDS
        ? undefined
        : await shareAt(now, Math.min(since, LONGEST_SECONDS));
    return {
      ...(before !== undefined && { before }),
      ...(share !== undefined && { now: share }),
    };
  } catch (error) {
    signal.throwIfAborted();
    logger.warn(
      `How much ${target.namespace}/${
        target.name
      } is throttled could not be asked: ${toError(error).message}`,
    );
    return undefined;
  }
}

/** The container that is throttled most, over all pods of the workload. */
function shareOf(
  prometheus: PrometheusClient,
  { namespace = '', name }: KubernetesTarget,
  containers: readonly string[],
  seconds: number,
): string {
  const sum = (metric: string) => {
    const selector: Selector = {
      metric,
      matchers: [
        { label: 'namespace', operator: '=', value: namespace },
        { label: 'pod', operator: '=~', value: `${escapeRegex(name)}-.+` },
        {
          label: 'container',
          operator: '=~',
          value: containers.map(escapeRegex).join('|'),
        },
      ],
    };
    return `sum by (container) (increase(${prometheus.select(
      selector,
    )}[${seconds}s]))`;
  };
  return `${sum('container_cpu_cfs_throttled_periods_total')} / ${sum(
    'container_cpu_cfs_periods_total',
  )}`;
}
