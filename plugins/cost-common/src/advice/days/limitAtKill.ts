import { UsageDigest } from '../../digests';

/**
 * The memory limit that a container was killed at in a digest: the one of the
 * hour of the kill, else of the digest's last spec. 0 without a kill or limit.
 */
export function limitAtKill(digest: UsageDigest): number {
  return digest.oomKills
    ? digest.oomLimitBytes ?? digest.specs.at(-1)?.spec.memoryLimitBytes ?? 0
    : 0;
}
