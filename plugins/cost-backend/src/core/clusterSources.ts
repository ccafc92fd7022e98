import { InputError } from '@backstage/errors';
import { ClusterConfig } from '@headroom/plugin-clusters-node';
import { AllocationSource, UsageSource } from '@headroom/plugin-cost-node';
import { CostSources } from './CostSources';

type Sources = Pick<CostSources, 'allocation' | 'usage'>;

/**
 * Where the costs of a cluster come from: costs that something has allocated win
 * over usage, which is then there to verify them with.
 */
export function sourceOf(
  cluster: ClusterConfig,
  { allocation, usage }: Sources,
): AllocationSource | UsageSource | undefined {
  return (
    allocation.find(each => each.supports(cluster)) ??
    usage.find(each => each.supports(cluster))
  );
}

/** Names of the clusters whose costs come from a simulation. */
export function simulatedClusters(
  clusters: ClusterConfig[],
  sources: Sources,
): ReadonlySet<string> {
  return new Set(
    clusters
      .filter(cluster => sourceOf(cluster, sources)?.simulated)
      .map(({ name }) => name),
  );
}

/**
 * Refuses clusters of which it is not told which source to believe.
 *
 * @throws InputError that names them.
 */
export function refuseRivalSources(
  clusters: ClusterConfig[],
  { allocation, usage }: Sources,
): void {
  clusters.forEach((cluster, index) => {
    const kinds = [allocation, usage].map(sources =>
      sources.filter(each => each.supports(cluster)),
    );
    const all = kinds.flat();
    const refuse = (why: string, rivals: Array<{ id: string }>) => {
      throw new InputError(
        `Invalid configuration: headroom.clusters[${index}] '${
          cluster.name
        }' has ${rivals.map(({ id }) => id).join(' and ')}; ${why}, keep one`,
      );
    };
    if (new Set(all.map(({ simulated = false }) => simulated)).size > 1) {
      refuse('what is simulated is not mixed with what is measured', all);
    }
    for (const rivals of kinds) {
      if (rivals.length > 1) {
        refuse('they say the same of a cluster', rivals);
      }
    }
  });
}
