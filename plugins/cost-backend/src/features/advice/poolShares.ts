import { ContainerSpec } from '@headroom/common';
import {
  ContainerAdvice,
  ResourceAdvice,
  UsageDigest,
} from '@headroom/plugin-cost-common';
import { PoolShare } from '../../database/adviceOutcome';

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
  const { evidence, cpu, memory } = advice;
  if (evidence.specUnknown) {
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
        cpuCores: pods * requestOf(cpu),
        memoryBytes: pods * requestOf(memory),
        gpus: pods * gpusOf(evidence.spec),
        cpuCoresChange: pods * change(cpu),
        memoryBytesChange: pods * change(memory),
      };
    });
}

function gpusOf({ gpus = {} }: ContainerSpec): number {
  return Object.values(gpus).reduce((sum, count) => sum + count, 0);
}

/** In force now: of the container, or its part of the pod's. */
function requestOf({ current }: ResourceAdvice): number {
  return current.request ?? current.limit ?? 0;
}

function change(advice: ResourceAdvice): number {
  return advice.proposed ? advice.proposed.request - requestOf(advice) : 0;
}
