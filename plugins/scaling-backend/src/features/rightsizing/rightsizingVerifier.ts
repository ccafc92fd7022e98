import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { KubernetesTarget } from '@headroom/common';
import {
  ClusterConfig,
  KubernetesAccess,
} from '@headroom/plugin-clusters-node';
import {
  AppliedAction,
  Verdict,
  Verifier,
} from '@headroom/plugin-controllers-node';
import { judgeResize, judgeRightsizing } from '@headroom/plugin-scaling-common';
import { RepositoryActuator } from '@headroom/plugin-scaling-node';
import { askQueries } from './askQueries';
import { askThrottling } from './askThrottling';
import { PullRequestWatch } from './PullRequestWatch';
import { prometheusOf } from './prometheusOf';
import { RightsizingConfig } from './RightsizingConfig';
import { watchPod, watchPods } from './watchPods';

const SCALERS = ['HorizontalPodAutoscaler', 'ScaledObject'];

/** @internal */
export interface RightsizingVerifierOptions {
  clusters: readonly ClusterConfig[];
  config: RightsizingConfig;
  kubernetes: KubernetesAccess;
  logger: LoggerService;
  now: () => Date;
  repositories: RepositoryActuator;
}

/**
 * Watches advice that was applied: what its pods do, and what queries say of its
 * service. What can't be asked says nothing, and is asked again.
 */
export function createRightsizingVerifier(
  options: RightsizingVerifierOptions,
): Verifier {
  const pullRequests = PullRequestWatch.create(options);
  return async (action, { signal }) => {
    try {
      const { target } = action;
      if (target.type === 'repository') {
        return await pullRequests.verdict(action, target, signal);
      }
      if (SCALERS.includes(target.kind)) {
        return ofTarget(action, options);
      }
      return target.kind === 'Pod'
        ? await ofResize(action, target, options, signal)
        : await ofRollout(action, target, options, signal);
    } catch (error) {
      signal.throwIfAborted();
      options.logger.warn(
        `${action.subject} could not be watched: ${toError(error).message}`,
      );
      return { outcome: 'notYet' };
    }
  };
}

/**
 * What an autoscaler does with a target that moved with the request is seen on the pods
 * of its workload, and both are taken back together.
 */
function ofTarget(
  { ageSeconds }: AppliedAction,
  { config }: RightsizingVerifierOptions,
): Verdict {
  return { outcome: ageSeconds < config.watch.watchSeconds ? 'notYet' : 'ok' };
}

async function ofRollout(
  action: AppliedAction,
  target: KubernetesTarget,
  options: RightsizingVerifierOptions,
  signal: AbortSignal,
): Promise<Verdict> {
  const { config, kubernetes } = options;
  const [{ pods, wanted }, service] = await Promise.all([
    watchPods(kubernetes, target, signal),
    watchService(action, target, options, signal),
  ]);
  return judgeRightsizing(
    {
      ...service,
      ...(pods && { pods }),
      ...(wanted !== undefined && { wanted }),
    },
    config.watch,
  );
}

async function ofResize(
  action: AppliedAction,
  target: KubernetesTarget,
  options: RightsizingVerifierOptions,
  signal: AbortSignal,
): Promise<Verdict> {
  const { config, kubernetes } = options;
  // Queries are of the service, whichever of its pods it is.
  const name = action.subject.split('/').pop() ?? '';
  const [pod, service] = await Promise.all([
    watchPod(kubernetes, target, signal),
    watchService(action, { ...target, name }, options, signal),
  ]);
  return judgeResize(
    { ...service, podName: target.name, ...(pod && { pod }) },
    config.watch,
  );
}

/** What is asked of the service's Prometheus, and when. */
async function watchService(
  { begunAt, changes }: AppliedAction,
  target: KubernetesTarget,
  options: RightsizingVerifierOptions,
  signal: AbortSignal,
) {
  const { clusters, config, logger } = options;
  const now = options.now();
  const containers = changes.flatMap(({ path }) =>
    path.flatMap(segment => /^\[name=(.+)\]$/.exec(segment)?.[1] ?? []),
  );
  const prometheus = prometheusOf(target, clusters);
  const about = { target, appliedAt: begunAt, logger };
  const [queries, throttledShare] = await Promise.all([
    askQueries(prometheus, config.watch.queries, about, signal),
    askThrottling(prometheus, { ...about, containers, now }, signal),
  ]);
  return {
    // Pods may be made, and killed, before the answer to the write is noted.
    appliedAt: begunAt,
    now: now.toISOString(),
    containers,
    ...(throttledShare && { throttledShare }),
    queries,
  };
}
