import {
  ContainerHour,
  NodeHour,
  Observations,
} from '@headroom/plugin-cost-common';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { keyOf } from '../reading/labels';
import { Problems } from '../reading/Problems';
import { TargetScrapes } from '../reading/TargetScrapes';
import { Answers } from './ask';
import { devicesOf, GpuLayout, gpuLayout } from './gpuLayout';
import { GpuUse } from './gpuUse';
import {
  describeNode,
  NodeRecord,
  NodeRecords,
  readNodes,
  scrapesOfTargets,
} from './nodes';
import { Owners, Workload } from './owners';
import { PodRecord, PodRecords, readPods, secondsByNode } from './pods';
import { readRequests, RequestRecord, RequestRecords } from './requests';
import { UsageTable } from './usage';
import { readVolumes } from './volumes';

/** What a node was in one hour. */
interface NodeState {
  upSeconds: number;
  gpus: GpuLayout;
}

/** Puts the answers together, hour by hour. */
export class Assembly {
  readonly #window: HourWindow;
  readonly #problems: Problems;
  readonly #scrapes: TargetScrapes;
  readonly #nodes: NodeRecords;
  readonly #pods: PodRecords;
  readonly #owners: Owners;
  readonly #requests: RequestRecords;
  readonly #usage: UsageTable;
  readonly #gpuUse: GpuUse;
  readonly #region: string | undefined;
  readonly #longestInterval: number;
  readonly #result: Omit<Observations, 'problems' | 'queries'>;

  static assemble(
    window: HourWindow,
    answers: Answers,
    problems: Problems,
    region?: string,
  ): Omit<Observations, 'problems' | 'queries'> {
    const assembly = new Assembly(window, answers, problems, region);
    for (const hour of window.indexes()) {
      assembly.#assembleHour(hour);
    }
    assembly.#reportMissingLabels();
    return assembly.#result;
  }

