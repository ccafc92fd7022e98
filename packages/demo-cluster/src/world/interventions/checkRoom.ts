import { workloadId } from '../objectIds';
import { containersOf } from '../releases';
import { allocatable, needsOf, runsOn } from '../rooms';
import { ClusterSpec, NodePool, WorkloadSpec } from '../types';
import { Wishes } from '../wishes';
import { InterventionError } from './Intervention';

/**
 * Throws {@link InterventionError} when, after a change, a pod of some workload
 * would find no room on any node of its pool: in this world no pod waits for ever.
 */
export function checkRoom(options: {
  cluster: ClusterSpec;
  wishes: Wishes;
  hour: number;
  /** The workload as it is after the change. */
  after: WorkloadSpec;
  /** Every workload that is in force or will be; the first of an id counts. */
  others: WorkloadSpec[];
}): void {
  const { cluster, wishes, hour, after, others } = options;
  const specs = new Map<string, WorkloadSpec>();
  for (const spec of [after, ...others]) {
    const id = workloadId(spec);
    if (!specs.has(id)) {
      specs.set(id, spec);
    }
  }
  const needs = (spec: WorkloadSpec) =>
    needsOf(containersOf(spec, wishes.revision(spec, hour)));
  const all = [...specs.values()];
  const daemons = all.filter(({ kind }) => kind === 'DaemonSet');
  for (const pool of cluster.pools) {
    const left = leftOf(
      pool,
      daemons.filter(daemon => runsOn(daemon, pool)).map(needs),
    );
    const tooLarge = all
      .filter(spec => spec.kind !== 'DaemonSet' && spec.pool === pool.name)
      .find(spec => !isWithin(needs(spec), left));
    if (tooLarge || left.cpuCores < 0 || left.memoryBytes < 0) {
      const { namespace, name } = tooLarge ?? after;
      throw new InterventionError(
        'invalid',
        `No node of the pool ${pool.name} would have room for a pod of ${namespace}/${name}.`,
      );
    }
  }
}

interface Amounts {
  cpuCores: number;
  memoryBytes: number;
}

/** What DaemonSets leave of a node. */
function leftOf(pool: NodePool, daemons: Amounts[]): Amounts {
  const all = allocatable(pool);
  return {
    cpuCores: daemons.reduce(
      (left, each) => left - each.cpuCores,
      all.cpuCores,
    ),
    memoryBytes: daemons.reduce(
      (left, each) => left - each.memoryBytes,
      all.memoryBytes,
    ),
  };
}

function isWithin(asked: Amounts, left: Amounts): boolean {
  return (
    asked.cpuCores <= left.cpuCores && asked.memoryBytes <= left.memoryBytes
  );
}
