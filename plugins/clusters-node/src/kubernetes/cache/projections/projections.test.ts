import { projectAutoscaler, projectScaledObject } from './projectAutoscaler';
import { projectBudget, projectNamespace } from './projectBudget';
import { projectCronJob, projectReplicated } from './projectWorkload';

const deployment = projectReplicated('Deployment');
const statefulSet = projectReplicated('StatefulSet');
const rollout = projectReplicated('Rollout');

const metadata = {
  name: 'web',
  namespace: 'shop',
  uid: 'u-1',
  resourceVersion: '7',
  creationTimestamp: '2026-01-05T08:00:00Z',
};

const template = {
  metadata: { labels: { app: 'web' } },
  spec: {
    initContainers: [
      { name: 'migrate', resources: { requests: { cpu: '1' } } },
      { name: 'proxy', restartPolicy: 'Always' },
    ],
    containers: [
      {
        name: 'main',
        image: 'example.com/web:1',
        resources: { requests: { cpu: '500m' }, limits: { memory: '1Gi' } },
      },
    ],
  },
};

const rolledOut = (more: object = {}) => ({
  type: 'Progressing',
  status: 'True',
  reason: 'NewReplicaSetAvailable',
  lastUpdateTime: '2026-11-20T12:00:00Z',
  lastTransitionTime: '2026-01-05T08:00:00Z',
  ...more,
});

describe('a Deployment', () => {
  it('is kept without what nobody goes by', () => {
    expect(
      deployment({
        metadata: {
          ...metadata,
          generation: 4,
          labels: { app: 'web', team: 'shop' },
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': '{"huge":1}',
            'headroom.io/schedule': 'office hours',
            'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/web',
            'deployment.kubernetes.io/revision': '3',
          },
          managedFields: [
            {
              manager: 'argocd-controller',
              operation: 'Apply',
              time: '2026-11-20T11:59:00Z',
              fieldsV1: {
                'f:spec': {
                  'f:replicas': {},
                  'f:template': {
                    'f:spec': {
                      'f:containers': {
                        'k:{"name":"main"}': {
                          '.': {},
                          'f:resources': { 'f:requests': { 'f:cpu': {} } },
                        },
                      },
                    },
                  },
                },
              },
            },
            {
              manager: 'kube-controller-manager',
              operation: 'Update',
              subresource: 'status',
              time: '2026-11-28T10:00:00Z',
              fieldsV1: { 'f:status': { 'f:replicas': {} } },
            },
          ],
        },
        spec: { replicas: 3, template },
        status: {
          observedGeneration: 4,
          replicas: 3,
          updatedReplicas: 3,
          readyReplicas: 3,
          conditions: [rolledOut()],
        },
      }),
    ).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      createdAt: '2026-01-05T08:00:00Z',
      labels: { app: 'web', team: 'shop' },
      annotations: {
        'headroom.io/schedule': 'office hours',
        'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/web',
      },
      owners: {
        'spec.replicas': [
          {
            manager: 'argocd-controller',
            operation: 'Apply',
            time: '2026-11-20T11:59:00Z',
            scope: 'field',
          },
        ],
      },
      lastChange: {
        at: '2026-11-20T11:59:00Z',
        manager: 'argocd-controller',
      },
      podLabels: { app: 'web' },
      containers: [
        {
          name: 'main',
          requests: { cpu: '500m' },
          limits: { memory: '1Gi' },
          owners: [
            {
              manager: 'argocd-controller',
              operation: 'Apply',
              time: '2026-11-20T11:59:00Z',
              scope: 'within',
            },
          ],
        },
        { name: 'proxy' },
      ],
      replicas: 3,
      statusReplicas: 3,
      readyReplicas: 3,
      generation: 4,
      observedGeneration: 4,
      rolledOutAt: '2026-11-20T12:00:00.000Z',
    });
  });

  it.each<[string, object, object]>([
    [
      'at zero, where the status leaves out what is 0',
      { spec: { replicas: 0, template }, status: { observedGeneration: 1 } },
      { replicas: 0, statusReplicas: 0, readyReplicas: 0 },
    ],
    [
      'whose status nobody wrote yet',
      { spec: { template }, status: {} },
      { replicas: undefined, readyReplicas: undefined },
    ],
    [
      'that is being rolled out',
      {
        spec: { replicas: 3, template },
        status: {
          replicas: 4,
          updatedReplicas: 2,
          conditions: [
            rolledOut({
              reason: 'ReplicaSetUpdated',
              lastUpdateTime: '2026-11-28T09:00:00Z',
            }),
          ],
        },
      },
      { rollingOut: true, rolledOutAt: '2026-11-28T09:00:00.000Z' },
    ],
    [
      'that was restarted by hand',
      {
        spec: {
          replicas: 3,
          template: {
            ...template,
            metadata: {
              annotations: {
                'kubectl.kubernetes.io/restartedAt':
                  '2026-11-28T10:00:00+01:00',
              },
            },
          },
        },
      },
      { rolledOutAt: '2026-11-28T09:00:00.000Z', podLabels: {} },
    ],
    [
      'whose rollout failed',
      {
        spec: { replicas: 3, template },
        status: {
          conditions: [
            rolledOut({ status: 'False', reason: 'ProgressDeadlineExceeded' }),
          ],
        },
      },
      { rolledOutAt: undefined },
    ],
  ])('%s', (_, object, expected) => {
    const kept = deployment({ metadata, ...object });
    expect({ ...kept, ...expected }).toEqual({ ...expected, ...kept });
  });

  it('knows that its controller has not seen the latest change', () => {
    const object = (observedGeneration: number) =>
      deployment({
        metadata: { ...metadata, generation: 5 },
        spec: { replicas: 1, template },
        status: { observedGeneration, replicas: 1, updatedReplicas: 1 },
      }).rollingOut;
    expect(object(4)).toBe(true);
    expect(object(5)).toBeUndefined();
  });

  it('knows who controls it, and that it is being deleted', () => {
    expect(
      deployment({
        metadata: {
          ...metadata,
          deletionTimestamp: '2026-11-28T09:00:00Z',
          ownerReferences: [
            { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'u-2' },
            {
              apiVersion: 'example.com/v1',
              kind: 'App',
              name: 'web',
              uid: 'u-3',
              controller: true,
              blockOwnerDeletion: true,
            },
          ],
        },
        spec: { template },
      }),
    ).toMatchObject({
      deleting: true,
      controller: {
        apiVersion: 'example.com/v1',
        kind: 'App',
        name: 'web',
        uid: 'u-3',
      },
    });
  });

  it.each([
    ['no spec', { metadata }],
    ['half a replica', { metadata, spec: { replicas: 1.5, template } }],
    ['no labels of its own', { metadata: { ...metadata, labels: 3 } }],
    [
      'text that no database holds',
      { metadata: { ...metadata, labels: { a: '\0' } }, spec: { template } },
    ],
  ])('of %s is no Deployment', (_, object) => {
    expect(() => deployment(object)).toThrow();
  });
});

