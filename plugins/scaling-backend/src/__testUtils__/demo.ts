import { DemoCluster, startDemoCluster } from '@headroom/demo-cluster';

/** A simulated cluster, and what of its API a test asks. */
export interface TestCluster {
  url: string;
  demo: DemoCluster;
  /** Of a Deployment. */
  deployment(
    namespace: string,
    name: string,
  ): Promise<{
    metadata: {
      uid: string;
      resourceVersion: string;
      annotations?: Record<string, string>;
    };
    spec: { replicas?: number };
  }>;
  /** A merge patch, by a field manager of somebody else. */
  patch(path: string, patch: object, manager: string): Promise<void>;
}

/** Starts the demo on free ports; the test stops it. */
export async function startTestCluster(): Promise<TestCluster> {
  const demo = await startDemoCluster({
    ports: { 'us-west': 0, 'eu-central': 0 },
    selfHealSeconds: Infinity,
  });
  const url = demo.urls['us-west'];
  return {
    url,
    demo,
    deployment: async (namespace, name) => {
      const answer = await fetch(
        `${url}/apis/apps/v1/namespaces/${namespace}/deployments/${name}`,
      );
      return answer.json();
    },
    patch: async (path, patch, manager) => {
      const answer = await fetch(`${url}${path}?fieldManager=${manager}`, {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/merge-patch+json' },
        body: JSON.stringify(patch),
      });
      if (!answer.ok) {
        throw new Error(await answer.text());
      }
    },
  };
}
