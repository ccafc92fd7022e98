import { ContainerHour, SLOTS_PER_HOUR } from '@headroom/plugin-cost-common';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { sum } from '../reading/collections';
import { ContainerIdentity } from '../reading/labels';
import { Problems } from '../reading/Problems';
import { toContainerHour } from './containerHour';
import { Findings } from './findings';
import { BoardShare } from './gpu/deviceHours';
import { DeviceReadings } from './gpu/DeviceReadings';
import { devicePlaces } from './gpu/gpuNodes';
import { mergeLabels } from './labelSets';
import { nearest } from './nearest';
import { NodeState } from './nodeState';
import { Place } from './places';
import { demandsOn } from './podDemands';
import { podLevelHour } from './podLevel';
import { PodStay, podStays } from './podStays';
import { reportNoNode, reportSetAside } from './reports';
import { slotsOf } from './requests';
import { requestsOn } from './requestSlots';
import { HourUsage } from './usage/containerUsage';

/** How much of what a pod had of a device it had on one node. */
type HereShare = (device: DeviceReadings) => number;

/** @internal */
export interface PodAssemblyOptions {
  window: HourWindow;
  found: Findings;
  problems: Problems;
  boardShare: BoardShare;
}

/** Puts together what is known of a pod's containers in an hour. */
export class PodAssembly {
  readonly #options: PodAssemblyOptions;
  readonly #placeOf: ReturnType<typeof devicePlaces>;

  static create(options: PodAssemblyOptions): PodAssembly {
    return new PodAssembly(options);
  }

  private constructor(options: PodAssemblyOptions) {
    this.#options = options;
    this.#placeOf = devicePlaces(options.found.nodes.keys());
  }

  /** Containers of a pod on each node it was on, and what the pod has beside them. */
  hoursOf(
    hour: number,
    place: Place,
    states: Map<string, NodeState>,
  ): ContainerHour[] {
    const used = this.#usagesOf(hour, place);
    const stays = this.#staysOf(hour, place, states, used);
    return stays.flatMap(stay =>
      this.#hoursOn(
        hour,
        place,
        { ...stay, hereShare: this.#hereShare(stay, stays) },
        states.get(stay.node),
        used,
      ),
    );
  }

  /** What each container of a pod used in an hour it was seen in. */
  #usagesOf(hour: number, { pod }: Place): Map<string, HourUsage> {
    const { usages } = this.#options.found;
    const { namespace, pod: name } = pod;
    const used = new Map<string, HourUsage>();
    for (const container of usages.containersOf(namespace, name)) {
      const usage = usages.usage({ namespace, pod: name, container }, hour);
      if (usage) {
        used.set(container, usage);
      }
    }
    return used;
  }

  #staysOf(
    hour: number,
    { pod, seconds }: Place,
    states: Map<string, NodeState>,
    used: Map<string, HourUsage>,
  ): PodStay[] {
    const { requests } = this.#options.found;
    const places = requests.of(pod.namespace, pod.pod)?.places;
    const seen = Array.from({ length: SLOTS_PER_HOUR }, (_, slot) =>
      Math.max(0, ...[...used.values()].map(each => each.seconds[slot])),
    );
    // A pod outlives its node in kube-state-metrics for a moment.
    const upSeconds = (node: string) =>
      states.get(node)?.upSeconds ?? HOUR_SECONDS;
    return podStays({
      seconds,
      seen,
      upSeconds,
      listed: node => {
        const slots = places?.get(node);
        return slots && slotsOf(slots, hour);
      },
      nodeThere: node =>
        upSeconds(node) < HOUR_SECONDS
          ? requests.nodeSeconds(node, hour)
          : undefined,
    });
  }

  #hoursOn(
    hour: number,
    { pod }: Place,
    stay: PodStay & { hereShare: HereShare },
    state: NodeState | undefined,
    used: Map<string, HourUsage>,
  ): ContainerHour[] {
    const { window, found, problems } = this.#options;
    const { namespace, pod: name } = pod;
    const at = window.hour(hour);
    // A node that is there and has no price is said itself.
    if (!state && !found.nodes.get(stay.node)?.seconds[hour]) {
      reportNoNode(problems, at, `${namespace}/${name}`, stay);
    }
    const labels = mergeLabels(nearest(pod.labels, hour) ?? []);
    const workload = found.owners.workloadOf(pod, labels);
    const ofPod = found.requests.of(namespace, name);
    const beyond = {
      reserved: requestsOn(ofPod?.reserved, hour, stay),
      spec: requestsOn(ofPod?.spec, hour, stay),
      overhead: requestsOn(ofPod?.overhead, hour, stay),
    };
    const shared = {
      hour: at,
      node: state && stay.node,
      runSeconds: stay.seconds,
      labels,
    };
    const demands = demandsOn(ofPod, used, hour, stay);
    const hours = [...demands].map(([container, demand]) => {
      const identity = { namespace, pod: name, container };
      const usage = used.get(container);
      if (usage) {
        reportSetAside(
          problems,
          at,
          `${namespace}/${name}/${container}`,
          usage,
        );
      }
      const requestsReported = found.requests.reported(hour);
      // Where only the pod asks for something, its containers' share of it isn't known.
      const askedByPod = !demand.requested && (beyond.spec ?? beyond.reserved);
      return toContainerHour(
        {
          ...shared,
          identity,
          workload,
          demand,
          requestsReported,
          usage,
          gpus: state?.gpus,
          state: found.states.state(
            identity,
            hour,
            requestsReported && !askedByPod,
          ),
          isMain: stay.isMain,
          run: found.owners.runOf(pod),
        },
        this.#gpusOf(identity, hour, stay.hereShare),
      );
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
      [...demands.values()],
    );
    return podLevel ? [...hours, podLevel] : hours;
  }

  /** Of a device that no exporter places where the pod was, as long as the pod was here. */
  #hereShare(here: PodStay, stays: readonly PodStay[]): HereShare {
    const seconds = sum(stays.map(stay => stay.seconds));
    const ofAll = seconds > 0 ? here.seconds / seconds : 1 / stays.length;
    return device => {
      const place = this.#placeOf(device);
      return stays.some(({ node }) => node === place)
        ? Number(here.node === place)
        : ofAll;
    };
  }

  #gpusOf(identity: ContainerIdentity, hour: number, hereShare: HereShare) {
    const { found, boardShare } = this.#options;
    return {
      claimed: found.gpus.claimedDeviceSeconds(
        identity,
        hour,
        boardShare,
        hereShare,
      ),
      busy: (reserved: number) =>
        found.gpus.busyDeviceSeconds(
          identity,
          hour,
          reserved,
          boardShare,
          hereShare,
        ),
    };
  }
}
