import { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  ClusterConfig,
  createEndpointClient,
  EndpointError,
} from '@headroom/plugin-clusters-node';
import { wordClusterCheck as word } from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { demoSection } from './demoSection';

/**
 * Asks the demo cluster's telemetry over HTTP. Every failure is a
 * `ServiceUnavailableError` with one sentence; what really happened is logged.
 */
export class TelemetryClient {
  readonly #logger: LoggerService;

  static create(options: { logger: LoggerService }): TelemetryClient {
    return new TelemetryClient(options.logger);
  }

  private constructor(logger: LoggerService) {
    this.#logger = logger;
  }

  /** The checked answer of `/telemetry/v1/<path>` of a cluster. */
  async get<T>(
    cluster: ClusterConfig,
    path: 'info' | 'usage' | 'prices' | 'units' | 'levels' | 'bills' | 'bill',
    schema: z.ZodType<T>,
    options: {
      signal: AbortSignal;
      window?: { start: Date; end: Date };
      day?: string;
    },
  ): Promise<T> {
    const name = word('demoCluster', { cluster: cluster.name });
    const endpoint = demoSection.of(cluster);
    if (!endpoint) {
      throw new ServiceUnavailableError(
        `${name.message} has no endpoint configured; its entry under headroom.clusters must have demo: { url: http://… }`,
      );
    }
    const client = createEndpointClient(endpoint, {
      name,
      kind: demoSection.key,
      logger: this.#logger,
    });
    const { window, day, signal } = options;
    const answer = await client.getJson(
      `/telemetry/v1/${path}`,
      {
        ...(window && {
          start: window.start.toISOString(),
          end: window.end.toISOString(),
        }),
        ...(day && { day }),
      },
      { signal },
    );
    const parsed = schema.safeParse(answer);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      // A key that isn't ours is text of the other side.
      const known = issue.code === 'invalid_key' ? -1 : undefined;
      this.#logger.warn(
        `${
          name.message
        } answered ${path} with something unexpected at ${issue.path
          .slice(0, known)
          .join('.')} (${issue.code})`,
      );
      throw new EndpointError(
        'unreadable',
        word('simulationOtherForm', { name, path }),
      );
    }
    return parsed.data;
  }
}
