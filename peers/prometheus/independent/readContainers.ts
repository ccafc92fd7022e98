import { HOURS } from '../world/time';
import { GeneratedSeries } from '../world/series';
import { Node, shortName, worldNode } from './readNodes';
import {
  addSlots,
  eachSample,
  hostOf,
  isContainer,
  SECONDS,
  SeriesOf,
  SLOT,
  SLOTS,
  Slots,
} from './samples';

/** A container on one node, what it asks for and what it used. */
export interface Container {
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

export function readContainers(
  of: SeriesOf,
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
