import { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { ClusterConfig, EndpointAuth } from '@headroom/plugin-clusters-node';
import { z } from 'zod';

function authorization(auth: EndpointAuth): Record<string, string> {
  switch (auth.type) {
    case 'bearer':
      return { Authorization: `Bearer ${auth.token}` };
    case 'basic': {
      const pair = Buffer.from(`${auth.username}:${auth.password}`);
      return { Authorization: `Basic ${pair.toString('base64')}` };
    }
    default:
      return {};
  }
}

/**
 * Asks the demo cluster's telemetry over HTTP.
 *
 * Every failure is a `ServiceUnavailableError` with one sentence; what really
 * happened is logged, and never a part of the error.
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
    const endpoint = cluster.demo;
    if (!endpoint) {
      throw new ServiceUnavailableError(
        `Cluster ${cluster.name} has no demo endpoint configured`,
      );
    }
    const query = options.window
      ? `?${new URLSearchParams({
          start: options.window.start.toISOString(),
          end: options.window.end.toISOString(),
        })}`
      : '';
    const timeout = AbortSignal.timeout(endpoint.timeoutMs);
    let response: Response;
    let body: unknown;
    try {
      response = await fetch(`${endpoint.url}/telemetry/v1/${path}${query}`, {
        headers: {
          Accept: 'application/json',
          ...endpoint.headers,
          ...authorization(endpoint.auth),
        },
        signal: AbortSignal.any([options.signal, timeout]),
      });
      body = await response.json();
    } catch (error) {
      // Giving up is the caller's wish, not a failure of the cluster.
      options.signal.throwIfAborted();
      throw this.#failed(
        cluster,
        timeout.aborted
          ? `didn't answer within ${endpoint.timeoutMs} ms`
          : "can't be reached, or its answer isn't JSON",
        error,
      );
    }
    if (!response.ok) {
      throw this.#failed(
        cluster,
        `answered ${path} with status ${response.status}`,
        body,
      );
    }
    const parsed = schema.safeParse(body);
    if (!parsed.success) {
      throw this.#failed(
        cluster,
        `answered ${path} in a form that isn't understood`,
        parsed.error,
      );
    }
    return parsed.data;
  }

  #failed(cluster: ClusterConfig, what: string, detail: unknown): Error {
    const said =
      detail instanceof Error ? detail.message : JSON.stringify(detail);
    this.#logger.warn(`Demo cluster ${cluster.name} ${what}: ${said}`);
    return new ServiceUnavailableError(`Demo cluster ${cluster.name} ${what}`);
  }
}
