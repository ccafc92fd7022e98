import { jitter, mix, uniform } from './random';
import { containersOf } from './releases';
import { ContainerSpec, WorkloadSpec } from './types';
import { following } from './workingSet';

/** Requests to one service in one hour. @public */
export interface WorldLevel {
  hour: string;
  requests: number;
  errors?: number;
  /** By upper bound of the bucket in seconds; each request is in one. */
  latency: Record<string, number>;
  match: { entityRef: string };
}

/** A part of an hour in which a workload is one size and meets one demand. */
export interface ServedPart {
  /** Requests in it. */
  requests: number;
  /** How busy what is most busy of a pod is; 1 = all of its room. */
  pressure: number;
}

const { exp, max, min, round } = Math;

/** Bounds that OpenTelemetry advises for `http.server.request.duration`, in seconds. */
const BOUNDS = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
];
/** Requests that a pod works on at once. */
const WORKERS = 8;
/** Above that a pod is overloaded: the queue grows as long as the hour lasts. */
const MOST_PRESSURE = 0.98;
/** Time that a request takes in any case, of the mean that it takes. */
const FIXED_SHARE = 0.4;

/**
 * How busy a pod is: the container, or the GPU of one, that is nearest to all it can get.
 * A limit is all a container gets; without one it finds as much again on its node as it
 * asks for, and a core at least.
 */
export function pressureOf(
  spec: WorkloadSpec,
  revision: number,
  demand: number,
): number {
  const pressures = containersOf(spec, revision)
    .filter(({ role }) => role !== 'init')
    .map(container => {
      const { usage } = container;
      return max(
        (usage.cpuCores * following(usage.cpuFollows, demand)) /
          roomOf(container),
        (usage.gpuBusy ?? 0) * following(usage.gpuFollows ?? 0, demand),
      );
    });
  return max(0, ...pressures);
}

function roomOf({ cpuLimitCores, cpuRequestCores }: ContainerSpec): number {
  return cpuLimitCores ?? cpuRequestCores + max(1, cpuRequestCores);
}

/**
 * Latencies of an hour. A request takes the service's own time, and waits for a worker as
 * Sakasegawa has it of M/M/c queues (L_q ≈ ρ^√(2(c+1)) / (1 − ρ), 1977): not at all
 * while pods are idle, and ever longer as they run full.
 *
 * @param key - what the service's own time belongs to
 */
export function latencyOf(
  parts: readonly ServedPart[],
  spec: WorkloadSpec,
  key: number,
  hour: number,
): Record<string, number> {
  const own = ownSeconds(spec, key) * jitter(mix(key, 7), hour, 0.03);
  const upTo = (seconds: number) =>
    round(
      parts.reduce((sum, { requests, pressure }) => {
        const fixed = FIXED_SHARE * own;
        const varying = own - fixed + own * waitOf(pressure);
        return seconds <= fixed
          ? sum
          : sum + requests * (1 - exp(-(seconds - fixed) / varying));
      }, 0),
    );
  const all = round(parts.reduce((sum, { requests }) => sum + requests, 0));
  const counts: Record<string, number> = {};
  let below = 0;
  for (const bound of BOUNDS) {
    const reached = upTo(bound);
    counts[String(bound)] = reached - below;
    below = reached;
  }
  counts['+Inf'] = all - below;
  return counts;
}

/** Of a mean service time: what a request waits for its turn. */
function waitOf(pressure: number): number {
  const busy = min(MOST_PRESSURE, pressure);
  return busy ** (Math.sqrt(2 * (WORKERS + 1)) - 1) / (WORKERS * (1 - busy));
}

/** A model answers more slowly than a shop. */
function ownSeconds({ containers }: WorkloadSpec, key: number): number {
  const isModel = containers.some(({ gpuDevices }) => gpuDevices);
  const [least, most] = isModel ? [0.2, 0.7] : [0.02, 0.12];
  return least + (most - least) * uniform(mix(key, 11), 0);
}
