import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { ClusterConfig } from '../clusters';
import { comparableClusterName } from './clusterName';
import { ClusterSection } from './ClusterSection';
import { describeIssue } from './describeIssue';
import { clusterSchema } from './schema';
import { unknownSectionProblems } from './unknownSections';

const ROOT = 'headroom.clusters';

/** @public */
export interface ReadClustersOptions {
  /** What modules read of a cluster, to be checked with the rest. Default: none. */
  sections?: ReadonlyArray<ClusterSection<unknown>>;
}

/**
 * The clusters under `headroom.clusters`, in the order they are written; none
 * when the key is absent. Plugins ask {@link clustersServiceRef}, which knows
 * what modules read.
 *
 * @throws InputError that names the configuration path, the value (never a
 * secret) and what would be right.
 * @public
 */
export function readClusters(
  config: Config,
  { sections = [] }: ReadClustersOptions = {},
): ClusterConfig[] {
  const clusters = parseClusters(config);
  const read = sections.map(({ key }) => key);
  const problems = clusters.flatMap((cluster, index) => [
    ...sections.flatMap(section =>
      section.problems(cluster, `${ROOT}[${index}]`),
    ),
    ...unknownSectionProblems(
      cluster.sections ?? {},
      `${ROOT}[${index}]`,
      read,
    ),
  ]);
  if (problems.length > 0) {
    throw invalid(problems);
  }
  return clusters;
}

/**
 * Checks one section of every cluster.
 *
 * @throws InputError, as {@link readClusters} does.
 * @internal
 */
export function checkSection(
  config: Config,
  section: ClusterSection<unknown>,
): void {
  const problems = parseClusters(config).flatMap((cluster, index) =>
    section.problems(cluster, `${ROOT}[${index}]`),
  );
  if (problems.length > 0) {
    throw invalid(problems);
  }
}

function parseClusters(config: Config): ClusterConfig[] {
  const value: unknown = config.getOptional(ROOT);
  if (value === undefined) {
    return [];
  }
  const parsed = z.array(clusterSchema).safeParse(value);
  if (!parsed.success) {
    throw invalid(
      parsed.error.issues.map(issue => describeIssue(ROOT, issue, value)),
    );
  }
  refuseDuplicateNames(parsed.data);
  return parsed.data.map(toCluster);
}

function invalid(problems: string[]): InputError {
  return new InputError(`Invalid configuration: ${problems.join('; ')}`);
}

function refuseDuplicateNames(clusters: Array<{ name: string }>): void {
  const first = new Map<string, { name: string; index: number }>();
  clusters.forEach(({ name }, index) => {
    const key = comparableClusterName(name);
    const other = first.get(key);
    if (other?.name === name) {
      throw new InputError(
        `Invalid configuration: ${ROOT}[${index}].name '${name}' is already the name of ${ROOT}[${other.index}]; every cluster needs a name of its own`,
      );
    }
    if (other) {
      throw new InputError(
        `Invalid configuration: ${ROOT}[${index}].name '${name}' looks like '${other.name}', the name of ${ROOT}[${other.index}]; names must differ by more than upper and lower case`,
      );
    }
    first.set(key, { name, index });
  });
}

function toCluster({
  name,
  title = name,
  region,
  labels = {},
  prometheus,
  kubernetes,
  ...sections
}: z.infer<typeof clusterSchema>): ClusterConfig {
  return {
    name,
    title,
    region,
    labels,
    prometheus,
    kubernetes,
    ...(Object.keys(sections).length > 0 && { sections }),
  };
}
