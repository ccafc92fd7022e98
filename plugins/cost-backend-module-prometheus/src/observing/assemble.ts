import { setImmediate } from 'node:timers/promises';
import {
  ContainerHour,
  GpuDeviceHour,
  gpuLayoutOf,
  GpuNodeLayout,
  NodeHour,
  Observations,
} from '@headroom/plugin-cost-common';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { keyOf } from '../reading/labels';
import { Problems } from '../reading/Problems';
import { toContainerHour } from './containerHour';
import { Findings } from './findings';
import { sharesOfBoards } from './gpu/boardShares';
import { BoardShare, deviceHours } from './gpu/deviceHours';
import { gpuNodes } from './gpu/gpuNodes';
import { nearest } from './nearest';
import { describeNode, NodeRecord } from './nodes';
import { Place, placesOfPods, raiseToPods, sum } from './places';
import { reportLabels, reportScraped } from './reports';
import { hasRequest } from './requests';

type Assembled = Omit<Observations, 'problems' | 'queries'> & {
  devices: GpuDeviceHour[];
};

/** What a node was in one hour. */
interface NodeState {
  upSeconds: number;
  gpus: GpuNodeLayout;
}

/** Puts the answers together, hour by hour. */
export class Assembly {
  readonly #window: HourWindow;
  readonly #found: Findings;
  readonly #problems: Problems;
  readonly #region: string | undefined;
  readonly #result: Assembled;
  readonly #boardShare: BoardShare;

  /** Lets other work in between hours: a large cluster's window takes a while. */
  static async assemble(
    window: HourWindow,
    found: Findings,
    problems: Problems,
    region?: string,
  ): Promise<Assembled> {
    const assembly = new Assembly(window, found, problems, region);
    for (const hour of window.indexes()) {
      assembly.#assembleHour(hour);
      await setImmediate();
    }
    return assembly.#result;
  }

