/** What a container held and used in the slots of an hour, both in the same order. @public */
export interface SlotsToCharge {
  /** Requested in each slot: core- or byte-seconds. */
  requested: readonly number[];
  /** Used in each slot: core- or byte-seconds. */
  used: readonly number[];
}

/**
 * What a container is charged for an hour, looked at slot by slot: the sum of
 * max(request, usage) of each, in their unit. A burst is so charged where the mean
 * of the hour hides it below the request, and a request of one time is not set
 * against the usage of another. (OpenCost specification 0.1 does the same minute
 * by minute.)
 *
 * @public
 */
export function chargedInSlots({ requested, used }: SlotsToCharge): number {
  const slots = Math.max(requested.length, used.length);
  let charged = 0;
  let ofRequests = 0;
  let ofUsage = 0;
  for (let slot = 0; slot < slots; slot++) {
    const held = requested[slot] ?? 0;
    const taken = used[slot] ?? 0;
    charged += Math.max(held, taken);
    ofRequests += held;
    ofUsage += taken;
  }
  // Doubles may add up to a little less.
  return Math.max(charged, ofRequests, ofUsage);
}
