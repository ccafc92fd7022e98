import { LoggerService } from '@backstage/backend-plugin-api';
import {
  PrometheusClient,
  PrometheusSeries,
  Selector,
} from '@headroom/plugin-clusters-node';
import * as queries from '../promql/queries';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { Problems } from '../reading/Problems';
import { ScrapeIntervals } from '../reading/scrapes';
import {
  busiestHours,
  groupByInterval,
  hourToMeasure,
  resolveIntervals,
} from './intervals';

/** Everything Prometheus said of a window; see `promql/queries` for each. */
export interface Answers {
  intervals: ScrapeIntervals;
  nodes: PrometheusSeries[];
  pods: PrometheusSeries[];
  phases: PrometheusSeries[];
  podLabels: PrometheusSeries[];
  requests: PrometheusSeries[];
  owners: PrometheusSeries[];
  volumes: PrometheusSeries[];
  containers: PrometheusSeries[];
  lastRead: PrometheusSeries[];
  cpu: PrometheusSeries[];
  memory: PrometheusSeries[];
  gpu: PrometheusSeries[];
}

export interface AskOptions {
  window: HourWindow;
  configuredInterval?: number;
  problems: Problems;
  logger?: LoggerService;
  signal: AbortSignal;
}

/**
 * Asks for a window: 13 queries, however many containers and hours. One after
 * another, to be a small guest in somebody's Prometheus.
 */
export async function ask(
  client: PrometheusClient,
  options: AskOptions,
): Promise<Answers> {
  const { window, problems, logger, signal } = options;
  const select = (selector: Selector) => client.select(selector);
  const end = window.at(window.length);

  const checked = async (
    answer: ReturnType<PrometheusClient['query']>,
  ): Promise<PrometheusSeries[]> => {
    const { series, warnings, droppedSamples } = await answer;
    if (warnings.length > 0) {
      logger?.warn(`Prometheus warns: ${warnings.join('; ')}`);
      problems.add(
        { code: 'partial-answer', severity: 'warning' },
        'Prometheus',
        () =>
          'Prometheus answered with warnings (see the log): figures may lack what a part of it could not say',
      );
    }
    if (droppedSamples > 0) {
      problems.add(
        { code: 'not-a-number', severity: 'warning' },
        `${droppedSamples} values`,
        subjects =>
          `Values that are no finite number were left out: ${subjects}`,
      );
    }
    return series;
  };
  /** At the end of each hour. */
  const hourly = (query: string) =>
    checked(
      client.queryRange(query, {
        start: window.at(1),
        end,
        stepSeconds: HOUR_SECONDS,
        signal,
      }),
    );
  const once = (query: string, time = end) =>
    checked(client.query(query, { time, signal }));

  const nodes = await hourly(queries.nodesQuery(select));
  const containers = await hourly(queries.containersQuery(select));
  const gpu = await hourly(queries.gpuQuery(select));

  const counting = [nodes, containers, gpu].flatMap(series =>
    series.filter(isCount),
  );
  const busiest = busiestHours(window, counting);
  const jobs = [...busiest.keys()].filter(Boolean);
  const up =
    options.configuredInterval === undefined && jobs.length > 0
      ? await once(
          queries.scrapesQuery(select, jobs),
          window.at(hourToMeasure(busiest) + 1),
        )
      : [];
  const intervals = resolveIntervals(
    busiest,
    up,
    options.configuredInterval,
    problems,
  );
  const cadvisorJobs = new Set(
    containers.map(({ labels }) => labels.job ?? ''),
  );
  const jobsByInterval = groupByInterval(intervals, cadvisorJobs);

  return {
    intervals,
    nodes,
    containers,
    gpu,
    pods: await hourly(queries.podsQuery(select)),
    phases: await hourly(queries.phasesQuery(select)),
    podLabels: await hourly(queries.podLabelsQuery(select)),
    requests: await hourly(queries.requestsQuery(select)),
    owners: await once(queries.ownersQuery(select, window.length)),
    volumes: await hourly(queries.volumesQuery(select)),
    ...(jobsByInterval.size === 0
      ? { lastRead: [], cpu: [], memory: [] }
      : {
          lastRead: await checked(
            client.queryRange(queries.lastReadQuery(select), {
              start: window.at(0),
              end,
              stepSeconds: HOUR_SECONDS,
              signal,
            }),
          ),
          cpu: await hourly(queries.cpuQuery(select, jobsByInterval)),
          memory: await hourly(queries.memoryQuery(select)),
        }),
  };
}

/** Series whose values are numbers of scrapes. */
function isCount({ labels }: PrometheusSeries): boolean {
  const part = labels.headroom_part;
  return part === undefined || part.startsWith('seen');
}
