import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { asksForGpu, SLOT_SECONDS } from '@headroom/plugin-cost-common';
import { Grid } from '../promql/Grid';
import { gpuQuery } from '../promql/gpuQuery';
import * as queries from '../promql/queries';
import { requestsQuery } from '../promql/requestsQuery';
import { unreadUsageQuery } from '../promql/unreadUsageQuery';
import { volumesQuery } from '../promql/volumesQuery';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { ContainerIdentity, keyOf } from '../reading/labels';
import { Problems } from '../reading/Problems';
import { Asker } from './Asker';
import { ContainerStates } from './containerStates';
import { GpuKnowledge } from './gpu/GpuKnowledge';
import { GpuReadings } from './gpu/GpuReadings';
import { Machines } from './Machines';
import { NodeRecords, readNodes } from './nodes';
import { Owners } from './owners';
import { addPodLabels, PodRecords, readPods } from './pods';
import { RequestTable } from './requests';
import { ClusterNames, readClusterNames } from './severalClusters';
import { MeasuredHours, readMeasuredHours } from './usage/measuredHours';
import {
  isMeasured,
  NOTHING_UNREAD,
  readUnreadUsage,
  UnreadUsage,
} from './usage/unreadUsage';
import { Usages } from './usage/Usages';
import { UsageTable } from './usage/UsageTable';
import { StorageSeries } from './storageSeries';
import { VolumeTable } from './volumes';

/** What Prometheus said of a window, by what it is about. */
export interface Findings {
  /** Seconds between two instants that were looked at. */
  stepSeconds: number;
  nodes: NodeRecords;
  clusters: ClusterNames;
  pods: PodRecords;
  owners: Owners;
  requests: RequestTable;
  states: ContainerStates;
  usages: Usages;
  gpus: GpuReadings;
  volumes: VolumeTable;
  /** Series there are of storage, and of usage. */
  storage: StorageSeries;
  measured: MeasuredHours;
  /** What cAdvisor says in place of what is read. */
  unread: UnreadUsage;
}

/** Scrapes by which what kube-state-metrics saw of a pod may be short of its time. */
const PLACED_WITHIN = 2;

/** How kube-state-metrics was scraped in a window. */
export interface Pace {
  /** Seconds between two scrapes. */
  spacingSeconds: number;
  /** Seconds of an hour it was scraped. */
  scrapedSeconds(hour: number): number;
}

/**
 * Asks 9 queries, and one more where usage is missing, however many containers and hours. One after another, to be
 * a small guest in somebody's Prometheus; each answer is read and dropped before
 * the next comes, to be a small guest in our memory.
 */
export async function find(
  asker: Asker,
  window: HourWindow,
  problems: Problems,
  { spacingSeconds, scrapedSeconds }: Pace,
): Promise<Findings> {
  const { select } = asker;
  const grid = Grid.create(spacingSeconds);
  const nodesAnswer = await asker.hourly(queries.nodesQuery(select, grid));
  const nodes = readNodes(window, nodesAnswer);
  const pods = readPods(
    window,
    await asker.hourly(queries.podsQuery(select, grid)),
  );
  addPodLabels(
    window,
    await asker.hourly(queries.podLabelsQuery(select)),
    pods,
  );
  const requests = RequestTable.read(
    window,
    await asker.bySlot(requestsQuery(select, grid)),
  );
  const states = ContainerStates.read(
    window,
    await asker.hourly(queries.containerStateQuery(select, grid)),
  );
  const gpuAnswer = await asker.bySlot(gpuQuery(select));
  const usage = await asker.bySlotFromStart(queries.usageQuery(select));
  const measured = readMeasuredHours(window, usage);
  return {
    stepSeconds: grid.stepSeconds,
    nodes,
    clusters: readClusterNames(window, nodesAnswer),
    pods,
    requests,
    states,
    gpus: readGpus(window, gpuAnswer, problems, { nodes, pods, requests }),
    usages: readUsage(
      window,
      usage,
      { nodes, pods, states, requests },
      { spacingSeconds, scrapedSeconds },
    ),
    measured,
    unread: isMeasured(window, measured)
      ? NOTHING_UNREAD
      : readUnreadUsage(window, await asker.hourly(unreadUsageQuery(select))),
    owners: Owners.read(
      await asker.once(queries.ownersQuery(select, window.length)),
    ),
    ...readVolumes(window, await asker.hourly(volumesQuery(select, grid))),
  };
}

function readVolumes(
  window: HourWindow,
  answer: PrometheusSeries[],
): Pick<Findings, 'volumes' | 'storage'> {
  return {
    volumes: VolumeTable.read(window, answer),
    storage: StorageSeries.read(window, answer),
  };
}

function readGpus(
  window: HourWindow,
  answer: PrometheusSeries[],
  problems: Problems,
  known: Pick<Findings, 'nodes' | 'pods' | 'requests'>,
): GpuReadings {
  const nodesOfPods = new Map<string, Set<string>>();
  const note = (key: string, nodes: Iterable<string>) => {
    const ofPod = nodesOfPods.get(key) ?? new Set<string>();
    nodesOfPods.set(key, ofPod);
    [...nodes].forEach(node => ofPod.add(node));
  };
  if (answer.length > 0) {
    for (const { namespace, pod, places } of known.pods.pods.values()) {
      note(keyOf(namespace, pod), places.keys());
      note(pod, places.keys());
    }
  }
  const knowledge: GpuKnowledge = {
    requestsDevice: container => requestsDevice(container, window, known),
    nodeOfPod: (namespace, pod) => {
      const key = namespace === undefined ? pod : keyOf(namespace, pod);
      const [node, ...others] = nodesOfPods.get(key) ?? [];
      return others.length === 0 ? node : undefined;
    },
    nodeOfAddress: address =>
      [...known.nodes].find(([, { addresses }]) => addresses.has(address))?.[0],
  };
  return GpuReadings.read(window, answer, problems, knowledge);
}

function requestsDevice(
  container: ContainerIdentity,
  window: HourWindow,
  { pods, requests }: Pick<Findings, 'pods' | 'requests'>,
): boolean | undefined {
  const known =
    pods.pods.has(keyOf(container.namespace, container.pod)) &&
    window.indexes().some(hour => requests.reported(hour));
  return known ? requests.asks(container, asksForGpu) : undefined;
}

function readUsage(
  window: HourWindow,
  answer: PrometheusSeries[],
  {
    nodes,
    pods,
    states,
    requests,
  }: Pick<Findings, 'nodes' | 'pods' | 'states' | 'requests'>,
  { spacingSeconds, scrapedSeconds }: Pace,
): Usages {
  const machines = Machines.of(nodes);
  return Usages.create(UsageTable.read(window, answer), {
    machineOf: ({ namespace, pod }) =>
      machines.largestOf(
        pods.pods.get(keyOf(namespace, pod))?.places.keys() ?? [],
      ),
    startedIn: (identity, slot) => {
      const from = window.startSeconds(0) + slot * SLOT_SECONDS;
      return states.startedWithin(identity, from, from + SLOT_SECONDS);
    },
    runTime: (identity, hour) => {
      const ranSeconds = states.ranSeconds(identity, hour);
      const untold = HOUR_SECONDS - scrapedSeconds(hour);
      return {
        // While kube-state-metrics was not scraped it may have run as well.
        ranSeconds: ranSeconds === undefined ? undefined : ranSeconds + untold,
        placed:
          untold > 0
            ? undefined
            : requests.placedSlots(identity.namespace, identity.pod, hour),
        placedWithin: PLACED_WITHIN * spacingSeconds,
      };
    },
  });
}
