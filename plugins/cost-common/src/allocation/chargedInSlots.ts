/** What a container held and used in the slots of an hour. @public */
export interface SlotsToCharge {
  /** Requested over the hour: core- or byte-seconds. */
  requested: number;
  /** Seconds of the hour in which that was requested. */
  requestedSeconds: number;
  /** Seconds of each slot it was seen running. */
  seconds: readonly number[];
  /** Core- or byte-seconds used in each slot. */
  used: readonly number[];
}

/**
 * What a container is charged for an hour, looked at slot by slot: the sum of
 * max(request, usage) of each. A burst is so charged where the mean of the hour
 * hides it below the request. (OpenCost specification 0.1 does the same minute
 * by minute.)
 *
 * The request is held for `requestedSeconds`, first of all in the seconds the
 * container was seen; what remains of them is charged as requested. The result
 * is at least `requested` and at least what was used, in the same unit.
 *
 * @public
 */
export function chargedInSlots(slots: SlotsToCharge): number {
  const { requested, requestedSeconds, seconds, used } = slots;
  const seen = seconds.reduce((sum, each) => sum + each, 0);
  const rate = requestedSeconds > 0 ? requested / requestedSeconds : 0;
  const held = seen > 0 ? Math.min(1, requestedSeconds / seen) : 0;
  const charged = seconds.reduce(
    (sum, each, slot) => sum + Math.max(rate * each * held, used[slot] ?? 0),
    rate * Math.max(0, requestedSeconds - seen),
  );
  const total = used.reduce((sum, each) => sum + each, 0);
  return Math.max(charged, requested, total);
}
