import {
  ContainerHour,
  digestOfHour,
  encodeDigest,
  LARGEST_VALUE,
  mostCores,
  NodeHour,
  POD_LEVEL_CONTAINER,
  SLOTS_PER_HOUR,
  wordIngest,
} from '@headroom/plugin-cost-common';
import { ProblemLog, Worded } from '@headroom/common';
import { UsageRow } from '../../database/UsageStore';

/** Containers between two steps: about a millisecond. */
const CONTAINERS_A_STEP = 50;

const SERIES = ['cpuCores', 'memoryBytes'] as const;

/**
 * A digest a container of what ran in an hour, in steps of about a millisecond;
 * undefined when the source has no samples of it. Samples that can't be are
 * reported; in the digest they are not known.
 */
export function* hourUsageInSteps(
  hour: string,
  { nodes, containers }: { nodes: NodeHour[]; containers: ContainerHour[] },
  problems: ProblemLog,
): Generator<void, UsageRow[] | undefined> {
  if (!containers.some(({ samples }) => samples)) {
    return undefined;
  }
  const pools = new Map(nodes.map(({ node, nodePool }) => [node, nodePool]));
  const nodePoolOf = (node: string) => pools.get(node);
  const cores = new Map(
    nodes.flatMap(({ node, cpuCores }) =>
      cpuCores > 0 ? [[node, cpuCores] as const] : [],
    ),
  );
  const coresOf = (node: string) => cores.get(node);
  const rows: UsageRow[] = [];
  let since = 0;
  for (const pods of byWorkloadContainer(containers).values()) {
    pods.forEach(pod => {
      reportSamples(pod, problems);
      reportCores(pod, coresOf, problems);
    });
    // What a pod has beside its containers is no container to advise.
    const isContainer = pods[0].container !== POD_LEVEL_CONTAINER;
    if (isContainer && pods.some(saysSomething)) {
      const digest = digestOfHour({
        hour,
        containers: pods,
        nodePoolOf,
        coresOf,
      });
      const { namespace, workloadKind, workload, container } = pods[0];
      rows.push({
        bucket: 'workload',
        namespace,
        workloadKind,
        workload,
        container,
        data: encodeDigest(digest),
      });
    }
    since += pods.length;
    if (since > CONTAINERS_A_STEP) {
      since = 0;
      yield;
    }
  }
  return rows;
}

/** A kill may be learnt of in the hour after the last one it ran in. */
function saysSomething({
  runSeconds,
  samples,
  oomKills = 0,
}: ContainerHour): boolean {
  return runSeconds > 0 || samples !== undefined || oomKills > 0;
}

function byWorkloadContainer(
  containers: readonly ContainerHour[],
): Map<string, ContainerHour[]> {
  const groups = new Map<string, ContainerHour[]>();
  for (const each of containers) {
    const key = `${each.namespace}\0${each.workloadKind}\0${each.workload}\0${each.container}`;
    const group = groups.get(key);
    if (group) {
      group.push(each);
    } else {
      groups.set(key, [each]);
    }
  }
  return groups;
}

function reportSamples(pod: ContainerHour, problems: ProblemLog): void {
  for (const name of SERIES) {
    const series = pod.samples?.[name];
    const say = series && whatIsWrong(series);
    if (say) {
      const example = `${pod.namespace}/${pod.pod}/${pod.container}`;
      problems.add('warning', 'invalid-samples', name, count =>
        say({
          count,
          series: name,
          example,
          slots: SLOTS_PER_HOUR,
          most: LARGEST_VALUE,
        }),
      );
    }
  }
}

function reportCores(
  { namespace, pod, container, node, samples }: ContainerHour,
  coresOf: (node: string) => number | undefined,
  problems: ProblemLog,
): void {
  const cores = node === undefined ? undefined : coresOf(node);
  const most = mostCores(cores);
  const above = samples?.cpuCores?.find(
    value => value !== null && value > most,
  );
  if (above !== undefined && above !== null) {
    problems.add('warning', 'usage-above-node', 'cpuCores', count =>
      wordIngest('samplesAboveNode', {
        count,
        used: above,
        example: `${namespace}/${pod}/${container}`,
        node: node ?? '',
        cores: cores ?? '',
      }),
    );
  }
}

/** Of how many containers something is wrong with samples, and with which. */
interface WrongSamples {
  count: number;
  series: string;
  example: string;
  slots: number;
  most: number;
}

/** What is wrong with a series, to be said of all containers of which it is. */
function whatIsWrong(
  series: ReadonlyArray<number | null>,
): ((of: WrongSamples) => Worded) | undefined {
  const { length } = series;
  if (length !== SLOTS_PER_HOUR) {
    return of => wordIngest('samplesOfWrongLength', { ...of, length });
  }
  for (const value of series) {
    if (value !== null && !(value >= 0 && value <= LARGEST_VALUE)) {
      return of => wordIngest('samplesInvalid', { ...of, value });
    }
  }
  return undefined;
}
