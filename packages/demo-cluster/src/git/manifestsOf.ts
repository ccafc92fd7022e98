import { stringify } from 'yaml';
import { inventoryAt } from '../kubernetes/objects';
import { KubeObject } from '../kubernetes/types';
import { WorldCluster } from '../world/WorldCluster';
import { FileChange } from './GitRepository';

const KINDS = [
  'apps/v1/deployments',
  'apps/v1/statefulsets',
  'batch/v1/cronjobs',
];
/** Set by controllers and by kubectl, not by who writes a manifest. */
const OF_CONTROLLERS =
  /^(deployment\.kubernetes\.io\/|kubectl\.kubernetes\.io\/|headroom\.io\/restore|headroom\.io\/fence)/;

/** What people of the demo have in Git: a file for each workload, `<cluster>/<namespace>/<name>.yaml`. */
export function manifestsOf(cluster: WorldCluster, at: Date): FileChange[] {
  const inventory = inventoryAt(cluster, at);
  return KINDS.flatMap(kind =>
    (inventory.get(kind) ?? []).map(object => ({
      path: `${cluster.name}/${object.metadata.namespace}/${object.metadata.name}.yaml`,
      content: stringify(manifestOf(object), { lineWidth: 100 }),
    })),
  );
}

function manifestOf({ apiVersion, kind, metadata, spec }: KubeObject) {
  const { name, namespace, labels, annotations = {} } = metadata;
  const own = Object.entries(annotations).filter(
    ([key]) => !OF_CONTROLLERS.test(key),
  );
  // Autoscalers and schedules decide how many run.
  const { replicas: _, ...kept } = spec as Record<string, unknown>;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace,
      ...(labels && { labels }),
      ...(own.length > 0 && { annotations: Object.fromEntries(own) }),
    },
    spec: kept,
  };
}
