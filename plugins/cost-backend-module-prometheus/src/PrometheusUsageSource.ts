import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ClusterConfig,
  EndpointConfig,
  EndpointError,
  PrometheusClient,
  Selector,
} from '@headroom/plugin-clusters-node';
import { GpuDeviceHour, Observations } from '@headroom/plugin-cost-common';
import {
  CheckedConfig,
  CheckStep,
  SourceQuery,
  UsageSource,
} from '@headroom/plugin-cost-node';
import { HOUR_MS } from '@headroom/common';
import { checkPrometheus } from './check/checkPrometheus';
import { createClient } from './createClient';
import { Asker } from './observing/Asker';
import { Assembly } from './observing/assemble';
import { reportFailedScrapes } from './observing/failedScrapes';
import { find } from './observing/findings';
import { reportMissing } from './observing/reports';
import { findScrapes } from './observing/scrapes';
import { nodeCountQuery } from './promql/queries';
import { HOUR_SECONDS, HourWindow } from './reading/HourWindow';
import { Problems } from './reading/Problems';
import { ScrapeClock } from './reading/ScrapeClock';

/** Hours asked for at once: bounds the size of an answer, and what the server loads for it. */
const HOURS_AT_ONCE = 6;
/** How far back `earliest` looks. */
const LOOK_BACK_HOURS = 400 * 24;
/** Hours that `earliest` asks for at once. */
const HOURS_OF_EARLIEST = 25 * 24;
/** Milliseconds a question of a check may take: somebody waits. */
const CHECK_TIMEOUT_MS = 10_000;

/**
 * Usage from a Prometheus-compatible API: cAdvisor, kube-state-metrics and, for
 * GPUs, DCGM.
 *
 * Hours are `(start, end]`, as Prometheus evaluates a range of an hour at its
 * end. What kube-state-metrics says is looked at in regular instants of the hour
 * and stands for the time since its scrape before; what cAdvisor counts is read
 * at the ends of five-minute slots.
 *
 * @public
 */
export class PrometheusUsageSource implements UsageSource {
  readonly id = 'prometheus';
  readonly #logger: LoggerService | undefined;
  readonly #now: () => Date;

  /** @param options - `now`: the clock; the system's unless given */
  static create(options: { logger?: LoggerService; now?: () => Date } = {}) {
    return new PrometheusUsageSource(options.logger, options.now);
  }

  private constructor(logger?: LoggerService, now = () => new Date()) {
    this.#logger = logger;
    this.#now = now;
  }

  supports(cluster: ClusterConfig): boolean {
    return cluster.prometheus !== undefined;
  }

  endpointOf(cluster: ClusterConfig): EndpointConfig | undefined {
    return cluster.prometheus;
  }

  async observe(query: SourceQuery): Promise<Observations> {
    const { cluster, signal } = query;
    const end = query.end.getTime();
    const result: Observations = {
      nodes: [],
      containers: [],
      volumes: [],
      network: [],
      missingHours: [],
      problems: [],
      queries: 0,
    };
    const client = this.#client(cluster, () => (result.queries += 1));
    const devices: GpuDeviceHour[] = [];
    const problems = Problems.create();
    for (
      let start = query.start.getTime();
      start < end;
      start += HOURS_AT_ONCE * HOUR_MS
    ) {
      const window = HourWindow.create(
        new Date(start),
        new Date(Math.min(end, start + HOURS_AT_ONCE * HOUR_MS)),
      );
      const asker = Asker.create({
        client,
        window,
        problems,
        logger: this.#logger,
        signal,
      });
      for await (const part of observeWindow(asker, window, problems, query)) {
        append(result.nodes, part.nodes);
        append(result.containers, part.containers);
        append(result.volumes, part.volumes);
        append(devices, part.devices);
        append(result.missingHours, part.missingHours);
      }
    }
    result.problems = problems.list();
    return { ...result, devices };
  }