  private constructor(
    window: HourWindow,
    found: Findings,
    problems: Problems,
    region?: string,
  ) {
    this.#window = window;
    this.#found = found;
    this.#problems = problems;
    this.#region = region;
    this.#result = {
      nodes: [],
      containers: [],
      volumes: found.volumes,
      network: [],
      devices: [],
      missingHours: [],
    };
    const shares = sharesOfBoards(found.gpus.devices(), problems);
    this.#boardShare = device => shares.get(device) ?? 1;
  }

  #assembleHour(hour: number): void {
    const at = this.#window.hour(hour);
    const seen = new Map<string, number>();
    for (const [name, record] of this.#found.nodes) {
      const seconds = this.#found.scrapes.seconds(record.seen, hour);
      if (seconds > 0) {
        seen.set(name, seconds);
      }
    }
    if (seen.size === 0) {
      this.#result.missingHours.push(at);
      return;
    }
    const scraped = Math.max(...seen.values());
    const measured = this.#found.usage.secondsScraped(hour);
    reportScraped(this.#problems, at, 'kube-state-metrics', scraped);
    reportScraped(this.#problems, at, 'cAdvisor', measured);

    const places = placesOfPods(this.#found, hour, scraped === HOUR_SECONDS);
    if (scraped < HOUR_SECONDS) {
      raiseToPods(seen, places);
    }
    const firstNode = this.#result.nodes.length;
    const states = this.#addNodes(hour, seen);
    reportLabels(
      this.#problems,
      at,
      this.#result.nodes.slice(firstNode),
      this.#found.pods.labelsReported[hour] ?? false,
    );
    const requestsReported = [...this.#found.requests.values()].some(ofPod =>
      [...ofPod.values()].some(request => hasRequest(request, hour)),
    );
    const firstContainer = this.#result.containers.length;
    for (const place of places) {
      this.#addPod(hour, place, states, requestsReported);
    }
    this.#addDevices(
      hour,
      this.#result.nodes.slice(firstNode),
      states,
      this.#result.containers.slice(firstContainer),
    );
  }

  #addDevices(
    hour: number,
    nodes: NodeHour[],
    states: Map<string, NodeState>,
    containers: ContainerHour[],
  ): void {
    const devices = deviceHours(
      hour,
      this.#window,
      this.#found.gpus,
      gpuNodes(nodes, containers, node => states.get(node)?.gpus),
      this.#boardShare,
      this.#problems,
    );
    for (const device of devices) {
      this.#result.devices.push(device);
    }
  }

  #addNodes(hour: number, seen: Map<string, number>): Map<string, NodeState> {
    const states = new Map<string, NodeState>();
    for (const [name, upSeconds] of seen) {
      const record = this.#found.nodes.get(name);
      const capacity = record && nearest(record.capacity, hour);
      if (!record || !capacity?.cpu || !capacity.memory) {
        this.#problems.add(
          {
            code: 'node-without-capacity',
            severity: 'error',
            hour: this.#window.hour(hour),
          },
          name,
          subjects =>
            `kube_node_status_capacity says nothing of nodes, so they can't be priced: ${subjects}`,
        );
      } else {
        const labels = nearest(record.labels, hour)?.labels ?? {};
        const gpus = gpuLayoutOf({ capacity, labels });
        states.set(name, { upSeconds, gpus });
        this.#result.nodes.push(
          this.#nodeHour(hour, name, upSeconds, record, capacity, gpus),
        );
        this.#reportLayout(hour, name, gpus);
      }
    }
    return states;
  }

  #nodeHour(
    hour: number,
    node: string,
    upSeconds: number,
    record: NodeRecord,
    capacity: Record<string, number>,
    gpus: GpuNodeLayout,
  ): NodeHour {
    const described = describeNode(nearest(record.labels, hour)?.labels ?? {});
    return {
      hour: this.#window.hour(hour),
      node,
      ...described,
      region: described.region ?? this.#region,
      cpuCores: capacity.cpu,
      memoryBytes: capacity.memory,
      gpuDevices: gpus.devices,
      gpuModel: gpus.devices > 0 ? gpus.model ?? described.gpuModel : undefined,
      upSeconds,
    };
  }

  #reportLayout(hour: number, node: string, { problems }: GpuNodeLayout): void {
    for (const { code, message } of problems) {
      this.#problems.add(
        { code, severity: 'warning', hour: this.#window.hour(hour) },
        node,
        subjects => `${message}: ${subjects}`,
      );
    }
  }

  #addPod(
    hour: number,
    { pod, seconds: places }: Place,
    states: Map<string, NodeState>,
    requestsReported: boolean,
  ): void {
    const { namespace, pod: name } = pod;
    const at = this.#window.hour(hour);
    const labels = nearest(pod.labels, hour)?.labels ?? {};
    const workload = this.#found.owners.workloadOf(pod, labels);
    const requests = this.#found.requests.get(keyOf(namespace, name));
    const total = sum(places.values());
    const longest = Math.max(...places.values());
    const run = this.#found.owners.runOf(pod);
    const containers = new Set([
      ...(requests?.keys() ?? []),
      ...this.#found.usage.containersOf(namespace, name),
    ]);
    for (const [node, seconds] of places) {
      const state = states.get(node);
      if (!state) {
        this.#problems.add(
          { code: 'pod-without-node', severity: 'warning', hour: at },
          `${namespace}/${name}`,
          subjects =>
            `Pods ran where no node is known: ${subjects}; is kube_pod_info complete?`,
        );
      }
      // A pod outlives its node in kube-state-metrics for a moment.
      const runSeconds = Math.min(seconds, state?.upSeconds ?? HOUR_SECONDS);
      for (const container of containers) {
        const identity = { namespace, pod: name, container };
        const request = requests?.get(container);
        const usage = this.#found.usage.usage(identity, hour);
        if (usage || (request && hasRequest(request, hour))) {
          const stay = {
            hour: at,
            hourIndex: hour,
            identity,
            node: state && node,
            workload,
            labels,
            runSeconds,
            usageShare: seconds / total,
            request,
            requestsReported,
            usage,
            gpus: state?.gpus,
            state: this.#found.states.state(identity, hour, requestsReported),
            samples:
              seconds === longest
                ? this.#found.samples.samples(identity, hour)
                : undefined,
            run,
          };
          this.#result.containers.push(
            toContainerHour(stay, {
              claimed: this.#found.gpus.claimedDeviceSeconds(
                identity,
                hour,
                this.#boardShare,
              ),
              busy: reserved =>
                this.#found.gpus.busyDeviceSeconds(
                  identity,
                  hour,
                  reserved,
                  this.#boardShare,
                ),
            }),
          );
        }
      }
    }
  }
}
