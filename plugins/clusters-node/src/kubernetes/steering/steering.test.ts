import { readHorizontalPodAutoscaler } from './horizontalPodAutoscaler';
import { readScaledObject } from './scaledObject';
import { readVerticalPodAutoscaler } from './verticalPodAutoscaler';

const metadata = { namespace: 'shop', name: 'web', uid: 'u' };
const target = { namespace: 'shop', kind: 'Deployment', name: 'web' };
const targetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };

describe('HorizontalPodAutoscaler', () => {
  it('has what moves with requests, and counts the rest', () => {
    const metrics = [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { averageUtilization: 70 } },
      },
      {
        type: 'Resource',
        resource: { name: 'memory', target: { averageValue: '1500Mi' } },
      },
      {
        type: 'ContainerResource',
        containerResource: {
          name: 'cpu',
          container: 'main',
          target: { averageValue: '250m' },
        },
      },
      {
        type: 'Resource',
        resource: {
          name: 'ephemeral-storage',
          target: { averageUtilization: 1 },
        },
      },
      { type: 'Pods' },
      { type: 'External' },
    ];
    expect(
      readHorizontalPodAutoscaler({
        metadata,
        spec: { scaleTargetRef: targetRef, maxReplicas: 9, metrics },
      }),
    ).toEqual({
      kind: 'HorizontalPodAutoscaler',
      name: 'web',
      target,
      minReplicas: 1,
      maxReplicas: 9,
      metrics: [
        { resource: 'cpu', targetUtilization: 70 },
        { resource: 'memory', targetAverageValue: 1500 * 2 ** 20 },
        { resource: 'cpu', container: 'main', targetAverageValue: 0.25 },
      ],
      otherMetrics: 3,
    });
  });

  it('names the ScaledObject that made it', () => {
    expect(
      readHorizontalPodAutoscaler({
        metadata: {
          ...metadata,
          ownerReferences: [
            {
              apiVersion: 'keda.sh/v1alpha1',
              kind: 'ScaledObject',
              name: 'web-queue',
              uid: 'k',
              controller: true,
            },
          ],
        },
        spec: { scaleTargetRef: targetRef, minReplicas: 2, maxReplicas: 9 },
      }),
    ).toMatchObject({ ownedBy: 'web-queue', minReplicas: 2, metrics: [] });
  });
});

describe('ScaledObject', () => {
  it('has KEDA’s defaults, and both ways to say what a value is', () => {
    expect(
      readScaledObject({
        metadata,
        spec: {
          scaleTargetRef: { name: 'web' },
          triggers: [
            {
              type: 'cpu',
              metricType: 'Utilization',
              metadata: { value: '60' },
            },
            {
              type: 'memory',
              metricType: 'AverageValue',
              metadata: { value: '1Gi', containerName: 'main' },
            },
            { type: 'cpu', metadata: { type: 'Utilization', value: '50' } },
            { type: 'prometheus', metadata: {} },
          ],
        },
      }),
    ).toEqual({
      kind: 'ScaledObject',
      name: 'web',
      target,
      minReplicas: 0,
      maxReplicas: 100,
      metrics: [
        { resource: 'cpu', targetUtilization: 60 },
        { resource: 'memory', container: 'main', targetAverageValue: 2 ** 30 },
        { resource: 'cpu', targetUtilization: 50 },
      ],
      otherMetrics: 1,
      paused: false,
    });
  });

  it.each([
    [{ 'autoscaling.keda.sh/paused': 'true' }, true],
    [{ 'autoscaling.keda.sh/paused': 'yes' }, true],
    [{ 'autoscaling.keda.sh/paused': 'false' }, false],
    [{ 'autoscaling.keda.sh/paused-replicas': '0' }, true],
    [{ other: 'true' }, false],
    [undefined, false],
  ])('with annotations %j: paused %s', (annotations, paused) => {
    expect(
      readScaledObject({
        metadata: { ...metadata, annotations },
        spec: { scaleTargetRef: { kind: 'StatefulSet', name: 'web' } },
      }),
    ).toMatchObject({ paused, target: { kind: 'StatefulSet' } });
  });
});

describe('VerticalPodAutoscaler', () => {
  const read = (spec: object, more: object = {}) =>
    readVerticalPodAutoscaler({
      metadata,
      spec: { targetRef, ...spec },
      ...more,
    });

  it('says nothing of policies it doesn’t have', () => {
    expect(read({})).toEqual({
      kind: 'VerticalPodAutoscaler',
      name: 'web',
      target,
      updateMode: 'Recreate',
      controlled: [],
      recommendations: [],
    });
    expect(read({ targetRef: undefined })).toBeUndefined();
  });

  it('has a policy for every container once it has one', () => {
    const all = {
      mode: 'Auto',
      resources: ['cpu', 'memory'],
      values: 'RequestsAndLimits',
    };
    const controlledBy = (...containerPolicies: object[]) =>
      read({ resourcePolicy: { containerPolicies } })?.controlled;
    expect(
      controlledBy(
        {
          containerName: 'main',
          controlledResources: ['memory'],
          controlledValues: 'RequestsOnly',
        },
        { containerName: 'mesh', mode: 'Off' },
        { containerName: 'none', controlledResources: [] },
      ),
    ).toEqual([
      {
        container: 'main',
        mode: 'Auto',
        resources: ['memory'],
        values: 'RequestsOnly',
      },
      { ...all, container: 'mesh', mode: 'Off' },
      { ...all, container: 'none', mode: 'Off', resources: [] },
      { ...all, container: '*' },
    ]);
    expect(controlledBy({ containerName: '*', mode: 'Off' })).toEqual([
      { ...all, container: '*', mode: 'Off' },
    ]);
  });

  it.each(['Off', 'Initial', 'InPlaceOrRecreate', 'InPlace', 'Auto'])(
    'is in mode %s when it says so',
    updateMode => {
      expect(read({ updatePolicy: { updateMode } })).toMatchObject({
        updateMode,
      });
    },
  );

  it('recommends in cores and bytes, at the time the API server noted', () => {
    const amounts = (cpu: string, memory: string) => ({ cpu, memory });
    const vpa = readVerticalPodAutoscaler({
      metadata: {
        ...metadata,
        managedFields: [
          { time: '2026-02-03T00:00:00Z', fieldsV1: { 'f:spec': {} } },
          {
            time: '2026-02-01T00:00:00Z',
            fieldsV1: { 'f:status': { 'f:recommendation': {} } },
          },
          { time: '2026-02-02T00:00:00Z', fieldsV1: { 'f:status': {} } },
        ],
      },
      spec: { targetRef },
      status: {
        recommendation: {
          containerRecommendations: [
            {
              containerName: 'main',
              target: amounts('587m', '262144k'),
              lowerBound: amounts('25m', '256Mi'),
              upperBound: { cpu: '4' },
            },
          ],
        },
      },
    });
    expect(vpa).toMatchObject({
      recommendedAt: '2026-02-01T00:00:00Z',
      recommendations: [
        {
          container: 'main',
          target: { cpuCores: 0.587, memoryBytes: 262_144_000 },
          lowerBound: { cpuCores: 0.025, memoryBytes: 2 ** 28 },
          upperBound: { cpuCores: 4 },
        },
      ],
    });
    expect(vpa?.recommendations[0]).not.toHaveProperty('uncappedTarget');
  });
});
