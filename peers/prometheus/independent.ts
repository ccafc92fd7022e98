import { GeneratedSeries } from './world/generate';
import { NODES } from './world/nodes';
import {
  GPU_PRICES,
  NODE_PRICES,
  STORAGE_PRICE,
  WEIGHTS,
} from './world/prices';
import { HOURS } from './world/time';

/**
 * What every service cost, straight from the generated samples: minute by
 * minute, with none of the project's code and no PromQL. A sample stands for
 * the minute before it; a container is charged max(request, usage) of each five
 * minutes, its node's price being split by list-price weights.
 */
export interface IndependentCosts {
  /** Dollars by service; '' is nobody's. */
  services: Map<string, number>;
  /** Micros of all nodes, each node-hour rounded half to even. */
  nodesMicros: bigint;
  /** Hours (index) no node was seen in. */
  missingHours: number[];
}

const SECONDS = 60;
/** Minutes that are charged at once. */
const SLOT = 5;
const SLOTS = 60 / SLOT;
const GIB = 2 ** 30;

type Slots = Set<number>;

export function computeCosts(series: GeneratedSeries[]): IndependentCosts {
  const index = new Map<string, GeneratedSeries[]>();
  for (const one of series) {
    index.set(one.metric, [...(index.get(one.metric) ?? []), one]);
  }
  const of = (metric: string) => index.get(metric) ?? [];

  const nodes = readNodes(of);
  const pods = readPods(of, nodes);
  const services = new Map<string, number>();
  const charge = (service: string, dollars: number) =>
    services.set(service, (services.get(service) ?? 0) + dollars);

  let nodesMicros = 0n;
  const missingHours: number[] = [];
  for (let hour = 0; hour < HOURS; hour++) {
    let seen = false;
    for (const node of nodes.values()) {
      const upSeconds = countIn(node.up, hour) * SECONDS;
      if (upSeconds > 0) {
        seen = true;
        nodesMicros += roundHalfEven(
          BigInt(Math.round(Number(node.price) * 1e6)) * BigInt(upSeconds),
          3600n,
        );
        chargeNode(node, hour, upSeconds, pods, charge);
      }
    }
    if (!seen) {
      missingHours.push(hour);
    }
  }
  chargeVolumes(of, pods, charge);
  return { services, nodesMicros, missingHours };
}

interface Node {
  name: string;
  up: Slots;
  price: string;
  capacity: Record<'cpu' | 'memory' | 'gpu', number>;
  weights: Record<'cpu' | 'memory' | 'gpu', number>;
}

interface Container {
  pod: string;
  node: string;
  service: string;
  slots: Slots;
  requests: Record<'cpu' | 'memory' | 'gpu', number>;
  /** Core-seconds by five minutes. */
  cpu: Float64Array;
  /** Byte-seconds by five minutes. */
  memory: Float64Array;
}

/** The minute a sample stands for. */
function slotOf(series: GeneratedSeries, index: number): number {
  return series.offsetSeconds === 0 ? index - 1 : index;
}

function eachSample(
  series: GeneratedSeries,
  visit: (slot: number, value: number, index: number) => void,
): void {
  series.values.forEach((value, index) => {
    const slot = slotOf(series, index);
    if (!Number.isNaN(value) && slot >= 0 && slot < HOURS * 60) {
      visit(slot, value, index);
    }
  });
}

function addSlots(slots: Slots, series: GeneratedSeries, only?: Slots): void {
  eachSample(series, slot => {
    if (!only || only.has(slot)) {
      slots.add(slot);
    }
  });
}

function countIn(slots: Slots, hour: number): number {
  return countFrom(slots, hour * 60, 60);
}

function countFrom(slots: Slots, first: number, minutes: number): number {
  let count = 0;
  for (let slot = first; slot < first + minutes; slot++) {
    count += slots.has(slot) ? 1 : 0;
  }
  return count;
}

function hostOf({ labels }: GeneratedSeries): string {
  return labels.instance.split(':')[0];
}

/** cAdvisor's series as the kubelet job saw them, without sandboxes. */
function isContainer({ labels }: GeneratedSeries): boolean {
  return (
    labels.job === 'kubelet' &&
    labels.container !== undefined &&
    labels.container !== 'POD'
  );
}

