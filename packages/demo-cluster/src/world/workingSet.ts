import { PodLife } from './lives';
import { jitter, mix, uniform } from './random';

/** A factor that is 1 at mean demand, and follows it by a share. */
export function following(share: number, demand: number): number {
  return 1 - share + share * demand;
}

/** How many times as much a container uses where its node is the odd one. */
export function oddTimes(life: PodLife, index: number): number {
  const { odd } = life.containers[index].usage;
  return life.ordinal === odd?.node ? odd.times : 1;
}

/** Working set that a container wants in an hour at a demand, without a leak, in bytes. */
export function hourBytes(
  life: PodLife,
  index: number,
  demand: number,
  hour: number,
): number {
  const { usage } = life.containers[index];
  const key = mix(life.hash, index);
  return (
    oddTimes(life, index) *
    usage.memoryBytes *
    following(usage.memoryFollows, demand) *
    jitter(key, -2, 0.01) *
    jitter(mix(key, 2), hour, 0.01)
  );
}

/** Mean and highest working set in five minutes of an hour that has so many bytes. */
export function slotBytes(
  life: PodLife,
  index: number,
  bytes: number,
  slot: number,
): { level: number; peak: number } {
  const key = mix(mix(life.hash, index), 7);
  const level = bytes * jitter(key, slot, 0.004);
  return { level, peak: level * (1.002 + 0.01 * uniform(key, -slot)) };
}