  private constructor(
    window: HourWindow,
    answers: Answers,
    problems: Problems,
    region?: string,
  ) {
    const { intervals } = answers;
    this.#window = window;
    this.#problems = problems;
    this.#region = region;
    this.#longestInterval = Math.max(0, ...intervals.values());
    this.#nodes = readNodes(window, answers.nodes);
    this.#scrapes = TargetScrapes.create(
      scrapesOfTargets(this.#nodes),
      intervals,
      window.length,
    );
    this.#pods = readPods(window, {
      pods: answers.pods,
      phases: answers.phases,
      labels: answers.podLabels,
    });
    this.#owners = Owners.read(answers.owners);
    this.#requests = readRequests(window, answers.requests);
    this.#usage = UsageTable.read(window, intervals, {
      counts: answers.containers,
      lastRead: answers.lastRead,
      cpu: answers.cpu,
      memory: answers.memory,
    });
    this.#gpuUse = GpuUse.read(window, intervals, answers.gpu, problems);
    this.#result = {
      nodes: [],
      containers: [],
      volumes: readVolumes(window, this.#scrapes, answers.volumes),
      network: [],
      missingHours: [],
    };
  }

  #assembleHour(hour: number): void {
    const seen = new Map<string, number>();
    for (const [name, record] of this.#nodes) {
      const seconds = this.#scrapes.seconds(record.seen, hour);
      if (seconds > 0) {
        seen.set(name, seconds);
      }
    }
    if (seen.size === 0) {
      this.#result.missingHours.push(this.#window.hour(hour));
      return;
    }
    const scraped = Math.max(...seen.values());
    this.#reportPartialHour(hour, 'kube-state-metrics', scraped);
    this.#reportPartialHour(hour, 'cAdvisor', this.#usage.secondsScraped(hour));

    const places = this.#placesOfPods(hour, scraped === HOUR_SECONDS);
    if (scraped < HOUR_SECONDS) {
      raiseToPods(seen, places);
    }
    const states = this.#addNodes(hour, seen);
    const requestsReported = [...this.#requests.values()].some(ofPod =>
      [...ofPod.values()].some(request => request.cpuCores[hour] !== undefined),
    );
    for (const { pod, seconds } of places) {
      this.#addPod(hour, pod, seconds, states, requestsReported);
    }
  }

  /**
   * Where each pod was and for how long. kube-state-metrics decides; in an hour
   * it was not scraped throughout, what cAdvisor saw longer counts.
   */
  #placesOfPods(
    hour: number,
    scrapedThroughout: boolean,
  ): Array<{ pod: PodRecord; seconds: Map<string, number> }> {
    const places = [];
    for (const pod of this.#pods.pods.values()) {
      const seconds = secondsByNode(this.#pods, pod, hour, this.#scrapes);
      const total = sum(seconds.values());
      const running = this.#secondsRunning(pod, hour);
      if (total > 0) {
        if (!scrapedThroughout && running > total) {
          for (const [node, bound] of seconds) {
            seconds.set(node, (bound * running) / total);
          }
        }
        places.push({ pod, seconds });
      } else if (!scrapedThroughout && running > 0 && pod.bound.size === 1) {
        const [node] = pod.bound.keys();
        places.push({ pod, seconds: new Map([[node, running]]) });
      }
    }
    for (const { namespace, pod: name } of this.#usage.pods()) {
      if (!this.#pods.pods.has(keyOf(namespace, name))) {
        const pod: PodRecord = {
          namespace,
          pod: name,
          bound: new Map(),
          active: new Map(),
          labels: [],
        };
        const running = this.#secondsRunning(pod, hour);
        if (running > 2 * this.#longestInterval) {
          places.push({ pod, seconds: new Map([['', running]]) });
        }
      }
    }
    return places;
  }

  #secondsRunning({ namespace, pod }: PodRecord, hour: number): number {
    return Math.max(
      0,
      ...this.#usage
        .containersOf(namespace, pod)
        .map(
          container =>
            this.#usage.usage({ namespace, pod, container }, hour)?.seconds ??
            0,
        ),
    );
  }

  #addNodes(hour: number, seen: Map<string, number>): Map<string, NodeState> {
    const states = new Map<string, NodeState>();
    for (const [name, upSeconds] of seen) {
      const record = this.#nodes.get(name);
      const capacity = record && nearest(record.capacity, hour);
      if (!record || !capacity?.cpu || !capacity.memory) {
        this.#problem(
          hour,
          'node-without-capacity',
          'error',
          name,
          subjects =>
            `kube_node_status_capacity says nothing of nodes, so they can't be priced: ${subjects}`,
        );
      } else {
        const labels = nearest(record.labels, hour)?.labels ?? {};
        const gpus = gpuLayout(capacity, labels);
        states.set(name, { upSeconds, gpus });
        this.#result.nodes.push(
          this.#nodeHour(hour, name, upSeconds, record, capacity, gpus),
        );
        if (gpus.sharing) {
          this.#problem(
            hour,
            'gpu-sharing-approximated',
            'warning',
            `${name} (${gpus.sharing})`,
            subjects =>
              `GPU shares are priced as equal parts of a device, whatever their profile: ${subjects}`,
          );
        }
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
    gpus: GpuLayout,
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
      gpuModel: gpus.devices > 0 ? described.gpuModel : undefined,
      upSeconds,
    };
  }

  #addPod(
    hour: number,
    pod: PodRecord,
    places: Map<string, number>,
    states: Map<string, NodeState>,
    requestsReported: boolean,
  ): void {
    const { namespace, pod: name } = pod;
    const labels = nearest(pod.labels, hour)?.labels ?? {};
    const workload = this.#owners.workloadOf(pod, labels);
    const requests = this.#requests.get(keyOf(namespace, name));
    const total = sum(places.values());
    const containers = new Set([
      ...[...(requests?.values() ?? [])]
        .filter(request => hasRequest(request, hour))
        .map(({ identity }) => identity.container),
      ...this.#usage.containersOf(namespace, name),
    ]);
    for (const [node, seconds] of places) {
      const state = states.get(node);
      if (!state) {
        this.#problem(
          hour,
          'pod-without-node',
          'warning',
          `${namespace}/${name}`,
          subjects =>
            `Pods ran where no node is known: ${subjects}; is kube_pod_info complete?`,
        );
      }
      // A pod outlives its node in kube-state-metrics for a moment.
      const runSeconds = Math.min(seconds, state?.upSeconds ?? HOUR_SECONDS);
      for (const container of containers) {
        const request = requests?.get(container);
        const usage = this.#usage.usage(
          { namespace, pod: name, container },
          hour,
        );
        if (usage || (request && hasRequest(request, hour))) {
          this.#result.containers.push(
            this.#containerHour(hour, pod, container, {
              node: state && node,
              workload,
              labels,
              runSeconds,
              usageShare: seconds / total,
              request,
              requestsReported,
              gpus: state?.gpus,
            }),
          );
        }
      }
    }
  }

  #containerHour(
    hour: number,
    { namespace, pod }: PodRecord,
    container: string,
    place: {
      node: string | undefined;
      workload: Workload;
      labels: Record<string, string>;
      runSeconds: number;
      /** Share of the pod's hour spent on this node. */
      usageShare: number;
      request: RequestRecord | undefined;
      requestsReported: boolean;
      gpus: GpuLayout | undefined;
    },
  ): ContainerHour {
    const { runSeconds, usageShare, request, requestsReported } = place;
    const identity = { namespace, pod, container };
    const usage = this.#usage.usage(identity, hour);
    // Where requests are reported, a container that isn't listed has none.
    const none = requestsReported ? 0 : undefined;
    const gpuSeconds =
      devicesOf(request?.gpuUnits[hour], place.gpus) * runSeconds;
    return {
      hour: this.#window.hour(hour),
      ...identity,
      node: place.node,
      workloadKind: place.workload.kind,
      workload: place.workload.name,
      labels: place.labels,
      labelsSanitized: true,
      runSeconds,
      cpuRequestCoreSeconds: times(request?.cpuCores[hour], runSeconds) ?? none,
      cpuUsageCoreSeconds: times(usage?.cpuCoreSeconds, usageShare),
      memoryRequestByteSeconds:
        times(request?.memoryBytes[hour], runSeconds) ?? none,
      memoryUsageByteSeconds: times(usage?.memoryByteSeconds, usageShare),
      gpuRequestDeviceSeconds: gpuSeconds || none,
      gpuBusyDeviceSeconds:
        gpuSeconds > 0
          ? this.#gpuUse.busyDeviceSeconds(
              identity,
              hour,
              gpuSeconds,
              this.#problems,
            )
          : undefined,
    };
  }

  #reportPartialHour(hour: number, exporter: string, seconds: number): void {
    if (seconds === 0) {
      this.#problem(
        hour,
        'no-usage',
        'warning',
        exporter,
        subjects =>
          `There is nothing from ${subjects} in this hour: usage is unknown, requests are charged`,
      );
    } else if (seconds < HOUR_SECONDS) {
      this.#problem(
        hour,
        'partial-hour',
        'warning',
        `${exporter} ${Math.round(seconds / 60)} of 60 minutes`,
        subjects =>
          `Not all of this hour was scraped, and only what was seen is charged: ${subjects}`,
      );
    }
  }

  #reportMissingLabels(): void {
    const hasPods = this.#result.containers.length > 0;
    if (hasPods && !this.#pods.labelsReported) {
      this.#problems.add(
        { code: 'no-pod-labels', severity: 'warning' },
        'kube_pod_labels',
        () =>
          'kube_pod_labels has no labels, so workloads can only be linked by rules: start kube-state-metrics with --metric-labels-allowlist=pods=[*],nodes=[*]',
      );
    }
    const unnamed = this.#result.nodes.filter(node => !node.instanceType);
    for (const { node } of unnamed) {
      this.#problems.add(
        { code: 'no-instance-type', severity: 'warning' },
        node,
        subjects =>
          `kube_node_labels doesn't say the instance type, so prices are those of last resort: ${subjects}; start kube-state-metrics with --metric-labels-allowlist=pods=[*],nodes=[*]`,
      );
    }
  }

  #problem(
    hour: number,
    code: string,
    severity: 'info' | 'warning' | 'error',
    subject: string,
    message: (subjects: string) => string,
  ): void {
    this.#problems.add(
      { code, severity, hour: this.#window.hour(hour) },
      subject,
      message,
    );
  }
}

/** In an hour scraped in part, a node was up at least as long as its pods. */
function raiseToPods(
  seen: Map<string, number>,
  places: Array<{ seconds: Map<string, number> }>,
): void {
  for (const { seconds } of places) {
    for (const [node, running] of seconds) {
      const up = seen.get(node);
      if (up !== undefined && running > up) {
        seen.set(node, running);
      }
    }
  }
}

/** The value of an hour, else of the closest hour that has one, the earlier first. */
function nearest<T>(values: T[], hour: number): T | undefined {
  for (let distance = 0; distance < HOURS_TO_LOOK; distance++) {
    const value = values[hour - distance] ?? values[hour + distance];
    if (value !== undefined) {
      return value;
    }
  }
  return undefined;
}
/** Longest window that is read at once. */
const HOURS_TO_LOOK = 24;

function hasRequest(request: RequestRecord, hour: number): boolean {
  return (
    request.cpuCores[hour] !== undefined ||
    request.memoryBytes[hour] !== undefined ||
    request.gpuUnits[hour] !== undefined
  );
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) {
    total += value;
  }
  return total;
}

function times(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}
