import { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  ClusterConfig,
  createEndpointClient,
} from '@headroom/plugin-clusters-node';
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
    path: 'info' | 'usage' | 'prices' | 'units',
    schema: z.ZodType<T>,
    options: { signal: AbortSignal; window?: { start: Date; end: Date } },
  ): Promise<T> {
    const name = `The demo cluster ${cluster.name}`;
    const endpoint = demoSection.of(cluster);
    if (!endpoint) {
      throw new ServiceUnavailableError(
        `${name} has no endpoint configured; its entry under headroom.clusters must have demo: { url: http://… }`,
      );
    }
    const client = createEndpointClient(endpoint, {
      name,
      kind: demoSection.key,
      logger: this.#logger,
    });
    const { window, signal } = options;
    const answer = await client.getJson(
      `/telemetry/v1/${path}`,
      window
        ? { start: window.start.toISOString(), end: window.end.toISOString() }
        : {},
      { signal },
    );
    const parsed = schema.safeParse(answer);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      // A key that isn't ours is text of the other side.
      const known = issue.code === 'invalid_key' ? -1 : undefined;
      this.#logger.warn(
        `${name} answered ${path} with something unexpected at ${issue.path
          .slice(0, known)
          .join('.')} (${issue.code})`,
      );
      throw new ServiceUnavailableError(
        `${name} answered ${path} in a form that isn't understood; it must be of the same version as the back end, whose log says where they differ`,
      );
    }
    return parsed.data;
  }
}
