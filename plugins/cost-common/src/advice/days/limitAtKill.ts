import { UsageDigest } from '../../digests';

/**
 * The memory limit that a container was killed at in a digest: the one of the
 * hour of the kill, else the lowest of the digest's specs, as it may have been
 * raised for the kill. 0 without a kill or limit.
 */
export function limitAtKill(digest: UsageDigest): number {
  if (!digest.oomKills) {
    return 0;
  }
  const limits = digest.specs.flatMap(
    ({ spec }) => spec.memoryLimitBytes ?? [],
  );
  return digest.oomLimitBytes ?? (limits.length > 0 ? Math.min(...limits) : 0);
}
