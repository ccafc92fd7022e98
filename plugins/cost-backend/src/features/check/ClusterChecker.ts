import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  checkKubernetes,
  ClusterConfig,
  KubernetesAccess,
  withoutKubernetes,
} from '@headroom/plugin-clusters-node';
import {
  CheckFinding,
  CheckSubject,
  ClusterCheckEvent,
  Said,
  WordedFinding,
  calendarDay,
  HOUR_MS,
  toFinding,
} from '@headroom/common';
import {
  PriceBookPart,
  wordClusterCheck as word,
} from '@headroom/plugin-cost-common';
import {
  AllocationSource,
  CheckedNode,
  UsageSource,
} from '@headroom/plugin-cost-node';
import { CostConfig } from '../../core/config/CostConfig';
import { sourceOf } from '../../core/clusterSources';
import { CostSources } from '../../core/CostSources';
import { addHours } from '../../core/hours';
import { checkCredentials } from './checkCredentials';
import { checkPrices } from './checkPrices';
import { linkLabelsOf } from './linkLabels';

/** Somebody waits: what hasn't answered by then is left. */
const TIME_LIMIT_MS = 120_000;
const KUBERNETES_TIMEOUT_MS = 10_000;

/** @internal */
export interface ClusterCheckerOptions {
  sources: CostSources;
  config: Pick<
    CostConfig,
    'prices' | 'timezone' | 'currency' | 'nodeLabels' | 'links' | 'ownerLabels'
  >;
  kubernetes: KubernetesAccess;
  logger: LoggerService;
  now: () => Date;
}

/**
 * Checks a cluster before anybody trusts its figures: its source by what the
 * source's module asks, the prices of the nodes it saw, and its Kubernetes API.
 * Stores nothing.
 */
export class ClusterChecker {
  readonly #options: ClusterCheckerOptions;

  static create(options: ClusterCheckerOptions) {
    return new ClusterChecker(options);
  }

  private constructor(options: ClusterCheckerOptions) {
    this.#options = options;
  }

  /** Ends early, without an error, when the signal aborts. */
  async *check(
    cluster: ClusterConfig,
    signal: AbortSignal,
  ): AsyncGenerator<ClusterCheckEvent> {
    const limit = AbortSignal.timeout(TIME_LIMIT_MS);
    const either = AbortSignal.any([signal, limit]);
    try {
      yield* this.#run(cluster, either);
      yield { type: 'finished', at: this.#options.now().toISOString() };
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (!limit.aborted) {
        throw error;
      }
      yield {
        type: 'failed',
        ...word('timeIsUp', { seconds: TIME_LIMIT_MS / 1000 }),
      };
    }
  }

  async *#run(
    cluster: ClusterConfig,
    signal: AbortSignal,
  ): AsyncGenerator<ClusterCheckEvent> {
    const source = sourceOf(cluster, this.#options.sources);
    yield {
      type: 'started',
      cluster: cluster.name,
      title: cluster.title,
      source: source?.id ?? 'none',
      simulated: source?.simulated ?? false,
      at: this.#options.now().toISOString(),
    };
    const nodes: CheckedNode[] = [];
    yield* this.#source(cluster, source, nodes, signal);
    if (nodes.length > 0) {
      yield asking('prices', word('askPrices'));
      yield* (await this.#prices(cluster, nodes, signal)).map(say('prices'));
    }
    yield* this.#kubernetes(cluster, signal);
  }

  async *#source(
    cluster: ClusterConfig,
    source: AllocationSource | UsageSource | undefined,
    nodes: CheckedNode[],
    signal: AbortSignal,
  ): AsyncGenerator<ClusterCheckEvent> {
    const tell = say('source');
    if (!source) {
      yield tell(withoutSource(cluster));
      return;
    }
    yield* checkCredentials(cluster, source).map(tell);
    if (!source.check) {
      yield tell({
        id: 'no-check',
        severity: 'note',
        sentence: word('noCheck', { source: source.id }),
        effect: word('noCheckEffect'),
      });
      return;
    }
    try {
      const { config } = this.#options;
      for await (const step of source.check(cluster, signal, {
        nodeLabels: config.nodeLabels,
        linkLabels: linkLabelsOf(cluster.name, config),
      })) {
        if (step.kind === 'nodes') {
          nodes.push(...step.nodes);
        } else {
          yield step.kind === 'asking'
            ? asking('source', saidOf(step))
            : found('source')(step.finding);
        }
      }
    } catch (error) {
      signal.throwIfAborted();
      this.#options.logger.error(
        `The check of ${source.id} of ${cluster.name} broke off`,
        toError(error),
      );
      yield tell({
        id: 'check-broke-off',
        severity: 'note',
        sentence: word('brokeOff'),
        effect: word('brokeOffEffect'),
      });
    }
  }