function readNodes(
  of: (metric: string) => GeneratedSeries[],
): Map<string, Node> {
  const nodes = new Map<string, Node>();
  for (const one of of('kube_node_labels')) {
    const { labels } = one;
    const type = labels.label_node_kubernetes_io_instance_type;
    const capacityType = labels.label_karpenter_sh_capacity_type as
      | 'spot'
      | 'on-demand';
    const price = NODE_PRICES.find(
      entry =>
        entry.instanceType === type && entry.capacityType === capacityType,
    );
    nodes.set(labels.node, {
      name: labels.node,
      up: new Set(),
      price: price!.hourlyPrice,
      capacity: { cpu: 0, memory: 0, gpu: 0 },
      weights: {
        cpu: Number(WEIGHTS[capacityType].cpuCore),
        memory: Number(WEIGHTS[capacityType].memoryGib) / GIB,
        gpu: gpuPriceOf(labels.node),
      },
    });
  }
  for (const one of of('kube_node_status_capacity')) {
    const value = one.values.find(each => !Number.isNaN(each)) ?? 0;
    const { capacity } = nodes.get(one.labels.node)!;
    const name = shortName(one.labels.resource);
    // Units of a GPU may be parts of one; boards are what is paid for.
    capacity[name] = name === 'gpu' ? worldNode(one.labels.node).gpus : value;
  }
  for (const one of of('kube_node_info')) {
    addSlots(nodes.get(one.labels.node)!.up, one);
  }
  for (const one of of('container_cpu_usage_seconds_total')) {
    if (isContainer(one)) {
      addSlots(nodes.get(hostOf(one))!.up, one);
    }
  }
  return nodes;
}

function worldNode(name: string) {
  return NODES.find(node => node.name === name)!;
}

function gpuPriceOf(node: string): number {
  const { gpuModel } = worldNode(node);
  const price = GPU_PRICES.find(({ model }) => gpuModel?.includes(model));
  return Number(price?.hourlyPrice ?? 0);
}

function shortName(resource: string): 'cpu' | 'memory' | 'gpu' {
  return resource === 'cpu' || resource === 'memory' ? resource : 'gpu';
}

function readPods(
  of: (metric: string) => GeneratedSeries[],
  nodes: Map<string, Node>,
): Container[] {
  const ksmSlots: Slots = new Set();
  of('kube_node_info').forEach(one => addSlots(ksmSlots, one));
  const withoutKsm: Slots = new Set();
  for (let slot = 0; slot < HOURS * 60; slot++) {
    if (!ksmSlots.has(slot)) {
      withoutKsm.add(slot);
    }
  }

  const name = (labels: Record<string, string>) =>
    `${labels.namespace}/${labels.pod}`;
  const services = new Map(
    of('kube_pod_labels').map(({ labels }) => [
      name(labels),
      labels.label_backstage_io_kubernetes_id ?? '',
    ]),
  );
  const running = new Map<string, Slots>();
  for (const one of of('kube_pod_status_phase')) {
    if (one.labels.phase === 'Running') {
      const slots = running.get(name(one.labels)) ?? new Set();
      running.set(name(one.labels), slots);
      addSlots(slots, one);
    }
  }
  /** By pod and node. */
  const places = new Map<string, Slots>();
  const place = (pod: string, node: string) => {
    const key = `${pod}@${node}`;
    const slots = places.get(key) ?? new Set();
    places.set(key, slots);
    return slots;
  };
  for (const one of of('kube_pod_info')) {
    const pod = name(one.labels);
    addSlots(place(pod, one.labels.node), one, running.get(pod));
  }
  const containers = new Map<string, Container>();
  const containerOf = (labels: Record<string, string>, node: string) => {
    const pod = name(labels);
    const key = `${pod}/${labels.container}@${node}`;
    let container = containers.get(key);
    if (!container) {
      container = {
        pod,
        node,
        service: services.get(pod) ?? '',
        slots: place(pod, node),
        requests: { cpu: 0, memory: 0, gpu: 0 },
        cpu: new Float64Array(HOURS * SLOTS),
        memory: new Float64Array(HOURS * SLOTS),
      };
      containers.set(key, container);
    }
    return container;
  };
  for (const one of of('kube_pod_container_resource_requests')) {
    const value = one.values.find(each => !Number.isNaN(each)) ?? 0;
    const container = containerOf(one.labels, one.labels.node);
    const { resource } = one.labels;
    const share =
      worldNode(one.labels.node).gpuUnits[resource]?.boardShare ?? 1;
    container.requests[shortName(resource)] = value * share;
  }
  for (const one of of('container_cpu_usage_seconds_total')) {
    if (isContainer(one)) {
      const container = containerOf(one.labels, hostOf(one));
      addSlots(container.slots, one, withoutKsm);
      addIncrements(one, container.cpu);
    }
  }
  for (const one of of('container_memory_working_set_bytes')) {
    if (isContainer(one)) {
      const { memory } = containerOf(one.labels, hostOf(one));
      eachSample(one, (slot, value) => {
        memory[Math.floor(slot / SLOT)] += value * SECONDS;
      });
    }
  }
  return [...containers.values()].filter(({ node }) => nodes.has(node));
}

