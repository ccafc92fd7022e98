import { createWorld } from '../world/createWorld';
import { inventoryAt } from './objects';

const START = new Date('2026-01-05T00:00:00Z');
const NOW = new Date('2026-03-06T12:34:56Z');
const inventory = inventoryAt(
  createWorld({ seed: 1, start: START }).cluster('us-west'),
  NOW,
);
const list = (kind: string) => inventory.get(kind)! as any[];
const named = (kind: string, name: string) =>
  list(kind).find(({ metadata }) => metadata.name === name);

const HPAS = 'autoscaling/v2/horizontalpodautoscalers';
const VPAS = 'autoscaling.k8s.io/v1/verticalpodautoscalers';

describe('what scales', () => {
  it('is one HPA a workload, and its replicas are within bounds', () => {
    const targets = list(HPAS).map(
      ({ metadata, spec }) =>
        `${metadata.namespace}/${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`,
    );
    expect(new Set(targets).size).toBe(targets.length);
    for (const { metadata, spec, status } of list(HPAS)) {
      const target = named('apps/v1/deployments', spec.scaleTargetRef.name);
      expect(target.metadata.namespace).toBe(metadata.namespace);
      expect(status.desiredReplicas).toBe(target.spec.replicas);
      expect(status.desiredReplicas).toBeGreaterThanOrEqual(spec.minReplicas);
      expect(status.desiredReplicas).toBeLessThanOrEqual(spec.maxReplicas);
    }
    expect(named(HPAS, 'web-frontend').spec.metrics).toEqual([
      {
        type: 'Resource',
        resource: {
          name: 'cpu',
          target: { type: 'Utilization', averageUtilization: 48 },
        },
      },
    ]);
  });

  it('is KEDA where a ScaledObject says so, through an HPA of its own', () => {
    const scaled = list('keda.sh/v1alpha1/scaledobjects');
    const triggers = new Map(
      scaled.map(({ metadata, spec }) => [metadata.name, spec.triggers]),
    );
    expect(triggers.get('document-indexer')).toEqual([
      { type: 'cpu', metricType: 'Utilization', metadata: { value: '75' } },
    ]);
    expect(triggers.get('report-generator')).toEqual([
      {
        type: 'cron',
        metadata: {
          timezone: 'Etc/GMT+8',
          start: '0 6 * * 1',
          end: '0 8 * * 1',
          desiredReplicas: '12',
        },
      },
    ]);
    for (const { metadata, status } of scaled) {
      const hpa = named(HPAS, status.hpaName);
      expect(hpa.metadata.ownerReferences).toMatchObject([
        { kind: 'ScaledObject', name: metadata.name, uid: metadata.uid },
      ]);
      expect(named(HPAS, metadata.name)).toBeUndefined();
    }
  });
});

describe('a VPA', () => {
  it('recommends, in its mode, for every container of its target', () => {
    const modes = list(VPAS).map(({ metadata, spec }) => [
      metadata.name,
      spec.updatePolicy.updateMode,
    ]);
    expect(Object.fromEntries(modes)).toEqual({
      'fraud-detector-api': 'Off',
      'payment-ledger': 'Off',
      'catalog-search': 'Auto',
    });
    for (const { spec, status } of list(VPAS)) {
      const target = named('apps/v1/deployments', spec.targetRef.name);
      const said = status.recommendation.containerRecommendations;
      expect(said.map((each: any) => each.containerName)).toEqual(
        target.spec.template.spec.containers.map((each: any) => each.name),
      );
      expect(said[0].target.cpu).toMatch(/^\d+m?$/);
      expect(said[0].target.memory).toMatch(/^\d{9,}$/);
    }
  });
});

describe('pods', () => {
  const podOf = (workload: string) =>
    list('v1/pods').find(
      ({ metadata }) => metadata.labels.app === workload,
    ) as any;

  it('run sidecars and init containers beside the others', () => {
    const gateway = podOf('api-gateway');
    expect(gateway.spec.initContainers).toMatchObject([
      { name: 'envoy', restartPolicy: 'Always' },
    ]);
    expect(gateway.status.initContainerStatuses).toMatchObject([
      { name: 'envoy', ready: true, state: { running: {} } },
    ]);
    const orders = podOf('order-service');
    expect(orders.spec.initContainers[0].restartPolicy).toBeUndefined();
    expect(orders.status.initContainerStatuses).toMatchObject([
      { name: 'migrate', state: { terminated: { reason: 'Completed' } } },
    ]);
    expect(orders.spec.containers).toHaveLength(1);
    expect(orders.spec.containers[0].env).toEqual([
      { name: 'JAVA_TOOL_OPTIONS', value: '-Xms2g -Xmx2g -XX:+UseG1GC' },
    ]);
  });

  it('are bare where nobody would make them again', () => {
    const bare = list('v1/pods').filter(
      ({ metadata }) => !metadata.ownerReferences,
    );
    expect(bare.map(({ metadata }) => metadata.name)).toEqual([
      'scratch-embeddings',
    ]);
    expect(bare[0].metadata.generateName).toBeUndefined();
  });

  it('hold GPUs that their node offers', () => {
    const bound = list('v1/pods').filter(
      ({ spec, status }) => spec.nodeName && status.phase !== 'Succeeded',
    );
    const gpusOf = (amounts: Record<string, string> = {}) =>
      Object.entries(amounts).filter(([resource]) =>
        resource.startsWith('nvidia.com/'),
      );
    const held = new Map<string, number>();
    for (const { spec } of bound) {
      for (const { resources } of spec.containers) {
        expect(gpusOf(resources.limits)).toEqual(gpusOf(resources.requests));
        for (const [resource, count] of gpusOf(resources.requests)) {
          const key = `${spec.nodeName} ${resource}`;
          held.set(key, (held.get(key) ?? 0) + Number(count));
        }
      }
    }
    const offered = new Map<string, number>(
      list('v1/nodes').flatMap(({ metadata, status }) =>
        gpusOf(status.allocatable).map(
          ([resource, count]): [string, number] => [
            `${metadata.name} ${resource}`,
            Number(count),
          ],
        ),
      ),
    );
    const tooMany = [...held].filter(
      ([key, count]) => count > (offered.get(key) ?? 0),
    );
    expect(tooMany).toEqual([]);
    const kinds = [...held.keys()].map(key => key.split(' ')[1]);
    expect([...new Set(kinds)].sort()).toEqual([
      'nvidia.com/gpu',
      'nvidia.com/mig-1g.10gb',
      'nvidia.com/mig-2g.20gb',
      'nvidia.com/mig-3g.40gb',
    ]);
  });
});

describe('a workload', () => {
  it('says what risk its owner takes', () => {
    expect(
      named('apps/v1/deployments', 'payment-ledger').metadata.annotations,
    ).toMatchObject({ 'headroom.io/appetite': 'critical' });
  });

  it('has the limits of its last change', () => {
    const { template } = named('apps/v1/statefulsets', 'job-queue').spec;
    expect(template.spec.containers[0].resources.limits.memory).toBe('3Gi');
  });
});
