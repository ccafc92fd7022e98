import { KubernetesObject } from '@kubernetes/client-node';
import { startDemoCluster } from '@headroom/demo-cluster';

/** Kinds to copy, what others need first. Pods and what is in between are made by the controllers. */
const PATHS = [
  'api/v1/namespaces',
  'api/v1/nodes',
  'apis/apps/v1/deployments',
  'apis/apps/v1/statefulsets',
  'apis/apps/v1/daemonsets',
  'apis/batch/v1/cronjobs',
  'apis/policy/v1/poddisruptionbudgets',
  'apis/autoscaling/v2/horizontalpodautoscalers',
];

/** What the API server writes into metadata itself. */
const SERVER_FIELDS = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'managedFields',
];

/** Objects of the demo's us-west cluster on a Thursday afternoon, to be created elsewhere. */
export async function readDemoObjects(): Promise<KubernetesObject[]> {
  const now = new Date('2026-02-12T20:10:00Z');
  const demo = await startDemoCluster({
    start: new Date('2026-01-05T00:00:00Z'),
    now: () => now,
    ports: { 'us-west': 0, 'eu-central': 0 },
  });
  try {
    const objects = [];
    for (const path of PATHS) {
      const response = await fetch(`${demo.urls['us-west']}/${path}`);
      const { kind, apiVersion, items } = await response.json();
      for (const item of items) {
        objects.push({
          ...withoutServerFields(item),
          kind: kind.replace(/List$/, ''),
          apiVersion,
        });
      }
    }
    return objects;
  } finally {
    await demo.stop();
  }
}

interface ReadObject extends KubernetesObject {
  metadata: object;
  status?: { capacity?: object; allocatable?: object };
}

function withoutServerFields({ metadata, status, ...rest }: ReadObject) {
  const kept = Object.entries(metadata).filter(
    ([key]) => !SERVER_FIELDS.includes(key),
  );
  return {
    ...rest,
    metadata: Object.fromEntries(kept),
    // Nodes come with their size.
    ...(status?.capacity && {
      status: {
        capacity: status.capacity,
        allocatable: status.allocatable,
      },
    }),
  };
}
