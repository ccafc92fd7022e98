import { SLOTS_PER_HOUR, VolumeHour } from '@headroom/plugin-cost-common';
import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { PART_LABEL } from '../promql/expressions';
import { gpuQuery } from '../promql/gpuQuery';
import * as queries from '../promql/queries';
import { HourWindow } from '../reading/HourWindow';
import { Problems } from '../reading/Problems';
import { ScrapeIntervals } from '../reading/scrapes';
import { TargetScrapes } from '../reading/TargetScrapes';
import { Asker } from './Asker';
import { ContainerStates } from './containerStates';
import { GpuReadings } from './gpu/GpuReadings';
import {
  busiestHours,
  groupByInterval,
  hourToMeasure,
  resolveIntervals,
} from './intervals';
import { NodeRecords, readNodes, scrapesOfTargets } from './nodes';
import { Owners } from './owners';
import { addPhases, addPodLabels, PodRecords, readPods } from './pods';
import { readRequests, RequestRecords } from './requests';
import { SampleTable } from './samples';
import { UsageTable } from './usage';
import { readVolumes } from './volumes';

/** Seconds; ranges are never shorter for scrapes that come faster. */
const MINIMUM_INTERVAL = 15;

/** What Prometheus said of a window, by what it is about. */
export interface Findings {
  intervals: ScrapeIntervals;
  scrapes: TargetScrapes;
  nodes: NodeRecords;
  pods: PodRecords;
  owners: Owners;
  requests: RequestRecords;
  states: ContainerStates;
  usage: UsageTable;
  samples: SampleTable;
  gpus: GpuReadings;
  volumes: VolumeHour[];
}

/**
 * Asks 14 queries, however many containers and hours. One after another, to be
 * a small guest in somebody's Prometheus; each answer is read and dropped before
 * the next comes, to be a small guest in our memory.
 */
export async function find(
  asker: Asker,
  window: HourWindow,
  problems: Problems,
  configuredInterval?: number,
): Promise<Findings> {
  const { select } = asker;
  const nodeAnswer = await asker.hourly(queries.nodesQuery(select));
  const gpuAnswer = await asker.bySlot(gpuQuery(select));
  const counts = await asker.hourly(queries.containersQuery(select));

  const busiest = busiestHours(
    window,
    [nodeAnswer, hourlyCounts(window, gpuAnswer), counts].flatMap(answer =>
      answer.filter(isCount),
    ),
  );
  const jobs = [...busiest.keys()].filter(Boolean);
  const up =
    configuredInterval === undefined && jobs.length > 0
      ? await asker.once(
          queries.scrapesQuery(select, jobs),
          hourToMeasure(busiest),
        )
      : [];
  const intervals = resolveIntervals(busiest, up, configuredInterval, problems);

  const nodes = readNodes(window, nodeAnswer);
  const scrapes = TargetScrapes.create(
    scrapesOfTargets(nodes),
    intervals,
    window.length,
  );
  const pods = readPods(window, await asker.hourly(queries.podsQuery(select)));
  addPhases(window, await asker.hourly(queries.phasesQuery(select)), pods);
  addPodLabels(
    window,
    await asker.hourly(queries.podLabelsQuery(select)),
    pods,
  );
  const longest = Math.max(MINIMUM_INTERVAL, ...intervals.values());
  const states = await asker.hourly(
    queries.containerStateQuery(select, longest),
  );
  return {
    intervals,
    scrapes,
    nodes,
    pods,
    gpus: GpuReadings.read(window, gpuAnswer, problems),
    usage: await findUsage(asker, window, intervals, counts),
    samples: SampleTable.read(
      window,
      counts.length > 0
        ? await asker.bySlot(queries.samplesQuery(select, longest))
        : [],
    ),
    owners: Owners.read(
      await asker.once(queries.ownersQuery(select, window.length)),
    ),
    requests: readRequests(window, states),
    states: ContainerStates.read(window, states),
    volumes: readVolumes(
      window,
      scrapes,
      await asker.hourly(queries.volumesQuery(select)),
    ),
  };
}

async function findUsage(
  asker: Asker,
  window: HourWindow,
  intervals: ScrapeIntervals,
  counts: PrometheusSeries[],
): Promise<UsageTable> {
  const { select } = asker;
  const usage = UsageTable.create(window, intervals);
  usage.addCounts(counts);
  const jobs = new Set(counts.map(({ labels }) => labels.job ?? ''));
  const jobsByInterval = groupByInterval(intervals, jobs);
  if (jobsByInterval.size > 0) {
    usage.addLastRead(await asker.atBoundaries(queries.lastReadQuery(select)));
    usage.addCpu(await asker.hourly(queries.cpuQuery(select, jobsByInterval)));
    usage.addMemory(await asker.hourly(queries.memoryQuery(select)));
  }
  return usage;
}

/** Numbers of scrapes by slot, summed to hours. */
function hourlyCounts(
  window: HourWindow,
  answer: PrometheusSeries[],
): PrometheusSeries[] {
  return answer.filter(isCount).map(series => {
    const counts = new Float64Array(window.length);
    window.eachSlot(series, (slot, count) => {
      counts[Math.floor(slot / SLOTS_PER_HOUR)] += count;
    });
    const samples = [...counts].map((count, hour): [number, number] => [
      window.startSeconds(hour + 1),
      count,
    ]);
    return { ...series, samples };
  });
}

/** Series whose values are numbers of scrapes. */
function isCount({ labels }: PrometheusSeries): boolean {
  const part = labels[PART_LABEL];
  return part === undefined || part.startsWith('seen');
}