  async #prices(
    cluster: ClusterConfig,
    nodes: CheckedNode[],
    signal: AbortSignal,
  ): Promise<WordedFinding[]> {
    const { config, now } = this.#options;
    const day = calendarDay(now().toISOString(), config.timezone);
    return checkPrices(
      nodes,
      config.prices,
      await this.#priceBook(cluster, signal),
      day,
    );
  }

  /** Prices of the source for the hour that ended last; those in another currency don't count. */
  async #priceBook(
    cluster: ClusterConfig,
    signal: AbortSignal,
  ): Promise<PriceBookPart | undefined> {
    const { sources, config, now } = this.#options;
    const source = sources.price.find(each => each.supports(cluster));
    const end = new Date(Math.floor(now().getTime() / HOUR_MS) * HOUR_MS);
    try {
      const book = await source?.prices({
        cluster,
        start: addHours(end, -1),
        end,
        signal,
      });
      return book?.currency === config.currency ? book : undefined;
    } catch (error) {
      signal.throwIfAborted();
      this.#options.logger.warn(
        `The prices of ${cluster.name} could not be checked: ${
          toError(error).name
        }`,
      );
      return undefined;
    }
  }

  async *#kubernetes(
    cluster: ClusterConfig,
    signal: AbortSignal,
  ): AsyncGenerator<ClusterCheckEvent> {
    const { kubernetes, config, now } = this.#options;
    const kubeConfig = kubernetes.kubeConfigFor(cluster.name);
    if (!kubeConfig) {
      yield found('kubernetes')(withoutKubernetes(cluster.name));
      return;
    }
    const timeoutMs = Math.min(
      KUBERNETES_TIMEOUT_MS,
      kubernetes.timeoutMsFor(cluster.name),
    );
    for await (const step of checkKubernetes(kubeConfig, {
      signal,
      timeoutMs,
      now,
      podLabels: linkLabelsOf(cluster.name, config),
    })) {
      yield step.kind === 'asking'
        ? asking('kubernetes', saidOf(step))
        : found('kubernetes')(step.finding);
    }
  }
}

function withoutSource(cluster: ClusterConfig): WordedFinding {
  const [configured] = [
    ...(cluster.prometheus ? ['prometheus'] : []),
    ...Object.keys(cluster.sections ?? {}),
  ];
  return {
    id: 'no-source',
    severity: 'wrong',
    sentence: configured
      ? word('moduleAbsent', { section: configured, cluster: cluster.name })
      : word('sourceAbsent', { cluster: cluster.name }),
    effect: word('noCosts'),
    mend: configured
      ? {
          where: 'packages/backend/src/index.ts',
          line: `backend.add(import('@headroom/plugin-cost-backend-module-${configured}'));`,
        }
      : {
          where: word('atCluster', { cluster: cluster.name }),
          line: 'prometheus: { url: https://… }',
        },
  };
}

function asking(
  subject: CheckSubject,
  { message, wording }: Said,
): ClusterCheckEvent {
  return {
    type: 'asking',
    subject,
    question: message,
    ...(wording && { wording }),
  };
}

/** A source of another author may give the question alone. */
function saidOf({
  question: message,
  wording,
}: {
  question: string;
  wording?: Said['wording'];
}): Said {
  return { message, wording };
}

function say(
  subject: CheckSubject,
): (finding: WordedFinding) => ClusterCheckEvent {
  return finding => found(subject)(toFinding(finding));
}

function found(
  subject: CheckSubject,
): (finding: CheckFinding) => ClusterCheckEvent {
  return finding => ({ type: 'finding', subject, finding });
}