  /**
   * The first full hour with nodes in the last 400 days; undefined when there
   * is none. Asked month by month: managed services refuse longer ranges.
   */
  async earliest(
    cluster: ClusterConfig,
    signal: AbortSignal,
  ): Promise<Date | undefined> {
    const client = this.#client(cluster);
    const end = Math.floor(this.#now().getTime() / HOUR_MS) * HOUR_MS;
    const query = nodeCountQuery((selector: Selector) =>
      client.select(selector),
    );
    const rejections: unknown[] = [];
    for (let ago = LOOK_BACK_HOURS; ago > 0; ago -= HOURS_OF_EARLIEST) {
      const start = end - ago * HOUR_MS;
      try {
        const { series } = await client.queryRange(query, {
          start: new Date(start),
          end: new Date(Math.min(end, start + HOURS_OF_EARLIEST * HOUR_MS)),
          stepSeconds: HOUR_SECONDS,
          signal,
        });
        const first = series[0]?.samples[0]?.[0];
        if (first !== undefined) {
          return new Date(first * 1000);
        }
      } catch (error) {
        // What is older than a service keeps, it may refuse to look for.
        if (!isRejected(error)) {
          throw error;
        }
        rejections.push(error);
      }
    }
    if (rejections.length === Math.ceil(LOOK_BACK_HOURS / HOURS_OF_EARLIEST)) {
      throw rejections[0];
    }
    return undefined;
  }

  /** What this Prometheus has of the cluster; see `check/`. */
  check(
    cluster: ClusterConfig,
    signal: AbortSignal,
    configured: CheckedConfig = {},
  ): AsyncIterable<CheckStep> {
    const { prometheus } = cluster;
    return checkPrometheus({
      cluster,
      client: change =>
        this.#client({
          ...cluster,
          prometheus: prometheus && {
            ...prometheus,
            ...change,
            timeoutMs: Math.min(CHECK_TIMEOUT_MS, prometheus.timeoutMs),
          },
        }),
      signal,
      configured,
      now: this.#now,
    });
  }

  #client(cluster: ClusterConfig, onRequest?: () => void): PrometheusClient {
    return createClient(cluster, this.#logger, onRequest);
  }
}

type Part = Awaited<ReturnType<typeof Assembly.assemble>>;

/**
 * What was observed in a window. Where it is too much for the server even to say
 * when it scraped, hour by hour.
 */
async function* observeWindow(
  asker: Asker,
  window: HourWindow,
  problems: Problems,
  query: SourceQuery,
): AsyncGenerator<Part> {
  const interval = query.cluster.prometheus?.scrapeIntervalSeconds;
  let clock: ScrapeClock;
  try {
    clock = await findScrapes(asker, window, interval);
  } catch (error) {
    if (!isTooMuch(error) || window.length === 1) {
      throw error;
    }
    for (const hour of window.indexes()) {
      const part = window.part(hour, hour + 1);
      yield* observeWindow(asker.about(part), part, problems, query);
    }
    return;
  }
  reportUntold(problems, window, clock);
  yield* observeStretches(asker, window, problems, query, clock);
}

/**
 * What was observed in stretches of hours in which scrapes kept one pace. A
 * stretch that is too much for the server is asked for hour by hour.
 */
async function* observeStretches(
  asker: Asker,
  window: HourWindow,
  problems: Problems,
  { cluster: { region }, nodeLabels }: SourceQuery,
  clock: ScrapeClock,
): AsyncGenerator<Part> {
  const observePart = async (
    from: number,
    to: number,
    spacingSeconds: number,
  ) => {
    const part = window.part(from, to);
    const scraped = (hour: number) => clock.scraped(from + hour);
    const found = await find(asker.about(part), part, problems, {
      spacingSeconds,
      scrapedSeconds: hour => scraped(hour).seconds,
    });
    await reportFailedScrapes(
      asker.about(part),
      part,
      problems,
      hour => scraped(hour).seconds,
    );
    return Assembly.assemble({
      window: part,
      found,
      scraped,
      problems,
      region,
      nodeLabels,
    });
  };
  let next = 0;
  for (const { from, to, spacingSeconds } of clock.stretches()) {
    yield missing(window, next, from);
    next = to;
    try {
      yield await observePart(from, to, spacingSeconds);
    } catch (error) {
      if (!isTooMuch(error) || to - from === 1) {
        throw error;
      }
      for (let hour = from; hour < to; hour++) {
        yield await observePart(hour, hour + 1, spacingSeconds);
      }
    }
  }
  yield missing(window, next, window.length);
}

/** Says in which hours kube-state-metrics speaks of nodes or of pods alone. */
function reportUntold(
  problems: Problems,
  window: HourWindow,
  clock: ScrapeClock,
): void {
  for (const hour of window.indexes()) {
    const [nodes, pods] = [clock.tells(hour, 'node'), clock.tells(hour, 'pod')];
    if (nodes !== pods) {
      const code = nodes ? 'no-pods' : 'no-nodes';
      reportMissing(problems, window.hour(hour), code);
    }
  }
}

function missing(window: HourWindow, from: number, to: number): Part {
  return {
    nodes: [],
    containers: [],
    volumes: [],
    network: [],
    devices: [],
    missingHours: window
      .indexes()
      .slice(from, to)
      .map(hour => window.hour(hour)),
  };
}

/** The server understood and would not: too many samples, too long a range. */
function isRejected(error: unknown): boolean {
  return error instanceof EndpointError && error.failure === 'rejected';
}

/** It was too much at once: the server would not, or we would not read as much. */
function isTooMuch(error: unknown): boolean {
  return (
    isRejected(error) ||
    (error instanceof EndpointError && error.failure === 'too-large')
  );
}

/** `push(...items)` overflows the stack on large windows. */
function append<T>(target: T[], items: T[]): void {
  for (const item of items) {
    target.push(item);
  }
}
