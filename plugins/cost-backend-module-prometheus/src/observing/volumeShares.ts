import { getOrCreate, sum } from '../reading/collections';

/** A volume that a claim had for a part of an hour. */
export interface HeldVolume {
  /** '' = nobody says which. */
  volume: string;
  /** '' = the claim names none. */
  storageClass: string;
  seconds: number;
}

/** The share of a claim's time in which it had a class, and bytes in the mean of it. */
export interface ClassShare {
  storageClass: string | undefined;
  share: number;
  bytes: number;
}

/** What is known of volumes by their names. */
interface VolumeFacts {
  bytesOf(volume: string): number;
  classOf(volume: string): string | undefined;
}

/**
 * How a claim's time divides among the classes it had: usually one. A claim that
 * is made again under its name has another volume, each for its own time.
 */
export function sharesByClass(
  volumes: readonly HeldVolume[],
  { bytesOf, classOf }: VolumeFacts,
): ClassShare[] {
  const total = sum(volumes.map(({ seconds }) => seconds));
  if (total === 0) {
    return [{ storageClass: undefined, share: 1, bytes: bytesOf('') }];
  }
  const classes = new Map<string, { seconds: number; byteSeconds: number }>();
  for (const { volume, storageClass, seconds } of volumes) {
    const ofClass = getOrCreate(
      classes,
      storageClass || classOf(volume) || '',
      () => ({ seconds: 0, byteSeconds: 0 }),
    );
    ofClass.seconds += seconds;
    ofClass.byteSeconds += seconds * bytesOf(volume);
  }
  return [...classes].map(([storageClass, { seconds, byteSeconds }]) => ({
    storageClass: storageClass || undefined,
    share: seconds / total,
    bytes: byteSeconds / seconds,
  }));
}
