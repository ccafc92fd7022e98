import { GIB } from '../oddities/series';
import { HOURS_OF_DAY, PHASE, PODS, RealPod } from './workloads';

/** An m5.2xlarge, and the ratio its price is split by. */
const NODE = { price: 0.384, cores: 8, gib: 32 };
const WEIGHTS = { core: 0.031611, gib: 0.004237 };

/**
 * What every service cost in a day, from what really ran, second by second: with
 * none of the project's code, no samples and no PromQL. A container is charged
 * max(request, usage) of each five minutes.
 *
 * @returns dollars by service; '' is nobody's
 */
export function trueCosts(): Map<string, number> {
  const whole = NODE.cores * WEIGHTS.core + NODE.gib * WEIGHTS.gib;
  const ofCore = (NODE.price * WEIGHTS.core) / whole / 3600;
  const ofGib = (NODE.price * WEIGHTS.gib) / whole / 3600;
  const costs = new Map<string, number>();
  for (const pod of PODS) {
    let dollars = 0;
    for (const { requests, cores, bytes } of pod.containers) {
      for (let slot = 0; slot < HOURS_OF_DAY * 12; slot++) {
        const seconds = secondsOf(pod, slot * 300, slot * 300 + 300);
        const sum = (of: (second: number) => number) =>
          seconds.reduce((total, second) => total + of(second), 0);
        dollars +=
          ofCore * Math.max((requests.cpu ?? 0) * seconds.length, sum(cores)) +
          ofGib *
            (Math.max((requests.memory ?? 0) * seconds.length, sum(bytes)) /
              GIB);
      }
    }
    costs.set(pod.service, (costs.get(pod.service) ?? 0) + dollars);
  }
  return costs;
}

/** Middles of the seconds a pod ran between two times. */
function secondsOf(pod: RealPod, from: number, to: number): number[] {
  // A scrape stands for the time before it: what comes with one was there since the last.
  const first = Math.max(from, pod.from - PHASE);
  const last = Math.min(to, pod.to - PHASE);
  return Array.from(
    { length: Math.max(0, last - first) },
    (_, second) => first + second + 0.5,
  );
}
