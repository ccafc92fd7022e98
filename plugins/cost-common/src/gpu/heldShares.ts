/**
 * What each tenant of a device held of it over an hour: share × time, 0 to 1.
 * The share is its own, else one of the replicas the device is offered to, else
 * all of it: tenants one after the other each have the whole device. Seconds are
 * pod-seconds: two pods hold their share twice. The sum is at most 1; when it
 * would be more (several clients of a whole device, labels that repeat it a pod)
 * the shares are scaled.
 *
 * @public
 */
export function heldShares(
  device: {
    replicas?: number;
    tenants: ReadonlyArray<{ heldSeconds: number; share?: number }>;
  },
  hourSeconds = 3600,
): number[] {
  const usual = 1 / Math.max(1, device.replicas ?? 1);
  let sum = 0;
  const held = device.tenants.map(({ share, heldSeconds }) => {
    const time = Math.max(0, heldSeconds) / hourSeconds;
    const part = Math.min(1, Math.min(1, Math.max(0, share ?? usual)) * time);
    sum += part;
    return part;
  });
  return sum > 1 ? held.map(each => each / sum) : held;
}
