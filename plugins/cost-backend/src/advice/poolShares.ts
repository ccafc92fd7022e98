import {
  ContainerAdvice,
  ContainerSpec,
  UsageDigest,
} from '@headroom/plugin-cost-common';
import { PoolShare } from './protocol';

const HOUR_SECONDS = 3600;
const SLOTS_PER_HOUR = 12;

/**
 * What a container asked of each node pool on the last day of the window, and
 * how much less it would if the advice were taken. Empty when it did not run
 * that day: it holds nothing that could be given back.
 */
export function poolShares(
  digest: UsageDigest | undefined,
  lastDay: string,
  advice: ContainerAdvice,
  daemon: boolean,
): PoolShare[] {
  if (!digest || Date.parse(digest.start) < Date.parse(lastDay)) {
    return [];
  }
  const spec = digest.specs.at(-1)?.spec;
  if (!spec) {
    return [];
  }
  const seconds = (digest.slots / SLOTS_PER_HOUR) * HOUR_SECONDS;
  return digest.pools
    .filter(({ runSeconds }) => runSeconds > 0)
    .map(({ nodePool, runSeconds }) => {
      const pods = runSeconds / seconds;
      return {
        nodePool,
        daemon,
        pods,
        cpuCores: pods * (spec.cpuRequestCores ?? 0),
        memoryBytes: pods * (spec.memoryRequestBytes ?? 0),
        gpus: pods * gpusOf(spec),
        cpuCoresChange: pods * change(advice.cpu, spec.cpuRequestCores),
        memoryBytesChange:
          pods * change(advice.memory, spec.memoryRequestBytes),
      };
    });
}

function gpusOf({ gpus = {} }: ContainerSpec): number {
  return Object.values(gpus).reduce((sum, count) => sum + count, 0);
}

function change(
  { proposed }: ContainerAdvice['cpu'],
  current: number | undefined,
): number {
  return proposed ? proposed.request - (current ?? 0) : 0;
}
