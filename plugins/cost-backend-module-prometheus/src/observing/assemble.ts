import { setImmediate } from 'node:timers/promises';
import { wordAll } from '@headroom/common';
import {
  GpuDeviceHour,
  gpuLayoutOf,
  GpuNodeLayout,
  NodeHour,
  NodeLabelRules,
  Observations,
  podPlatformOf,
  VolumeHour,
  wordPrometheus,
} from '@headroom/plugin-cost-common';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { sum } from '../reading/collections';
import { keyOf } from '../reading/labels';
import { Problems } from '../reading/Problems';
import { Scraped } from '../reading/ScrapeClock';
import { PodAssembly } from './assemblePod';
import { Findings } from './findings';
import { sharesOfBoards } from './gpu/boardShares';
import { BoardShare, deviceHours } from './gpu/deviceHours';
import { boardsSeen, gpuNodes } from './gpu/gpuNodes';
import { shareReservations } from './gpu/reservations';
import { reportMissingSeries } from './missingSeries';
import { describeNode, MachineNames } from './nodes';
import { NodeStay, staysOf } from './nodeStays';
import { Place, placesOfPods, raiseToPods, wholeHour } from './places';
import * as reports from './reports';
import { reportSeveralClusters, severalClusters } from './severalClusters';
import { reportUnheard, unheardNodes } from './unheardNodes';
import { reportNoUsage } from './usage/reportUnread';
import { NodeState } from './nodeState';
import { silentNodes } from './usage/silentNodes';

type Assembled = Omit<Observations, 'problems' | 'queries'> & {
  devices: GpuDeviceHour[];
};

/** More addresses than these only make a sentence long. */
const NAMED_TARGETS = 3;

/** Puts the answers together, hour by hour. */
export class Assembly {
  readonly #window: HourWindow;
  readonly #found: Findings;
  readonly #scraped: (hour: number) => Scraped;
  readonly #problems: Problems;
  readonly #region: string | undefined;
  readonly #nodeLabels: NodeLabelRules | undefined;
  readonly #result: Assembled;
  readonly #boardShare: BoardShare;
  readonly #pods: PodAssembly;

  /**
   * Lets other work in between hours: a large cluster's window takes a while.
   *
   * @param scraped - how much of an hour kube-state-metrics was scraped
   */
  static async assemble(options: {
    window: HourWindow;
    found: Findings;
    scraped: (hour: number) => Scraped;
    problems: Problems;
    region?: string;
    /** Labels of nodes that configuration adds. */
    nodeLabels?: NodeLabelRules;
  }): Promise<Assembled> {
    const assembly = new Assembly(options);
    for (const hour of options.window.indexes()) {
      assembly.#assembleHour(hour);
      await setImmediate();
    }
    return assembly.#result;
  }

