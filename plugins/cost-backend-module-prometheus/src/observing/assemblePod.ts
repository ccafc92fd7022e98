import { ContainerHour } from '@headroom/plugin-cost-common';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { Problems } from '../reading/Problems';
import { toContainerHour } from './containerHour';
import { Findings } from './findings';
import { BoardShare } from './gpu/deviceHours';
import { mergeLabels } from './labelSets';
import { nearest } from './nearest';
import { Place } from './places';
import { podLevelHour } from './podLevel';
import { reportNoNode, reportSetAside } from './reports';
import { requestOn } from './requests';
import { sum } from '../reading/collections';
import { NodeState } from './nodeState';

/** @internal */
export interface PodAssemblyOptions {
  window: HourWindow;
  found: Findings;
  problems: Problems;
  boardShare: BoardShare;
}

/** Where a pod was for a part of an hour. */
interface PodStay {
  node: string;
  /** Seconds on this node that are charged. */
  seconds: number;
  /** Share of the pod's time that was on this node. */
  share: number;
  /** Seconds charged for each second that kube-state-metrics listed. */
  factor: number;
  /** The node it was longest on. */
  isLongest: boolean;
}

/** Puts together what is known of a pod's containers in an hour. */
export class PodAssembly {
  readonly #options: PodAssemblyOptions;

  static create(options: PodAssemblyOptions): PodAssembly {
    return new PodAssembly(options);
  }

  private constructor(options: PodAssemblyOptions) {
    this.#options = options;
  }

  /** Containers of a pod on each node it was on, and what the pod has beside them. */
  hoursOf(
    hour: number,
    place: Place,
    states: Map<string, NodeState>,
  ): ContainerHour[] {
    return staysOfPod(place).flatMap(stay =>
      this.#hoursOn(hour, place, stay, states.get(stay.node)),
    );
  }

  #hoursOn(
    hour: number,
    { pod }: Place,
    stay: PodStay,
    state: NodeState | undefined,
  ): ContainerHour[] {
    const { window, found, problems } = this.#options;
    const { namespace, pod: name } = pod;
    const at = window.hour(hour);
    if (!state) {
      reportNoNode(problems, at, `${namespace}/${name}`);
    }
    const labels = mergeLabels(nearest(pod.labels, hour) ?? []);
    const workload = found.owners.workloadOf(pod, labels);
    const ofPod = found.requests.of(namespace, name);
    const requestsOf = (requests: Parameters<typeof requestOn>[0]) =>
      requestOn(requests, hour, stay.node, stay.share, stay.factor);
    const beyond = {
      reserved: requestsOf(ofPod?.reserved),
      spec: requestsOf(ofPod?.spec),
      overhead: requestsOf(ofPod?.overhead),
    };
    const shared = {
      hour: at,
      node: state && stay.node,
      // A pod outlives its node in kube-state-metrics for a moment.
      runSeconds: Math.min(stay.seconds, state?.upSeconds ?? HOUR_SECONDS),
      labels,
    };
    const containers = new Set([
      ...(ofPod?.containers.keys() ?? []),
      ...found.usages.containersOf(namespace, name),
    ]);
    const hours = [...containers].flatMap(container => {
      const identity = { namespace, pod: name, container };
      const request = requestsOf(ofPod?.containers.get(container));
      const usage = found.usages.usage(identity, hour);
      if (!usage && !request) {
        return [];
      }
      if (usage && usage.setAside > 0) {
        reportSetAside(problems, at, `${namespace}/${name}/${container}`);
      }
      const requestsReported = found.requests.reported(hour);
      // Where only the pod asks for something, its containers' share of it isn't known.
      const askedByPod = !request && (beyond.spec ?? beyond.reserved);
      return [
        toContainerHour(
          {
            ...shared,
            identity,
            workload,
            usageShare: stay.share,
            request,
            requestsReported,
            usage,
            gpus: state?.gpus,
            state: found.states.state(
              identity,
              hour,
              requestsReported && !askedByPod,
            ),
            withSamples: stay.isLongest,
            run: found.owners.runOf(pod),
          },
          this.#gpusOf(identity, hour),
        ),
      ];
    });
    const podLevel = podLevelHour(
      beyond,
      {
        ...shared,
        namespace,
        pod: name,
        workloadKind: workload.kind,
        workload: workload.name,
        labelsSanitized: true,
      },
      hours,
    );
    return podLevel ? [...hours, podLevel] : hours;
  }

  #gpusOf(identity: Parameters<Findings['usages']['usage']>[0], hour: number) {
    const { found, boardShare } = this.#options;
    return {
      claimed: found.gpus.claimedDeviceSeconds(identity, hour, boardShare),
      busy: (reserved: number) =>
        found.gpus.busyDeviceSeconds(identity, hour, reserved, boardShare),
    };
  }
}

function staysOfPod({ seconds, listed }: Place): PodStay[] {
  const total = sum(seconds.values());
  const longest = Math.max(...seconds.values());
  let isFirst = true;
  return [...seconds].map(([node, each]) => {
    const isLongest = each === longest && isFirst;
    isFirst &&= !isLongest;
    const ofNode = listed.get(node) ?? 0;
    return {
      node,
      seconds: each,
      share: each / total,
      factor: ofNode > 0 ? each / ofNode : 1,
      isLongest,
    };
  });
}
