import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  ClusterConfig,
  createEndpointClient,
  EndpointConfig,
} from '@headroom/plugin-clusters-node';
import {
  AllocationSource,
  CheckStep,
  SourceAllocations,
  SourceQuery,
} from '@headroom/plugin-cost-node';
import { HOUR_MS } from '@headroom/common';
import { wordOpenCost } from '@headroom/plugin-cost-common';
import { hoursOf, rfc3339Of } from './answer/span';
import { askAssets, askByContainer, askCoarse, Question } from './ask';
import { checkOpenCost } from './check/checkOpenCost';
import { openCostSection } from './openCostSection';
import { readWindow } from './readWindow';

/** @public */
export interface OpenCostSourceOptions {
  logger: LoggerService;
  /** ISO 4217 code of the amounts; OpenCost's answers don't state it. */
  currency: string;
}

/**
 * Allocations from an OpenCost or Kubecost. Three requests a window, whatever
 * its length and the number of containers: `/allocation` by container and
 * hour, the same by cluster to check the sum, and `/assets` for the nodes. A
 * fourth, once, finds out that a Kubecost must be told to answer by container.
 *
 * What the server says is booked as it says it; where it contradicts itself or
 * the window, `problems` says so. A base URL of `…/model` asks a Kubecost.
 *
 * @public
 */
export class OpenCostSource implements AllocationSource {
  readonly id = openCostSection.key;
  readonly #logger: LoggerService;
  readonly #currency: string;
  /** URLs of servers that group by namespace unless told otherwise. */
  readonly #grouping = new Set<string>();

  static create(options: OpenCostSourceOptions): OpenCostSource {
    return new OpenCostSource(options);
  }

  private constructor({ logger, currency }: OpenCostSourceOptions) {
    this.#logger = logger;
    this.#currency = currency;
  }

  supports(cluster: ClusterConfig): boolean {
    return openCostSection.of(cluster) !== undefined;
  }

  endpointOf(cluster: ClusterConfig): EndpointConfig | undefined {
    return openCostSection.of(cluster);
  }

  /**
   * @throws EndpointError when the server can't be reached, does not answer in
   * time, answers something else, not by the hour or not by container.
   */
  async allocations(query: SourceQuery): Promise<SourceAllocations> {
    const { cluster, signal } = query;
    const endpoint = openCostSection.of(cluster);
    if (!endpoint) {
      throw new InputError(
        `Cluster ${cluster.name} has no OpenCost configured; its entry under headroom.clusters must have opencost: { url: https://… }`,
      );
    }
    const window = { start: query.start.getTime(), end: query.end.getTime() };
    if (window.start % HOUR_MS || window.end % HOUR_MS) {
      throw new InputError(
        `The window of ${query.start.toISOString()} to ${query.end.toISOString()} must start and end on the hour`,
      );
    }
    const spans = hoursOf(window);
    if (spans.length === 0) {
      throw new InputError(
        `The window of ${query.start.toISOString()} to ${query.end.toISOString()} must have at least one hour`,
      );
    }

    let queries = 0;
    const what = wordOpenCost('openCostOf', { cluster: cluster.name });
    const question: Question = {
      client: createEndpointClient(endpoint, {
        name: what,
        kind: openCostSection.key,
        logger: this.#logger,
        onRequest: () => {
          queries += 1;
        },
      }),
      window: `${rfc3339Of(window.start)},${rfc3339Of(window.end)}`,
      signal,
      what,
    };
    // One after the other: each makes OpenCost query its Prometheus heavily.
    const {
      answer: allocation,
      grouping,
      groups,
    } = await askByContainer(question, this.#grouping.has(endpoint.url));
    if (grouping) {
      this.#grouping.add(endpoint.url);
    }
    const coarse = await askCoarse(question);
    const assets = await askAssets(question);

    const answer = readWindow(
      { allocation, coarse, assets },
      {
        spans,
        cluster: cluster.name,
        region: cluster.region ?? '',
        currency: this.#currency,
      },
    );
    if (assets === undefined) {
      answer.problems.push({
        code: 'opencost-assets-unavailable',
        ...wordOpenCost('assetsUnavailable', { what }),
        severity: 'warning',
      });
    }
    if (groups > 0) {
      answer.problems.push({
        code: 'opencost-groups',
        ...wordOpenCost('groups', { what, count: groups }),
        severity: 'warning',
      });
    }
    return { ...answer, queries };
  }

  /** What this OpenCost has of the cluster; see `check/`. */
  check(cluster: ClusterConfig, signal: AbortSignal): AsyncIterable<CheckStep> {
    return checkOpenCost({
      cluster,
      currency: this.#currency,
      logger: this.#logger,
      signal,
      now: () => new Date(),
    });
  }
}
