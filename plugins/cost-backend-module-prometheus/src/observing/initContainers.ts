import { SLOTS_PER_HOUR } from '@headroom/plugin-cost-common';
import { sum } from '../reading/collections';
import { Demand, DEMANDED } from './demands';

/** Containers of a pod on one node in one hour; lists are by slot. */
export interface PodDemands {
  /** Of main containers, by name. */
  main: ReadonlyMap<string, Demand>;
  /** Of init containers, native sidecars among them. */
  init: ReadonlyMap<string, Demand>;
  /** Seconds in which each init container ran before the main ones did. */
  plain: ReadonlyMap<string, number[]>;
  /** Seconds the pod held its place. */
  held: readonly number[];
}

/**
 * An init container runs in what is held for the main ones, which wait for it: a
 * pod holds the larger of the two, not their sum (KEP-753). So it requests only
 * what it asks for beyond them, and what it uses of theirs counts as used by them:
 * they pay for it. Changes the demands.
 */
export function runInitInMain({ main, init, plain, held }: PodDemands): void {
  const mains = [...main.values()];
  const inits = [...init].flatMap(([name, demand]) => {
    const seconds = plain.get(name);
    return seconds ? [{ demand, seconds }] : [];
  });
  if (inits.length === 0) {
    return;
  }
  const resources = new Set(
    mains.flatMap(({ requested }) => [...(requested?.keys() ?? [])]),
  );
  for (const resource of resources) {
    for (let slot = 0; slot < SLOTS_PER_HOUR; slot++) {
      const requests = mains.map(
        ({ requested }) => requested?.get(resource)?.[slot] ?? 0,
      );
      const whole = Math.max(
        held[slot],
        sum(inits.map(({ seconds }) => seconds[slot])),
      );
      for (const { demand, seconds } of inits) {
        if (seconds[slot] > 0) {
          runInside(
            demand,
            { demands: mains, requests },
            { resource, slot, share: seconds[slot] / whole },
          );
        }
      }
    }
  }
}

/**
 * @param hosts - main containers, and what each requested in the slot
 * @param at - the resource, the slot and the share of it in which the init container ran
 */
function runInside(
  guest: Demand,
  hosts: { demands: Demand[]; requests: number[] },
  at: { resource: string; slot: number; share: number },
): void {
  const { resource, slot } = at;
  const total = sum(hosts.requests);
  const room = total * at.share;
  const requested = guest.requested?.get(resource);
  if (requested) {
    requested[slot] = Math.max(0, requested[slot] - room);
  }
  const demanded = DEMANDED.find(each => each === resource);
  const used = demanded && guest.used[demanded];
  if (!used || room === 0) {
    return;
  }
  const inside = Math.min(used[slot], room);
  used[slot] -= inside;
  hosts.demands.forEach((host, index) => {
    host.used[demanded] ??= used.map(() => 0);
    host.used[demanded][slot] += (inside * hosts.requests[index]) / total;
  });
}
