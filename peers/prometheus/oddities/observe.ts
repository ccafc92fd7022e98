import { ConfigReader } from '@backstage/config';
import { readClusters } from '@headroom/plugin-clusters-node';
import {
  allocateHour,
  AllocatedHour,
  builtInPriceBook,
  ContainerHour,
  createNodePricer,
  Observations,
} from '@headroom/plugin-cost-common';
import { createSource } from '../ingest';
import { HOURS, START } from './series';

const STORAGE_GIB_HOUR = '0.00005479452';

/** What Headroom makes of one small cluster. */
export interface Seen {
  observations: Observations;
  /** By hour. */
  hours: AllocatedHour[];
}

/** Reads a small cluster out of the Prometheus that holds all of them. */
export async function observe(
  url: string,
  cluster: string,
  hoursOf = HOURS,
): Promise<Seen> {
  const [config] = readClusters(
    new ConfigReader({
      headroom: {
        clusters: [
          {
            name: cluster,
            prometheus: { url, matchers: { cluster } },
          },
        ],
      },
    }),
  );
  const observations = await createSource().observe({
    cluster: config,
    start: new Date(START * 1000),
    end: new Date((START + hoursOf * 3600) * 1000),
    signal: AbortSignal.timeout(120_000),
  });
  const priceNode = createNodePricer({ builtIn: builtInPriceBook });
  const hours = Array.from({ length: hoursOf }, (_, index) => {
    const hour = new Date((START + index * 3600) * 1000).toISOString();
    const ofHour = <T extends { hour: string }>(rows: T[]) =>
      rows.filter(row => row.hour === hour);
    return allocateHour({
      hour,
      nodes: ofHour(observations.nodes),
      containers: ofHour(observations.containers),
      volumes: ofHour(observations.volumes),
      network: [],
      priceNode,
      priceVolume: () => ({ gibHourPrice: STORAGE_GIB_HOUR, kind: 'config' }),
      priceNetwork: () => 0n,
    });
  });
  return { observations, hours };
}

/** What a workload is charged in an hour. */
export function chargeOf({ hours }: Seen, hour: number, workload: string) {
  const rows = hours[hour].rows.filter(row => row.workload === workload);
  const sum = (of: (row: (typeof rows)[number]) => number) =>
    rows.reduce((total, row) => total + of(row), 0);
  return {
    dollars: sum(({ cost }) => Number(cost.cpu + cost.memory + cost.gpu)) / 1e6,
    memoryDollars: sum(({ cost }) => Number(cost.memory)) / 1e6,
    storageDollars: sum(({ cost }) => Number(cost.storage)) / 1e6,
    coreHours: sum(row => row.cpuCoreHours),
    usedCoreHours: sum(row => row.cpuUsageCoreHours),
    gibHours: sum(row => row.memoryByteHours) / 2 ** 30,
    gpuHours: sum(row => row.gpuHours),
    storageGibHours: sum(row => row.storageByteHours) / 2 ** 30,
  };
}

/** Codes of problems that are more than a remark, in an hour or in none. */
export function problemsOf({ observations }: Seen, hour?: number): string[] {
  const at =
    hour === undefined
      ? undefined
      : new Date((START + hour * 3600) * 1000).toISOString();
  return observations.problems
    .filter(({ severity }) => severity !== 'info')
    .filter(problem => !problem.hour || !at || problem.hour === at)
    .map(({ code }) => code)
    .sort();
}

export function containersOf(
  { observations }: Seen,
  hour: number,
): ContainerHour[] {
  const at = new Date((START + hour * 3600) * 1000).toISOString();
  return observations.containers.filter(each => each.hour === at);
}
