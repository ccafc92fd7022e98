import { bucketOf, UNKNOWN_CODE, valueOf } from './buckets';
import { Histogram, UsageDigest } from './types';

/**
 * A digest without CPU samples above what can be, see {@link mostCores}: those
 * made before the node's cores were looked at may have such a reading. What is
 * set aside is not known.
 *
 * @public
 */
export function withPossibleCores(
  digest: UsageDigest,
  most: number,
): UsageDigest {
  const { cpu, cpuAll, startup, hours, runs } = digest;
  // The highest of all samples, starts and runs included.
  const highest =
    digest.cpuPeakCores ?? (valueOf(cpuAll.codes.at(-1) ?? UNKNOWN_CODE) || 0);
  if (highest <= most) {
    return digest;
  }
  const top = bucketOf(most);
  const possible = (cores: number) => (cores <= most ? cores : 0);
  const { cpuPeakCores: _peak, ...rest } = digest;
  return {
    ...rest,
    cpu: cpu.map(code => (code > top ? UNKNOWN_CODE : code)),
    cpuAll: belowCode(cpuAll, top),
    ...(startup && {
      startup: { ...startup, cpuCores: possible(startup.cpuCores) },
    }),
    runs: runs.map(run => ({ ...run, cpuCores: possible(run.cpuCores) })),
    hours: {
      ...hours,
      cpuUsageCoreSeconds: hours.cpuUsageCoreSeconds.map((used, hour) =>
        Math.min(used, most * hours.runSeconds[hour]),
      ),
    },
  };
}

function belowCode({ codes, counts }: Histogram, top: number): Histogram {
  const kept = codes.filter(code => code <= top).length;
  return {
    codes: codes.slice(0, kept),
    counts: counts.slice(0, kept),
    total: counts.slice(0, kept).reduce((sum, count) => sum + count, 0),
  };
}