  private constructor(options: Parameters<typeof Assembly.assemble>[0]) {
    const { window, found, problems } = options;
    this.#window = window;
    this.#found = found;
    this.#scraped = options.scraped;
    this.#problems = problems;
    this.#region = options.region;
    this.#nodeLabels = options.nodeLabels;
    this.#result = {
      nodes: [],
      containers: [],
      volumes: [],
      network: [],
      devices: [],
      missingHours: [],
    };
    const shares = sharesOfBoards(found.gpus.devices(), problems);
    this.#boardShare = device => shares.get(device) ?? 1;
    this.#pods = PodAssembly.create({
      window,
      found,
      problems,
      boardShare: this.#boardShare,
    });
  }

  #assembleHour(hour: number): void {
    const at = this.#window.hour(hour);
    const seen = this.#nodesSeen(hour);
    if (seen.size === 0) {
      this.#result.missingHours.push(at);
      return;
    }
    const scraped = this.#scraped(hour);
    this.#reportScrapes(hour, scraped);
    const throughout = scraped.seconds === HOUR_SECONDS;
    const places = placesOfPods(this.#found, hour, throughout);
    if (!throughout) {
      raiseToPods(seen, places);
    }
    const volumes = this.#volumesOf(hour, scraped.seconds, places);
    volumes.forEach(volume => this.#result.volumes.push(volume));
    const firstNode = this.#result.nodes.length;
    const states = this.#addNodes(hour, seen);
    const nodes = this.#result.nodes.slice(firstNode);
    reports.reportLabels(
      this.#problems,
      at,
      nodes,
      this.#found.pods.labelsReported[hour] ?? false,
    );
    const layoutOf = (node: string) => states.get(node)?.gpus;
    const { containers, sharers, untold } = shareReservations(
      places.flatMap(place => this.#pods.hoursOf(hour, place, states)),
      ({ namespace, pod }) =>
        this.#found.pods.pods.get(keyOf(namespace, pod))?.gpuFractions?.[hour],
      layoutOf,
    );
    reports.reportUntoldFractions(this.#problems, at, untold);
    containers.forEach(container => this.#result.containers.push(container));
    this.#reportSilentNodes(hour, places, nodes);
    const several = severalClusters(this.#found, hour);
    if (several) {
      reportSeveralClusters(this.#problems, at, several);
    }
    reportMissingSeries(this.#problems, this.#found, {
      index: hour,
      at,
      places,
      containers,
      volumes,
    });
    const devices = deviceHours(
      hour,
      this.#window,
      this.#found.gpus,
      gpuNodes(nodes, containers, layoutOf),
      this.#boardShare,
      this.#problems,
      key => sharers.get(key),
    );
    devices.forEach(device => this.#result.devices.push(device));
  }

  #volumesOf(
    hour: number,
    scrapedSeconds: number,
    places: Place[],
  ): VolumeHour[] {
    const held = new Map(
      scrapedSeconds < HOUR_SECONDS
        ? places.map(({ pod, seconds }) => [
            keyOf(pod.namespace, pod.pod),
            sum(seconds.values()),
          ])
        : [],
    );
    return this.#found.volumes.ofHour(hour, {
      stepSeconds: this.#found.stepSeconds,
      scrapedSeconds,
      heldSeconds: (namespace, pod) => held.get(keyOf(namespace, pod)) ?? 0,
    });
  }

  /** Seconds each node was there. */
  #nodesSeen(hour: number): Map<string, number> {
    const seen = new Map<string, number>();
    for (const [name, { seconds }] of this.#found.nodes) {
      if (seconds[hour] > 0) {
        seen.set(name, wholeHour(seconds[hour], this.#found.stepSeconds));
      }
    }
    return seen;
  }

  #addNodes(hour: number, seen: Map<string, number>): Map<string, NodeState> {
    const states = new Map<string, NodeState>();
    const boards = boardsSeen(this.#found.gpus.devicesOf(hour), seen.keys());
    for (const [name, upSeconds] of seen) {
      const record = this.#found.nodes.get(name);
      const stays = record
        ? staysOf(record, hour, upSeconds, { rules: this.#nodeLabels })
        : [];
      const known = stays.filter(
        ({ capacity }) => capacity.cpu && capacity.memory,
      );
      if (known.length === 0) {
        reports.reportNoCapacity(this.#problems, this.#window.hour(hour), name);
      }
      for (const stay of known) {
        const described = describeNode(stay.labels, {
          node: name,
          rules: this.#nodeLabels,
        });
        const { instanceType } = described;
        const gpus = gpuLayoutOf({
          ...stay,
          instanceType,
          seenBoards: boards.get(name),
        });
        states.set(name, { upSeconds, gpus });
        this.#addNode(hour, name, stay, described, gpus);
      }
    }
    return states;
  }

  #addNode(
    hour: number,
    node: string,
    { seconds, capacity }: NodeStay,
    described: ReturnType<typeof describeNode>,
    gpus: GpuNodeLayout,
  ): void {
    const at = this.#window.hour(hour);
    this.#result.nodes.push({
      hour: at,
      node,
      ...described,
      region: described.region ?? this.#region,
      ...providerOf(this.#found.nodes.get(node)?.machines[hour]),
      cpuCores: capacity.cpu,
      memoryBytes: capacity.memory,
      gpuDevices: gpus.devices,
      gpuModel: gpus.devices > 0 ? gpus.model ?? described.gpuModel : undefined,
      upSeconds: seconds,
    });
    reports.reportLayout(this.#problems, at, node, gpus.problems);
  }

  #reportScrapes(hour: number, scraped: Scraped): void {
    const at = this.#window.hour(hour);
    const measured = this.#found.usages.scrapedSeconds(hour);
    const { silent = [] } = scraped;
    reports.reportScraped(
      this.#problems,
      at,
      silent.length > 0
        ? wordPrometheus('stateMetricsAt', {
            targets: wordAll(silent, NAMED_TARGETS),
          })
        : 'kube-state-metrics',
      scraped.seconds,
    );
    if (measured === 0) {
      reportNoUsage(this.#problems, at, hour, this.#found.unread);
    } else {
      reports.reportScraped(this.#problems, at, 'cAdvisor', measured);
    }
  }

  /** Nodes of which nothing was heard, and those whose cAdvisor was silent while that of others spoke. */
  #reportSilentNodes(hour: number, places: Place[], nodes: NodeHour[]): void {
    const { requests, usages } = this.#found;
    // What is billed by its pods is charged by what they request.
    const billedByPods = new Set(
      nodes.filter(podPlatformOf).map(({ node }) => node),
    );
    const at = this.#window.hour(hour);
    const unheard = unheardNodes(this.#found, hour, places).filter(
      node => !billedByPods.has(node),
    );
    reportUnheard(this.#problems, at, unheard);
    const silent = silentNodes(
      hour,
      places,
      requests,
      usages.seenIn(hour),
    ).filter(({ node }) => !unheard.includes(node));
    for (const each of silent) {
      reports.reportSilentNode(
        this.#problems,
        at,
        each,
        billedByPods.has(each.node) ? 'info' : 'warning',
      );
    }
  }
}

/** Known where the node was one machine all hour. */
function providerOf(
  names: MachineNames | undefined,
): Pick<NodeHour, 'providerId'> {
  const [providerId, ...others] = names?.provider ?? [];
  return providerId && others.length === 0 ? { providerId } : {};
}
