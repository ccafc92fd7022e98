/** The workloads that workloads.ts reads. */
import { KubernetesObject } from '@kubernetes/client-node';
import { create } from './cluster';

export const NAMESPACE = 'workloads';

const resources = {
  requests: { cpu: '250m', memory: '1.5Gi' },
  limits: { memory: '2G' },
};

function podSpec(more: object = {}) {
  return {
    containers: [{ name: 'main', image: 'example.com/main:1', resources }],
    ...more,
  };
}

function object(
  apiVersion: string,
  kind: string,
  name: string,
  spec: object,
  metadata: object = {},
): KubernetesObject {
  return {
    apiVersion,
    kind,
    metadata: { namespace: NAMESPACE, name, ...metadata },
    spec,
  } as KubernetesObject;
}

/** A controller of `apps/v1` whose pods have a label with its name. */
function controller(kind: string, name: string, spec: object = {}) {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: podSpec() };
  return object('apps/v1', kind, name, {
    selector: { matchLabels: labels },
    template,
    ...spec,
  });
}

async function createRollout(name: string) {
  const rollout = await create(
    object('argoproj.io/v1alpha1', 'Rollout', name, {
      replicas: 2,
      template: { spec: podSpec() },
    }),
  );
  const replicaSet = controller('ReplicaSet', `${name}-abc`, { replicas: 2 });
  replicaSet.metadata!.ownerReferences = [
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      name,
      uid: rollout.metadata.uid,
      controller: true,
    },
  ];
  await create(replicaSet);
}

/** One of each kind that is a workload, and one that no node has room for. */
export async function createWorkloads() {
  await create(
    controller('Deployment', 'web', {
      replicas: 2,
      template: {
        metadata: { labels: { app: 'web' } },
        spec: podSpec({
          containers: [
            {
              name: 'main',
              image: 'eclipse-temurin:21',
              resources,
              env: [
                { name: 'JAVA_TOOL_OPTIONS', value: '-Xmx1g -Dkey=hunter2' },
              ],
              volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
            },
          ],
          initContainers: [
            { name: 'migrate', image: 'example.com/migrate:1' },
            {
              name: 'mesh',
              image: 'example.com/mesh:1',
              restartPolicy: 'Always',
            },
          ],
          volumes: [{ name: 'scratch', emptyDir: { medium: 'Memory' } }],
        }),
      },
    }),
  );
  await create(
    controller('StatefulSet', 'db', { replicas: 1, serviceName: 'db' }),
  );
  await create(controller('DaemonSet', 'agent'));
  const template = { spec: podSpec({ restartPolicy: 'Never' }) };
  await create(object('batch/v1', 'Job', 'once', { template }));
  await create(
    object('batch/v1', 'CronJob', 'minutely', {
      schedule: '* * * * *',
      jobTemplate: { spec: { template } },
    }),
  );
  await create(
    object('v1', 'Pod', 'debug', podSpec(), {
      annotations: { 'headroom.io/appetite': 'dev' },
    }),
  );
  await createRollout('canary');
  await create(
    controller('Deployment', 'toolarge', {
      replicas: 2,
      template: {
        metadata: { labels: { app: 'toolarge' } },
        spec: {
          containers: [
            {
              name: 'main',
              image: 'example.com/main:1',
              resources: { requests: { cpu: '1000' } },
            },
          ],
        },
      },
    }),
  );
}

/** What scales and advises them. */
export async function createSteering() {
  const scaleTargetRef = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'web',
  };
  await create(
    object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
      scaleTargetRef,
      maxReplicas: 5,
      metrics: [
        {
          type: 'ContainerResource',
          containerResource: {
            name: 'cpu',
            container: 'main',
            target: { type: 'Utilization', averageUtilization: 70 },
          },
        },
        {
          type: 'Resource',
          resource: {
            name: 'memory',
            target: { type: 'AverageValue', averageValue: '1536Mi' },
          },
        },
        {
          type: 'External',
          external: {
            metric: { name: 'queue' },
            target: { type: 'Value', value: '10' },
          },
        },
      ],
    }),
  );
  await create(
    object('autoscaling/v2', 'HorizontalPodAutoscaler', 'silent', {
      scaleTargetRef: { ...scaleTargetRef, kind: 'StatefulSet', name: 'db' },
      maxReplicas: 3,
    }),
  );
  await create(
    object(
      'keda.sh/v1alpha1',
      'ScaledObject',
      'canary',
      {
        scaleTargetRef: {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Rollout',
          name: 'canary',
        },
        maxReplicaCount: 9,
        triggers: [
          {
            type: 'cpu',
            metricType: 'Utilization',
            metadata: { value: '60' },
          },
          { type: 'kafka', metadata: {} },
        ],
      },
      { annotations: { 'autoscaling.keda.sh/paused': 'true' } },
    ),
  );
  await create(
    object('autoscaling.k8s.io/v1', 'VerticalPodAutoscaler', 'agent', {
      targetRef: { ...scaleTargetRef, kind: 'DaemonSet', name: 'agent' },
      updatePolicy: { updateMode: 'Initial' },
      resourcePolicy: {
        containerPolicies: [
          { containerName: 'main', controlledResources: ['memory'] },
        ],
      },
    }),
  );
}
