import { SourceProblem } from '@headroom/common';
import {
  ContainerHour,
  HourRow,
  NodeCostHour,
} from '@headroom/plugin-cost-common';
import { HourKnowledge } from '../../database/IngestStore';

/** What an answer knows of containers, in hours. */
export type ContainerKnowledge = Pick<
  HourKnowledge,
  'containerHours' | 'usageHours'
>;

const SLOT_SECONDS = 300;
/** Codes of prices that are a guess, or none. */
const GUESSED: readonly string[] = ['default', 'unpriced'];

/** What a source that observes containers knows of them. */
export function knownContainers(
  containers: readonly ContainerHour[],
): ContainerKnowledge {
  let seconds = 0;
  let used = 0;
  for (const each of containers) {
    seconds += each.runSeconds;
    used += knownSeconds(each);
  }
  return { containerHours: inHours(seconds), usageHours: inHours(used) };
}

/** The same of rows that a source allocated itself: all pods of a container are one. */
export function knownRows(rows: readonly HourRow[]): ContainerKnowledge {
  const workloads = rows.filter(({ bucket }) => bucket === 'workload');
  return {
    containerHours: workloads.length,
    usageHours: workloads.filter(({ unknownUsage }) => !unknownUsage).length,
  };
}

/** What an answer knows of an hour. */
export function knowledgeOf(answer: {
  rows: readonly HourRow[];
  nodes: readonly NodeCostHour[];
  containers: ContainerKnowledge;
  problems: readonly SourceProblem[];
}): HourKnowledge {
  const isSilent = answer.problems.some(({ code }) => code === 'price-source');
  let nodeHours = 0;
  let pricedNodeHours = 0;
  for (const node of answer.nodes) {
    nodeHours += node.nodeHours;
    if (!isSilent && !GUESSED.includes(node.origin.kind)) {
      pricedNodeHours += node.nodeHours;
    }
  }
  return {
    nodeHours: rounded(nodeHours),
    pricedNodeHours: rounded(pricedNodeHours),
    ...answer.containers,
    ...knownOfRows(answer.rows),
  };
}

/** What workloads ask for, store and send, of which a source may tell nothing. */
function knownOfRows(
  rows: readonly HourRow[],
): Pick<HourKnowledge, 'requestingRows' | 'storageByteHours' | 'networkBytes'> {
  let requestingRows = 0;
  let storageByteHours = 0;
  let networkBytes = 0;
  for (const row of rows) {
    const asks = row.cpuRequestCoreHours > 0 || row.memoryRequestByteHours > 0;
    requestingRows += row.bucket === 'workload' && asks ? 1 : 0;
    storageByteHours += row.storageByteHours;
    networkBytes += row.networkBytes;
  }
  return {
    requestingRows,
    storageByteHours: Math.round(storageByteHours),
    networkBytes: Math.round(networkBytes),
  };
}

/** Seconds of a container whose usage is known, each of its resources for its part. */
function knownSeconds(container: ContainerHour): number {
  const { runSeconds, samples } = container;
  const of = (used: number | undefined, series?: ReadonlyArray<unknown>) => {
    if (used === undefined) {
      return 0;
    }
    // A sum over the slots that were seen says nothing of the others.
    const seen = series?.filter(sample => sample !== null).length;
    return seen === undefined
      ? runSeconds
      : Math.min(runSeconds, seen * SLOT_SECONDS);
  };
  const parts = [
    of(container.cpuUsageCoreSeconds, samples?.cpuCores),
    of(container.memoryUsageByteSeconds, samples?.memoryBytes),
    ...(container.gpuRequestDeviceSeconds
      ? [of(container.gpuBusyDeviceSeconds)]
      : []),
  ];
  return parts.reduce((sum, part) => sum + part, 0) / parts.length;
}

function inHours(seconds: number): number {
  return rounded(seconds / 3600);
}

/** Sums in another order differ by less. */
function rounded(hours: number): number {
  return Math.round(hours * 1e6) / 1e6;
}
