import { NodeHour, Observations } from '@headroom/plugin-cost-common';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { keyOf } from '../reading/labels';
import { Problems } from '../reading/Problems';
import { TargetScrapes } from '../reading/TargetScrapes';
import { Answers } from './ask';
import { toContainerHour } from './containerHour';
import { GpuLayout, gpuLayout } from './gpuLayout';
import { GpuUse } from './gpuUse';
import { nearest } from './nearest';
import {
  describeNode,
  NodeRecord,
  NodeRecords,
  readNodes,
  scrapesOfTargets,
} from './nodes';
import { Owners } from './owners';
import { Place, placesOfPods, raiseToPods, sum } from './places';
import { PodRecords, readPods } from './pods';
import { reportLabels, reportScraped } from './reports';
import { hasRequest, readRequests, RequestRecords } from './requests';
import { UsageTable } from './usage';
import { readVolumes } from './volumes';

type Assembled = Omit<Observations, 'problems' | 'queries'>;

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
  readonly #result: Assembled;

  static assemble(
    window: HourWindow,
    answers: Answers,
    problems: Problems,
    region?: string,
  ): Assembled {
    const assembly = new Assembly(window, answers, problems, region);
    for (const hour of window.indexes()) {
      assembly.#assembleHour(hour);
    }
    const { nodes } = assembly.#result;
    reportLabels(problems, nodes, assembly.#pods.labelsReported);
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
    const at = this.#window.hour(hour);
    const seen = new Map<string, number>();
    for (const [name, record] of this.#nodes) {
      const seconds = this.#scrapes.seconds(record.seen, hour);
      if (seconds > 0) {
        seen.set(name, seconds);
      }
    }
    if (seen.size === 0) {
      this.#result.missingHours.push(at);
      return;
    }
    const scraped = Math.max(...seen.values());
    const measured = this.#usage.secondsScraped(hour);
    reportScraped(this.#problems, at, 'kube-state-metrics', scraped);
    reportScraped(this.#problems, at, 'cAdvisor', measured);

    const places = placesOfPods(
      {
        pods: this.#pods,
        usage: this.#usage,
        scrapes: this.#scrapes,
        longestInterval: this.#longestInterval,
      },
      hour,
      scraped === HOUR_SECONDS,
    );
    if (scraped < HOUR_SECONDS) {
      raiseToPods(seen, places);
    }
    const states = this.#addNodes(hour, seen);
    const requestsReported = [...this.#requests.values()].some(ofPod =>
      [...ofPod.values()].some(request => hasRequest(request, hour)),
    );
    for (const place of places) {
      this.#addPod(hour, place, states, requestsReported);
    }
  }

  #addNodes(hour: number, seen: Map<string, number>): Map<string, NodeState> {
    const states = new Map<string, NodeState>();
    for (const [name, upSeconds] of seen) {
      const record = this.#nodes.get(name);
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
        const gpus = gpuLayout(capacity, labels);
        states.set(name, { upSeconds, gpus });
        this.#result.nodes.push(
          this.#nodeHour(hour, name, upSeconds, record, capacity, gpus),
        );
        this.#reportSharing(hour, name, gpus);
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

  #reportSharing(hour: number, node: string, { sharing }: GpuLayout): void {
    if (sharing) {
      this.#problems.add(
        {
          code: 'gpu-sharing-approximated',
          severity: 'warning',
          hour: this.#window.hour(hour),
        },
        `${node} (${sharing})`,
        subjects =>
          `GPU shares are priced as equal parts of a device, whatever their profile: ${subjects}`,
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
    const workload = this.#owners.workloadOf(pod, labels);
    const requests = this.#requests.get(keyOf(namespace, name));
    const total = sum(places.values());
    const containers = new Set([
      ...(requests?.keys() ?? []),
      ...this.#usage.containersOf(namespace, name),
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
        const usage = this.#usage.usage(identity, hour);
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
          };
          this.#result.containers.push(
            toContainerHour(stay, reserved =>
              this.#gpuUse.busyDeviceSeconds(
                identity,
                hour,
                reserved,
                this.#problems,
              ),
            ),
          );
        }
      }
    }
  }
}