describe('the last change', () => {
  const changed = (managedFields: object[]) =>
    deployment({ metadata: { ...metadata, managedFields }, spec: { template } })
      .lastChange;
  const spec = { 'f:spec': { 'f:replicas': {} } };

  it('is that of a person, a pipeline or a GitOps tool, whichever was last', () => {
    expect(
      changed([
        { manager: 'helm', time: '2026-11-01T00:00:00Z', fieldsV1: spec },
        {
          manager: 'kubectl-edit',
          time: '2026-11-03T00:00:00Z',
          fieldsV1: spec,
        },
        {
          manager: 'kubectl',
          time: '2026-11-02T00:00:00Z',
          fieldsV1: spec,
          subresource: 'scale',
        },
      ]),
    ).toEqual({ at: '2026-11-03T00:00:00Z', manager: 'kubectl-edit' });
  });

  it('is none of a controller, of Headroom, of a status or of labels alone', () => {
    expect(
      changed([
        {
          manager: 'kube-controller-manager',
          time: '2026-11-05T00:00:00Z',
          fieldsV1: spec,
          subresource: 'scale',
        },
        { manager: 'headroom', time: '2026-11-05T00:00:00Z', fieldsV1: spec },
        {
          manager: 'odd',
          time: '2026-11-05T00:00:00Z',
          fieldsV1: spec,
          subresource: 'status',
        },
        {
          manager: 'kubectl-label',
          time: '2026-11-05T00:00:00Z',
          fieldsV1: { 'f:metadata': {} },
        },
        // The console of OpenShift notes no time where it scales.
        { manager: 'Mozilla', fieldsV1: spec, subresource: 'scale' },
      ]),
    ).toBeUndefined();
  });
});

describe('other workloads', () => {
  it('keeps a StatefulSet and sees it roll out', () => {
    const status = {
      replicas: 3,
      readyReplicas: 2,
      updatedReplicas: 1,
      currentRevision: 'db-1',
      updateRevision: 'db-2',
    };
    expect(
      statefulSet({ metadata, spec: { replicas: 3, template }, status }),
    ).toMatchObject({
      kind: 'StatefulSet',
      readyReplicas: 2,
      rollingOut: true,
    });
  });

  it('keeps a Rollout, which counts its generations in texts, with a template of its own or another’s', () => {
    expect(
      rollout({
        metadata: { ...metadata, generation: 3 },
        spec: {
          replicas: 2,
          workloadRef: {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            name: 'web',
          },
        },
        status: { observedGeneration: '3', phase: 'Healthy', replicas: 2 },
      }),
    ).toMatchObject({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      replicas: 2,
      observedGeneration: 3,
      containers: [],
      workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    });
    expect(rollout({ metadata, spec: {} })).not.toHaveProperty('podLabels');
    expect(
      rollout({
        metadata,
        spec: { template },
        status: { phase: 'Progressing' },
      }),
    ).toMatchObject({ podLabels: { app: 'web' }, rollingOut: true });
  });

  it('keeps a CronJob, and whether it says that it is suspended', () => {
    const spec = { jobTemplate: { spec: { template } } };
    expect(
      projectCronJob({ metadata, spec: { ...spec, suspend: true } }),
    ).toMatchObject({
      kind: 'CronJob',
      suspend: true,
      podLabels: { app: 'web' },
      containers: [{ name: 'main' }, { name: 'proxy' }],
    });
    expect(projectCronJob({ metadata, spec })).not.toHaveProperty('suspend');
  });
});

