import { MAX_POOLS } from './digestBounds';
import { MOST_SECONDS } from './hourCodec';
import { UsageDigest } from './types';

type Pools = UsageDigest['pools'];

/**
 * Pools of the same name as one, by name. Of more than {@link MAX_POOLS} those
 * with the least time become part of the pool that is not known.
 */
export function mergePools(pools: Pools): Pools {
  const byName = new Map<string, number>();
  const add = (nodePool: string, runSeconds: number) => {
    const sum = (byName.get(nodePool) ?? 0) + runSeconds;
    byName.set(nodePool, Math.min(sum, MOST_SECONDS));
  };
  pools.forEach(({ nodePool, runSeconds }) => add(nodePool, runSeconds));
  if (byName.size > MAX_POOLS) {
    const surplus = [...byName]
      .filter(([name]) => name !== '')
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .slice(MAX_POOLS - 1);
    for (const [name, runSeconds] of surplus) {
      byName.delete(name);
      add('', runSeconds);
    }
  }
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([nodePool, runSeconds]) => ({ nodePool, runSeconds }));
}
