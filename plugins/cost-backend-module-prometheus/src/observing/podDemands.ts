import { Demand } from './demands';
import { runInitInMain } from './initContainers';
import { PodStay } from './podStays';
import { PodRequests, Requests, slotsOf } from './requests';
import { heldOn, requestsOn } from './requestSlots';
import { HourUsage } from './usage/containerUsage';

/** What each container of a pod requested and used on one node in an hour. */
export function demandsOn(
  ofPod: PodRequests | undefined,
  usages: ReadonlyMap<string, HourUsage>,
  hour: number,
  stay: PodStay,
): Map<string, Demand> {
  const plain = plainInit(ofPod, hour, stay);
  const isInit = (container: string) =>
    ofPod?.init.has(container) || plain.has(container);
  const names = new Set([
    ...(ofPod?.containers.keys() ?? []),
    ...(ofPod?.init.keys() ?? []),
    ...usages.keys(),
  ]);
  const main = new Map<string, Demand>();
  const init = new Map<string, Demand>();
  for (const name of names) {
    const requests = isInit(name) ? ofPod?.init : ofPod?.containers;
    const demand = demandOn(requests?.get(name), usages.get(name), hour, stay);
    if (demand) {
      (isInit(name) ? init : main).set(name, demand);
    }
  }
  runInitInMain({ main, init, plain, held: stay.held });
  return new Map([...main, ...init]);
}

/** Undefined when nothing was requested and nothing seen. */
function demandOn(
  requests: Requests | undefined,
  usage: HourUsage | undefined,
  hour: number,
  stay: PodStay,
): Demand | undefined {
  const requested = requestsOn(requests, hour, stay);
  if (!requested && !usage) {
    return undefined;
  }
  const here = (slots: number[] | undefined) =>
    slots?.map((each, slot) => each * stay.share[slot]);
  return {
    requested,
    used: { cpu: here(usage?.coreSeconds), memory: here(usage?.byteSeconds) },
  };
}

/** Seconds of each slot in which init containers ran before the main ones did. */
function plainInit(
  ofPod: PodRequests | undefined,
  hour: number,
  stay: PodStay,
): Map<string, number[]> {
  const plain = new Map<string, number[]>();
  for (const [container, seconds] of ofPod?.plainInit ?? []) {
    const held = heldOn(slotsOf(seconds, hour), stay.listedAnywhere, stay);
    if (held.some(each => each > 0)) {
      plain.set(container, held);
    }
  }
  return plain;
}