describe('what steers', () => {
  it('keeps an HPA as it is written', () => {
    const scaleTargetRef = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'web',
    };
    const metrics = [{ type: 'Resource' }, { type: 'External' }];
    expect(
      projectAutoscaler({
        metadata,
        spec: { scaleTargetRef, maxReplicas: 9, metrics },
        status: {
          currentReplicas: 0,
          desiredReplicas: 0,
          conditions: [
            {
              type: 'ScalingActive',
              status: 'False',
              reason: 'ScalingDisabled',
            },
          ],
        },
      }),
    ).toEqual({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      createdAt: '2026-01-05T08:00:00Z',
      labels: {},
      annotations: {},
      owners: {},
      target: scaleTargetRef,
      maxReplicas: 9,
      metrics: 2,
      currentReplicas: 0,
      desiredReplicas: 0,
      inactive: 'ScalingDisabled',
    });
  });

  it('keeps a ScaledObject with what KEDA takes for its target, and how it is paused', () => {
    expect(
      projectScaledObject({
        metadata: {
          ...metadata,
          annotations: { 'autoscaling.keda.sh/paused-replicas': '0' },
          managedFields: [
            {
              manager: 'kubectl-annotate',
              operation: 'Update',
              fieldsV1: {
                'f:metadata': {
                  'f:annotations': {
                    'f:autoscaling.keda.sh/paused-replicas': {},
                  },
                },
              },
            },
          ],
        },
        spec: {
          scaleTargetRef: { name: 'web' },
          minReplicaCount: 1,
          triggers: [{ type: 'cron' }, { type: 'prometheus' }],
        },
        status: {
          hpaName: 'keda-hpa-web',
          conditions: [{ type: 'Paused', status: 'True' }],
        },
      }),
    ).toMatchObject({
      target: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicaCount: 1,
      triggers: ['cron', 'prometheus'],
      hpaName: 'keda-hpa-web',
      paused: true,
      annotations: { 'autoscaling.keda.sh/paused-replicas': '0' },
      owners: {
        'metadata.annotations["autoscaling.keda.sh/paused-replicas"]': [
          { manager: 'kubectl-annotate', scope: 'field' },
        ],
      },
    });
    const unknown = projectScaledObject({
      metadata,
      spec: { scaleTargetRef: { name: 'web' } },
      status: { conditions: [{ type: 'Paused', status: 'Unknown' }] },
    });
    expect(unknown).not.toHaveProperty('paused');
    expect(unknown).not.toHaveProperty('maxReplicaCount');
  });

  it.each([
    ['an HPA without a target', projectAutoscaler, { maxReplicas: 1 }],
    [
      'an HPA without a maximum',
      projectAutoscaler,
      { scaleTargetRef: { kind: 'Deployment', name: 'web' } },
    ],
    [
      'a ScaledObject without a name to scale',
      projectScaledObject,
      { scaleTargetRef: {} },
    ],
    [
      'a ScaledObject whose minimum is no count',
      projectScaledObject,
      { scaleTargetRef: { name: 'web' }, minReplicaCount: '1' },
    ],
  ])('can’t read %s', (_, project, spec) => {
    expect(() => project({ metadata, spec })).toThrow();
  });
});

describe('what bears on workloads', () => {
  it('keeps a PodDisruptionBudget, one for all pods and one for none apart', () => {
    const budget = (spec: object) =>
      projectBudget({
        metadata,
        spec,
        status: {
          disruptionsAllowed: 0,
          currentHealthy: 2,
          observedGeneration: 1,
        },
      });
    expect(budget({ selector: {}, minAvailable: '50%' })).toMatchObject({
      selector: {},
      minAvailable: '50%',
      disruptionsAllowed: 0,
      currentHealthy: 2,
    });
    expect(budget({ maxUnavailable: 0 })).not.toHaveProperty('selector');
    expect(budget({ maxUnavailable: 0 })).toHaveProperty('maxUnavailable', 0);
  });

  it('keeps a Namespace with its labels and Headroom’s annotations', () => {
    expect(
      projectNamespace({
        metadata: {
          ...metadata,
          namespace: undefined,
          labels: { stage: 'dev' },
          annotations: { 'headroom.io/schedule': 'nights', other: 'x' },
        },
      }),
    ).toMatchObject({
      kind: 'Namespace',
      labels: { stage: 'dev' },
      annotations: { 'headroom.io/schedule': 'nights' },
    });
  });
});