/**
 * What a counter grew by from sample to sample, in the five minutes of the later
 * one; a counter that falls began at zero. The minute before the first sample is
 * given the mean of what follows in that hour; across a gap nothing is known.
 */
function addIncrements(series: GeneratedSeries, grownBy: Float64Array): void {
  const unmeasured: number[] = [];
  const known = new Map<number, { sum: number; count: number }>();
  let last: { value: number; index: number } | undefined;
  eachSample(series, (slot, value, index) => {
    const hour = Math.floor(slot / 60);
    if (!last || index - last.index > 2) {
      unmeasured.push(slot);
    } else {
      const grown = value >= last.value ? value - last.value : value;
      const { sum, count } = known.get(hour) ?? { sum: 0, count: 0 };
      known.set(hour, { sum: sum + grown, count: count + 1 });
      grownBy[Math.floor(slot / SLOT)] += grown;
    }
    last = { value, index };
  });
  for (const slot of unmeasured) {
    const { sum, count } = known.get(Math.floor(slot / 60)) ?? {
      sum: 0,
      count: 1,
    };
    grownBy[Math.floor(slot / SLOT)] += sum / count;
  }
}

/** Sum of max(request, usage) over the five minutes of an hour. */
function chargedIn(
  hour: number,
  slots: Slots,
  request: number,
  used: Float64Array,
): number {
  let charged = 0;
  for (let slot = hour * SLOTS; slot < (hour + 1) * SLOTS; slot++) {
    const seconds = countFrom(slots, slot * SLOT, SLOT) * SECONDS;
    charged += Math.max(request * seconds, used[slot]);
  }
  return charged;
}

function chargeNode(
  node: Node,
  hour: number,
  upSeconds: number,
  containers: Container[],
  charge: (service: string, dollars: number) => void,
): void {
  const { capacity, weights } = node;
  const whole = (['cpu', 'memory', 'gpu'] as const).reduce(
    (sum, resource) => sum + capacity[resource] * weights[resource],
    0,
  );
  const dollars = (Number(node.price) * upSeconds) / 3600;
  for (const container of containers) {
    if (container.node === node.name) {
      const seconds = countIn(container.slots, hour) * SECONDS;
      const quantities = {
        cpu: chargedIn(
          hour,
          container.slots,
          container.requests.cpu,
          container.cpu,
        ),
        memory: chargedIn(
          hour,
          container.slots,
          container.requests.memory,
          container.memory,
        ),
        gpu: container.requests.gpu * seconds,
      };
      for (const resource of ['cpu', 'memory', 'gpu'] as const) {
        if (capacity[resource] > 0) {
          const cost =
            dollars * ((capacity[resource] * weights[resource]) / whole);
          charge(
            container.service,
            (cost * quantities[resource]) / (capacity[resource] * upSeconds),
          );
        }
      }
    }
  }
}

/** A claim costs its size for as long as it was there; here one pod mounts each. */
function chargeVolumes(
  of: (metric: string) => GeneratedSeries[],
  containers: Container[],
  charge: (service: string, dollars: number) => void,
): void {
  const claimKey = ({ labels }: GeneratedSeries) =>
    `${labels.namespace}/${labels.persistentvolumeclaim}`;
  const owners = new Map(
    of('kube_pod_spec_volumes_persistentvolumeclaims_info').map(one => {
      const pod = `${one.labels.namespace}/${one.labels.pod}`;
      const service = containers.find(each => each.pod === pod)?.service ?? '';
      return [claimKey(one), service];
    }),
  );
  for (const one of of(
    'kube_persistentvolumeclaim_resource_requests_storage_bytes',
  )) {
    eachSample(one, (_, bytes) =>
      charge(
        owners.get(claimKey(one)) ?? '',
        ((bytes / GIB) * Number(STORAGE_PRICE.gibHourPrice)) / 60,
      ),
    );
  }
}

function roundHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  if (twice > denominator || (twice === denominator && quotient % 2n === 1n)) {
    return quotient + 1n;
  }
  return quotient;
}
