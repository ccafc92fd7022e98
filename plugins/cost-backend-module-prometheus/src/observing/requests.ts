import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { SLOTS_PER_HOUR } from '@headroom/plugin-cost-common';
import { PART_LABEL } from '../promql/expressions';
import { getOrCreate } from '../reading/collections';
import { HourWindow } from '../reading/HourWindow';
import {
  ContainerIdentity,
  containerOf,
  keyOf,
  nodeOf,
  podOf,
} from '../reading/labels';

/** Values by slot of the window; NaN = something was said, and what isn't known. */
type Slots = Float64Array;

/** What was requested by node ('' = the exporter names none) and resource: units times seconds. */
export type Requests = Map<string, Map<string, Slots>>;

/** What is requested of one pod. */
export interface PodRequests {
  /** Seconds kube-state-metrics saw it hold a place, by node. */
  places: Map<string, Slots>;
  containers: Map<string, Requests>;
  /** Of init containers, native sidecars among them, while they run. */
  init: Map<string, Requests>;
  /** Seconds each init container ran that is no native sidecar. */
  plainInit: Map<string, Slots>;
  /** What the scheduler reserves for the pod as a whole. */
  reserved: Requests;
  /** The pod's own `spec.resources`. */
  spec: Requests;
  /** Of its sandbox (RuntimeClass), beside its containers. */
  overhead: Requests;
}

/** Series of which some are reported in an hour. */
type Counted =
  | 'counts-requests'
  | 'counts-init'
  | 'counts-init-running'
  | 'counts-init-ready'
  | 'init-plain';

/** Requests of all pods of a window, and where they were held, by slots of five minutes. */
export class RequestTable {
  readonly #window: HourWindow;
  readonly #pods = new Map<string, PodRequests>();
  readonly #nodes = new Map<string, Slots>();
  /** Seconds any container ran, by node. */
  readonly #running = new Map<string, Slots>();
  readonly #reported = new Map<string, Set<number>>();

  /** Reads the answer to `requestsQuery`. */
  static read(window: HourWindow, answer: PrometheusSeries[]): RequestTable {
    const table = new RequestTable(window);
    for (const series of answer) {
      table.#add(series);
    }
    return table;
  }

  private constructor(window: HourWindow) {
    this.#window = window;
  }

  /** Whether any container's requests are reported in an hour. */
  reported(hour: number): boolean {
    return this.#isReported('counts-requests', hour);
  }

  /** Whether it is known which init containers run, or there are none that request anything. */
  initKnown(hour: number): boolean {
    return (
      this.#isReported('counts-init-running', hour) ||
      !this.#isReported('counts-init', hour)
    );
  }

  /** Whether those that ran before main containers are known to be no native sidecars. */
  plainKnown(hour: number): boolean {
    return (
      this.#isReported('counts-init-ready', hour) ||
      !this.#isReported('init-plain', hour)
    );
  }

  of(namespace: string, pod: string): PodRequests | undefined {
    return this.#pods.get(keyOf(namespace, pod));
  }

  /** Seconds of each slot of an hour in which a node was there; undefined when nothing is said of it. */
  nodeSeconds(node: string, hour: number): number[] | undefined {
    const slots = this.#nodes.get(node);
    return slots && slotsOf(slots, hour);
  }

  /** Whether it is said in an hour of any container that it runs. */
  tellsRunning(hour: number): boolean {
    return [...this.#running.values()].some(slots =>
      slotsOf(slots, hour).some(each => each > 0),
    );
  }

  /** Seconds of each slot of an hour in which any container ran on a node. */
  runningSeconds(node: string, hour: number): number[] {
    const slots = this.#running.get(node);
    return slotsOf(slots ?? new Float64Array(this.#window.slots), hour);
  }

  /** Seconds of each slot of an hour in which a pod held a place on any node; undefined when nothing is said of it. */
  placedSlots(
    namespace: string,
    pod: string,
    hour: number,
  ): number[] | undefined {
    const places = [...(this.of(namespace, pod)?.places.values() ?? [])];
    return places.length > 0
      ? places
          .map(slots => slotsOf(slots, hour))
          .reduce((all, slots) => all.map((each, slot) => each + slots[slot]))
      : undefined;
  }

  /** Whether a container requests a resource at some time of the window. */
  asks(
    { namespace, pod, container }: ContainerIdentity,
    isResource: (resource: string) => boolean,
  ): boolean {
    const ofPod = this.of(namespace, pod);
    return [ofPod?.containers, ofPod?.init].some(containers =>
      [...(containers?.get(container)?.values() ?? [])].some(resources =>
        [...resources.keys()].some(isResource),
      ),
    );
  }

  #isReported(part: Counted, hour: number): boolean {
    return this.#reported.get(part)?.has(hour) ?? false;
  }

  #add(series: PrometheusSeries): void {
    const { labels } = series;
    const part = labels[PART_LABEL];
    if (part.startsWith('counts-') || part === 'init-plain') {
      const hours = getOrCreate(this.#reported, part, () => new Set<number>());
      this.#window.eachSlot(series, slot =>
        hours.add(Math.floor(slot / SLOTS_PER_HOUR)),
      );
    }
    const slots = this.#slotsOf(labels, part);
    if (slots) {
      this.#window.eachSlot(series, (slot, value) => {
        slots[slot] = Math.max(slots[slot], value);
      });
      this.#window.eachUnknownSlot(series, slot => (slots[slot] = NaN));
    }
  }

  #slotsOf(labels: Record<string, string>, part: string): Slots | undefined {
    const create = () => new Float64Array(this.#window.slots);
    const node = nodeOf(labels) ?? '';
    if (part === 'node' || part === 'running') {
      const nodes = part === 'node' ? this.#nodes : this.#running;
      return getOrCreate(nodes, node, create);
    }
    const pod = podOf(labels);
    if (!pod) {
      return undefined;
    }
    const ofPod = this.#podOf(pod.namespace, pod.pod);
    if (part === 'place') {
      return getOrCreate(ofPod.places, node, create);
    }
    const container = containerOf(labels)?.container ?? '';
    if (part === 'init-plain') {
      return getOrCreate(ofPod.plainInit, container, create);
    }
    const requests = requestsOf(ofPod, part, container);
    return (
      requests &&
      getOrCreate(
        getOrCreate(requests, node, () => new Map<string, Slots>()),
        labels.resource,
        create,
      )
    );
  }

  #podOf(namespace: string, pod: string): PodRequests {
    return getOrCreate(this.#pods, keyOf(namespace, pod), () => ({
      places: new Map(),
      containers: new Map(),
      init: new Map(),
      plainInit: new Map(),
      reserved: new Map(),
      spec: new Map(),
      overhead: new Map(),
    }));
  }
}

function requestsOf(
  ofPod: PodRequests,
  part: string,
  container: string,
): Requests | undefined {
  switch (part) {
    case 'reserved':
    case 'spec':
    case 'overhead':
      return ofPod[part];
    case 'request':
      return container
        ? getOrCreate(ofPod.containers, container, () => new Map())
        : undefined;
    case 'init':
      return container
        ? getOrCreate(ofPod.init, container, () => new Map())
        : undefined;
    default:
      return undefined;
  }
}

/** The slots of one hour. */
export function slotsOf(values: Float64Array, hour: number): number[] {
  const first = hour * SLOTS_PER_HOUR;
  return [...values.subarray(first, first + SLOTS_PER_HOUR)];
}
