import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { PART_LABEL } from '../promql/expressions';
import { HourWindow } from '../reading/HourWindow';
import { containerOf, keyOf, nodeOf, podOf } from '../reading/labels';

/** What was requested in an hour, times the seconds it was; `undefined` = none of that resource. */
export interface RequestHour {
  cpuCoreSeconds?: number;
  memoryByteSeconds?: number;
  /** Units of each device resource times seconds, e.g. `nvidia_com_gpu`. */
  unitSeconds: Record<string, number>;
}

/** Requests of a container, or of a pod, by hour and node ('' = the exporter names none). */
type Requests = Array<Map<string, RequestHour>>;

/** What is requested of one pod. */
export interface PodRequests {
  containers: Map<string, Requests>;
  /** What the scheduler reserves for the pod as a whole. */
  reserved: Requests;
  /** The pod's own `spec.resources`. */
  spec: Requests;
  /** Of its sandbox (RuntimeClass), beside its containers. */
  overhead: Requests;
}

/** Requests of all pods of a window. */
export class RequestTable {
  readonly #pods = new Map<string, PodRequests>();
  readonly #reported: boolean[] = [];

  /** Reads the answer to `requestsQuery`. */
  static read(window: HourWindow, answer: PrometheusSeries[]): RequestTable {
    const table = new RequestTable();
    for (const series of answer) {
      table.#add(window, series);
    }
    return table;
  }

  private constructor() {}

  /** Whether any container's requests are reported in an hour. */
  reported(hour: number): boolean {
    return this.#reported[hour] ?? false;
  }

  of(namespace: string, pod: string): PodRequests | undefined {
    return this.#pods.get(keyOf(namespace, pod));
  }

  #add(window: HourWindow, series: PrometheusSeries): void {
    const { labels } = series;
    const part = labels[PART_LABEL];
    if (part === 'counts-requests') {
      window.each(series, hour => (this.#reported[hour] = true));
      return;
    }
    const requests = this.#requestsOf(labels, part);
    if (!requests) {
      return;
    }
    const node = nodeOf(labels) ?? '';
    window.each(series, (hour, value) => {
      requests[hour] ??= new Map();
      const request = requests[hour].get(node) ?? { unitSeconds: {} };
      requests[hour].set(node, request);
      addTo(request, labels.resource, value);
    });
  }

  #requestsOf(
    labels: Record<string, string>,
    part: string,
  ): Requests | undefined {
    const pod = podOf(labels);
    if (!pod) {
      return undefined;
    }
    if (part === 'reserved' || part === 'spec' || part === 'overhead') {
      return this.#podOf(pod.namespace, pod.pod)[part];
    }
    const identity = containerOf(labels);
    if (!identity || (part !== 'request' && part !== 'init')) {
      return undefined;
    }
    const { containers } = this.#podOf(pod.namespace, pod.pod);
    const requests = containers.get(identity.container) ?? [];
    containers.set(identity.container, requests);
    return requests;
  }

  #podOf(namespace: string, pod: string): PodRequests {
    const key = keyOf(namespace, pod);
    let requests = this.#pods.get(key);
    if (!requests) {
      requests = {
        containers: new Map(),
        reserved: [],
        spec: [],
        overhead: [],
      };
      this.#pods.set(key, requests);
    }
    return requests;
  }
}

function addTo(request: RequestHour, resource: string, value: number): void {
  if (resource === 'cpu') {
    request.cpuCoreSeconds = Math.max(request.cpuCoreSeconds ?? 0, value);
  } else if (resource === 'memory') {
    request.memoryByteSeconds = Math.max(request.memoryByteSeconds ?? 0, value);
  } else {
    request.unitSeconds[resource] = value;
  }
}

/**
 * What was requested on one node in an hour; undefined when nothing was.
 *
 * @param share - part of the hour's time on any node that was on this one
 * @param factor - seconds that are charged for each second that was listed
 */
export function requestOn(
  requests: Requests | undefined,
  hour: number,
  node: string,
  share: number,
  factor: number,
): RequestHour | undefined {
  const named = requests?.[hour]?.get(node);
  const unnamed = node === '' ? undefined : requests?.[hour]?.get('');
  if (!named && !unnamed) {
    return undefined;
  }
  const result: RequestHour = { unitSeconds: {} };
  for (const [request, part] of [
    [named, factor],
    [unnamed, factor * share],
  ] as const) {
    if (request) {
      result.cpuCoreSeconds = plus(
        result.cpuCoreSeconds,
        request.cpuCoreSeconds,
        part,
      );
      result.memoryByteSeconds = plus(
        result.memoryByteSeconds,
        request.memoryByteSeconds,
        part,
      );
      for (const [resource, value] of Object.entries(request.unitSeconds)) {
        result.unitSeconds[resource] =
          (result.unitSeconds[resource] ?? 0) + value * part;
      }
    }
  }
  return result;
}

function plus(
  sum: number | undefined,
  value: number | undefined,
  factor: number,
): number | undefined {
  return value === undefined ? sum : (sum ?? 0) + value * factor;
}
