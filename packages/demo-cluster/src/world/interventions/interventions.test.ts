import type { ContainerHour } from '@headroom/plugin-cost-common';
import { inventoryAt } from '../../kubernetes/objects';
import { KubeObject } from '../../kubernetes/types';
import {
  done,
  instant,
  START,
  worldWith,
} from '../__testUtils__/interventions';
import { createWorld, World } from '../createWorld';
import { GIB } from '../types';

/** A Tuesday afternoon in us-west. */
const HOUR = 40;
const AT = instant(HOUR, 17);
const LEDGER = {
  cluster: 'us-west',
  namespace: 'payments',
  name: 'payment-ledger',
};
const DEPLOYMENTS = 'apps/v1/deployments';
const HPAS = 'autoscaling/v2/horizontalpodautoscalers';

const cluster = (world: World) => world.cluster('us-west');

/** Container-hours of a workload in an hour. */
function hoursOf(world: World, workload: string, hour: number) {
  return cluster(world)
    .observe(instant(hour), instant(hour + 1))
    .containers.filter(each => each.workload === workload);
}

const sum = (hours: ContainerHour[], of: keyof ContainerHour) =>
  hours.reduce((total, each) => total + Number(each[of] ?? 0), 0);

/** An object of the Kubernetes API; its fields are read as JSON. */
function objectOf(world: World, kind: string, name: string, at: Date): any {
  return listOf(world, kind, at).find(({ metadata }) => metadata.name === name);
}

function listOf(world: World, kind: string, at: Date): KubeObject[] {
  return inventoryAt(cluster(world), at).get(kind)!;
}

const podsOf = (world: World, app: string, at: Date): any[] =>
  listOf(world, 'v1/pods', at).filter(
    ({ metadata }) => metadata.labels?.app === app,
  );

const untouched = createWorld({ seed: 1, start: START });

describe('requests', () => {
  const world = worldWith([
    done(AT, 'Deployment/payments/payment-ledger', {
      containers: {
        ledger: { cpuRequestCores: 1, memoryRequestBytes: 3 * GIB },
      },
    }),
  ]);

  it('are what they were before, and what they were set to from the second on', () => {
    const of = { ...LEDGER, kind: 'Deployment' as const };
    const requestAt = (at: Date) =>
      world.specAt(of, at)!.containers![0].cpuRequestCores;
    expect(requestAt(new Date(AT.getTime() - 1000))).toBe(4);
    expect(requestAt(AT)).toBe(1);
  });

  it('are those of new pods at :17, and of the old until the new are ready', () => {
    const hours = hoursOf(world, 'payment-ledger', HOUR);
    const [before, after] = [4, 1].map(cores =>
      hours.filter(
        each =>
          Math.abs(each.cpuRequestCoreSeconds! / each.runSeconds - cores) <
          1e-9,
      ),
    );
    expect(before.map(each => each.runSeconds)).toEqual(
      Array(3).fill(17 * 60 + 90),
    );
    expect(after.map(each => each.runSeconds)).toEqual(Array(3).fill(43 * 60));
    expect(
      sum(
        hoursOf(world, 'payment-ledger', HOUR + 1),
        'memoryRequestByteSeconds',
      ),
    ).toBe(3 * 3600 * 3 * GIB);
  });

  it('are in the API: a new revision, a ReplicaSet of its own, and the pods', () => {
    const at = instant(HOUR, 20);
    const found = objectOf(world, DEPLOYMENTS, 'payment-ledger', at);
    const was = objectOf(untouched, DEPLOYMENTS, 'payment-ledger', at);
    expect(found.metadata.uid).toBe(was.metadata.uid);
    expect(found.metadata.generation).toBe(was.metadata.generation + 1);
    expect(found.spec.template.spec.containers[0].resources.requests).toEqual({
      cpu: '1',
      memory: '3Gi',
    });
    const pods = podsOf(world, 'payment-ledger', at);
    expect(pods).toHaveLength(3);
    for (const pod of pods) {
      expect(pod.spec.containers[0].resources.requests.cpu).toBe('1');
      expect(pod.metadata.creationTimestamp).toBe('2026-01-06T16:17:00Z');
      const owner = pod.metadata.ownerReferences[0].name;
      const replicaSet = objectOf(world, 'apps/v1/replicasets', owner, at);
      expect(replicaSet.spec.template.spec.containers).toEqual(
        found.spec.template.spec.containers,
      );
    }
  });

  it('change what others cost no more than by where they run', () => {
    for (const name of ['fraud-detector-api', 'checkout-api']) {
      expect(sum(hoursOf(world, name, HOUR), 'cpuRequestCoreSeconds')).toBe(
        sum(hoursOf(untouched, name, HOUR), 'cpuRequestCoreSeconds'),
      );
    }
  });

  it('free capacity: fewer nodes in the days after', () => {
    const nodeSeconds = (of: World) =>
      cluster(of)
        .observe(instant(HOUR + 24), instant(HOUR + 96))
        .nodes.filter(({ nodePool }) => nodePool === 'general')
        .reduce((total, node) => total + node.upSeconds, 0);
    expect(nodeSeconds(world)).toBeLessThan(nodeSeconds(untouched));
  });

  it('that are the same make no new pods', () => {
    const same = worldWith([
      done(AT, 'Deployment/payments/payment-ledger', {
        containers: { ledger: { cpuRequestCores: 4 } },
      }),
    ]);
    expect(hoursOf(same, 'payment-ledger', HOUR)).toEqual(
      hoursOf(untouched, 'payment-ledger', HOUR),
    );
  });
});

describe('a memory limit below what is used', () => {
  const world = worldWith([
    done(AT, 'Deployment/payments/payment-ledger', {
      containers: {
        ledger: { memoryRequestBytes: GIB, memoryLimitBytes: 1.5 * GIB },
      },
    }),
  ]);

  it('has the kernel kill the container every five minutes', () => {
    expect(sum(hoursOf(world, 'payment-ledger', HOUR - 1), 'oomKills')).toBe(0);
    for (const hour of hoursOf(world, 'payment-ledger', HOUR + 2)) {
      expect(hour.oomKills).toBe(12);
      expect(hour.restarts).toBe(12);
      expect(hour.memoryLimitBytes).toBe(1.5 * GIB);
      const highest = Math.max(...hour.samples!.memoryBytes!.map(Number));
      expect(highest).toBe(1.5 * GIB);
    }
  });

  it('shows as restarts and OOMKilled in the API', () => {
    const pods = podsOf(world, 'payment-ledger', instant(HOUR + 3));
    expect(pods).toHaveLength(3);
    for (const { status } of pods) {
      const [ledger] = status.containerStatuses;
      expect(ledger.restartCount).toBeGreaterThanOrEqual(30);
      expect(ledger.lastState.terminated.reason).toBe('OOMKilled');
    }
  });

  it('counts the kills of all hours as the restarts of the pod', () => {
    const hours = [HOUR, HOUR + 1, HOUR + 2].flatMap(hour =>
      hoursOf(world, 'payment-ledger', hour),
    );
    const restarts = podsOf(world, 'payment-ledger', instant(HOUR + 3)).map(
      ({ status }) => status.containerStatuses[0].restartCount,
    );
    expect(restarts.reduce((a, b) => a + b, 0)).toBe(sum(hours, 'oomKills'));
  });

  it('lets it be where it is raised again', () => {
    const mended = worldWith([
      done(AT, 'Deployment/payments/payment-ledger', {
        containers: {
          ledger: { memoryRequestBytes: GIB, memoryLimitBytes: 1.5 * GIB },
        },
      }),
      done(instant(HOUR + 1), 'Deployment/payments/payment-ledger', {
        containers: { ledger: { memoryLimitBytes: null } },
      }),
    ]);
    const after = hoursOf(mended, 'payment-ledger', HOUR + 2);
    expect(sum(after, 'oomKills')).toBe(0);
    expect(after[0].memoryLimitBytes).toBeUndefined();
  });
});

describe('replicas', () => {
  it('that are fewer are used more each, from the second on', () => {
    const world = worldWith([
      done(AT, 'Deployment/payments/payment-ledger', { replicas: 1 }),
    ]);
    const [hour, ...others] = hoursOf(world, 'payment-ledger', HOUR).sort(
      (a, b) => b.runSeconds - a.runSeconds,
    );
    expect(others.map(each => each.runSeconds)).toEqual([1020, 1020]);
    const cores = hour.samples!.cpuCores!.map(Number);
    // All of it follows demand but a little; the slot of :17 is in between.
    expect(cores[10] / cores[1]).toBeGreaterThan(2);
    expect(cores[3]).toBeGreaterThan(cores[1] * 1.2);
    expect(cores[3]).toBeLessThan(cores[10] * 0.9);
    const was = hoursOf(untouched, 'payment-ledger', HOUR + 1);
    const now = hoursOf(world, 'payment-ledger', HOUR + 1);
    expect(now).toHaveLength(1);
    expect(sum(now, 'cpuUsageCoreSeconds')).toBeLessThan(
      sum(was, 'cpuUsageCoreSeconds') * 1.15,
    );
  });

  it('of 0 use nothing, serve nothing and free their nodes', () => {
    const world = worldWith([
      done(AT, 'Deployment/ml-serving/akidb-rest', { replicas: 0 }),
    ]);
    expect(hoursOf(world, 'akidb-rest', HOUR + 1)).toEqual([]);
    const gpus = (of: World) =>
      cluster(of)
        .observe(instant(HOUR + 1), instant(HOUR + 2))
        .nodes.filter(({ nodePool }) => nodePool === 'gpu').length;
    expect(gpus(world)).toBe(gpus(untouched) - 4);
    const served = (hour: number) =>
      cluster(world)
        .units(instant(hour), instant(hour + 1))
        .filter(({ match }) => match.entityRef.endsWith('/akidb-rest'))
        .reduce((total, { quantity }) => total + quantity, 0);
    expect(served(HOUR - 1)).toBeGreaterThan(0);
    expect(served(HOUR + 1)).toBe(0);
    const found = objectOf(world, DEPLOYMENTS, 'akidb-rest', instant(HOUR, 18));
    expect(found.spec.replicas).toBe(0);
    expect(found.status.replicas).toBe(0);
  });

  it('of 0 stop an HPA, and any other number leaves it to decide', () => {
    const world = worldWith([
      done(AT, 'Deployment/storefront/web-frontend', { replicas: 0 }),
      done(instant(HOUR + 1), 'Deployment/storefront/web-frontend', {
        replicas: 9,
      }),
    ]);
    const stopped = objectOf(world, HPAS, 'web-frontend', instant(HOUR, 30));
    expect(stopped.status).toMatchObject({
      currentReplicas: 0,
      desiredReplicas: 0,
    });
    expect(stopped.status.conditions).toContainEqual(
      expect.objectContaining({ reason: 'ScalingDisabled', status: 'False' }),
    );
    expect(podsOf(world, 'web-frontend', instant(HOUR, 30))).toEqual([]);
    const at = instant(HOUR + 1, 2);
    expect(
      objectOf(world, HPAS, 'web-frontend', at).status.desiredReplicas,
    ).toBe(
      objectOf(untouched, HPAS, 'web-frontend', at).status.desiredReplicas,
    );
  });

  it('of a StatefulSet leave their claims, until these are deleted', () => {
    const world = worldWith([
      done(AT, 'StatefulSet/ml-serving/job-queue', { replicas: 2 }),
      done(
        instant(HOUR + 2, 30),
        'PersistentVolumeClaim/ml-serving/data-job-queue-2',
        { deleted: true },
      ),
    ]);
    const claim = (hour: number) =>
      cluster(world)
        .observe(instant(hour), instant(hour + 1))
        .volumes.filter(volume => volume.claim === 'data-job-queue-2');
    const [full] = claim(HOUR);
    expect(full.pods).toEqual(['job-queue-2']);
    expect(claim(HOUR + 1)).toEqual([
      { ...full, hour: instant(HOUR + 1).toISOString(), pods: [] },
    ]);
    expect(claim(HOUR + 2)[0].capacityByteSeconds).toBe(
      full.capacityByteSeconds / 2,
    );
    expect(claim(HOUR + 3)).toEqual([]);
    const kind = 'v1/persistentvolumeclaims';
    const inApi = (at: Date) =>
      objectOf(world, kind, 'data-job-queue-2', at)?.metadata.uid;
    expect(inApi(instant(HOUR + 1))).toBe(inApi(instant(HOUR)));
    expect(inApi(instant(HOUR + 2, 31))).toBeUndefined();
  });
});

describe('an autoscaler', () => {
  it('has its bounds, and what lasts is not restarted for them', () => {
    const world = worldWith([
      done(AT, 'HorizontalPodAutoscaler/storefront/web-frontend', {
        minReplicas: 10,
      }),
    ]);
    const before = podsOf(world, 'web-frontend', instant(HOUR, 16));
    const after = podsOf(world, 'web-frontend', instant(HOUR, 19));
    const uids = after.map(({ metadata }) => metadata.uid);
    expect(before.length).toBeLessThan(10);
    expect(after).toHaveLength(10);
    expect(uids).toEqual(
      expect.arrayContaining(before.map(({ metadata }) => metadata.uid)),
    );
    const hpa = objectOf(world, HPAS, 'web-frontend', instant(HOUR, 19));
    expect(hpa.spec.minReplicas).toBe(10);
    expect(
      world.specAt(
        {
          cluster: 'us-west',
          kind: 'HorizontalPodAutoscaler',
          namespace: 'storefront',
          name: 'web-frontend',
        },
        AT,
      ),
    ).toMatchObject({ minReplicas: 10, maxReplicas: 12 });
  });

  it('wants more replicas when pods ask for less: its target is a share of that', () => {
    const world = worldWith([
      done(AT, 'Deployment/storefront/web-frontend', {
        containers: { web: { cpuRequestCores: 0.5 } },
      }),
    ]);
    const desired = (of: World) =>
      objectOf(of, HPAS, 'web-frontend', instant(HOUR, 30)).status
        .desiredReplicas;
    expect(desired(world)).toBeGreaterThanOrEqual(desired(untouched) * 2 - 1);
    expect(desired(world)).toBeLessThanOrEqual(desired(untouched) * 2);
  });

  it('that is gone leaves what there is', () => {
    const world = worldWith([
      done(AT, 'HorizontalPodAutoscaler/storefront/web-frontend', {
        deleted: true,
      }),
    ]);
    const count = (hour: number) =>
      objectOf(world, DEPLOYMENTS, 'web-frontend', instant(hour, 30)).spec
        .replicas;
    expect(objectOf(world, HPAS, 'web-frontend', AT)).toBeUndefined();
    expect(
      new Set([1, 5, 9, 13, 17].map(more => count(HOUR + more))).size,
    ).toBe(1);
    // The busiest hour is met by fewer pods than it would be.
    const used = hoursOf(world, 'web-frontend', HOUR + 14);
    expect(sum(used, 'cpuUsageCoreSeconds')).toBeGreaterThan(0);
  });
});

describe('a CronJob', () => {
  it('that is suspended begins no run, and has none listed', () => {
    const world = worldWith([
      done(instant(24), 'CronJob/payments/invoice-run', { suspended: true }),
      done(instant(72), 'CronJob/payments/invoice-run', { suspended: false }),
    ]);
    const days = [0, 1, 2, 3].map(day =>
      sum(
        cluster(world)
          .observe(instant(day * 24), instant(day * 24 + 24))
          .containers.filter(each => each.workload === 'invoice-run'),
        'runSeconds',
      ),
    );
    expect(days.map(seconds => seconds > 0)).toEqual([
      true,
      false,
      false,
      true,
    ]);
    const at = instant(71);
    expect(
      objectOf(world, 'batch/v1/cronjobs', 'invoice-run', at).spec.suspend,
    ).toBe(true);
    const runs = listOf(world, 'batch/v1/jobs', at).filter(({ metadata }) =>
      metadata.name.startsWith('invoice-run-'),
    );
    expect(runs).toHaveLength(1);
  });

  it('that is deleted takes its runs with it', () => {
    // The nightly run begins at 10:00 UTC.
    const at = instant(34, 40);
    const world = worldWith([
      done(at, 'CronJob/ml-batch/batch-inference-processor', { deleted: true }),
    ]);
    const runs = hoursOf(world, 'batch-inference-processor', 34);
    expect(runs.length).toBeGreaterThan(0);
    for (const { runSeconds } of runs) {
      expect(runSeconds).toBeLessThanOrEqual(40 * 60);
    }
    expect(hoursOf(world, 'batch-inference-processor', 35)).toEqual([]);
    expect(
      listOf(world, 'batch/v1/jobs', at).filter(({ metadata }) =>
        metadata.name.startsWith('batch-inference'),
      ),
    ).toEqual([]);
  });
});

describe('what is deleted', () => {
  it('ends at that second: a workload, its service and its pods', () => {
    const world = worldWith([
      done(AT, 'Deployment/ml-serving/reranker', { deleted: true }),
    ]);
    expect(
      hoursOf(world, 'reranker', HOUR).map(({ runSeconds }) => runSeconds),
    ).toEqual([17 * 60]);
    for (const kind of [DEPLOYMENTS, 'v1/services']) {
      expect(objectOf(world, kind, 'reranker', AT)).toBeUndefined();
      const before = instant(HOUR, 16, 59);
      expect(objectOf(world, kind, 'reranker', before)).toBeDefined();
    }
    expect(podsOf(world, 'reranker', AT)).toEqual([]);
    const ref = { cluster: 'us-west', kind: 'Deployment' as const };
    const object = { ...ref, namespace: 'ml-serving', name: 'reranker' };
    expect(world.specAt(object, AT)).toBeUndefined();
  });

  it('is all there is in a namespace', () => {
    const world = worldWith([done(AT, 'Namespace/legacy', { deleted: true })]);
    expect(objectOf(world, 'v1/namespaces', 'legacy', AT)).toBeUndefined();
    const after = cluster(world).observe(instant(HOUR + 1), instant(HOUR + 2));
    const left = [...after.containers, ...after.volumes].filter(
      ({ namespace }) => namespace === 'legacy',
    );
    expect(left).toEqual([]);
  });

  it('is made anew when it is a pod with a controller', () => {
    const [pod] = podsOf(untouched, 'payment-ledger', AT);
    const world = worldWith([
      done(AT, `Pod/payments/${pod.metadata.name}`, { deleted: true }),
    ]);
    const after = podsOf(world, 'payment-ledger', instant(HOUR, 18));
    expect(after).toHaveLength(3);
    expect(after.map(({ metadata }) => metadata.uid)).not.toContain(
      pod.metadata.uid,
    );
  });

  it('moves its pods when it is a node', () => {
    const node = podsOf(untouched, 'payment-ledger', AT)[0].spec.nodeName;
    const world = worldWith([done(AT, `Node/${node}`, { deleted: true })]);
    const after = podsOf(world, 'payment-ledger', instant(HOUR, 20));
    expect(after).toHaveLength(3);
    for (const { spec } of after) {
      expect(spec.nodeName).not.toBe(node);
    }
    expect(objectOf(world, 'v1/nodes', node, AT)).toBeUndefined();
  });
});

describe('labels', () => {
  it('of an object are its own, those of its pods are theirs', () => {
    const world = worldWith([
      done(AT, 'Deployment/edge/api-gateway', {
        labels: { team: 'edge' },
        annotations: { 'headroom.io/appetite': 'critical' },
      }),
      done(instant(HOUR + 1), 'Deployment/edge/api-gateway', {
        podLabels: { tier: 'front' },
      }),
    ]);
    const found = objectOf(world, DEPLOYMENTS, 'api-gateway', AT);
    expect(found.metadata.labels.team).toBe('edge');
    expect(found.metadata.annotations['headroom.io/appetite']).toBe('critical');
    // Labels of the workload alone restart nothing.
    expect(hoursOf(world, 'api-gateway', HOUR)).toEqual(
      hoursOf(untouched, 'api-gateway', HOUR),
    );
    const after = hoursOf(world, 'api-gateway', HOUR + 2);
    expect(after.map(({ labels }) => labels!.tier)).toEqual(
      after.map(() => 'front'),
    );
    expect(after[0].labels!.team).toBeUndefined();
  });

  it('can be set on a namespace, a node and a pod, and be taken away', () => {
    const [pod] = podsOf(untouched, 'payment-ledger', AT);
    const objects = [
      ['v1/namespaces', 'Namespace/payments', 'payments'],
      ['v1/nodes', `Node/${pod.spec.nodeName}`, pod.spec.nodeName],
      ['v1/pods', `Pod/payments/${pod.metadata.name}`, pod.metadata.name],
    ];
    for (const [kind, object, name] of objects) {
      const world = worldWith([
        done(AT, object, { labels: { owner: 'payments' } }),
        done(instant(HOUR, 18), object, { labels: { owner: null } }),
      ]);
      const owner = (at: Date) =>
        objectOf(world, kind, name, at).metadata.labels.owner;
      expect(owner(instant(HOUR, 17, 30))).toBe('payments');
      expect(owner(instant(HOUR, 18))).toBeUndefined();
    }
  });
});

describe('a DaemonSet', () => {
  it('is renewed on every node, and others make way', () => {
    const world = worldWith([
      done(AT, 'DaemonSet/observability/log-shipper', {
        containers: { 'log-shipper': { cpuRequestCores: 1.2 } },
      }),
    ]);
    const at = instant(HOUR, 25);
    const pods = podsOf(world, 'log-shipper', at);
    const nodes = listOf(world, 'v1/nodes', at);
    expect(pods).toHaveLength(nodes.length);
    for (const { spec } of pods) {
      expect(spec.containers[0].resources.requests.cpu).toBe('1200m');
    }
    const count = (of: World) =>
      listOf(of, DEPLOYMENTS, at).map(({ spec }) => (spec as any).replicas);
    expect(count(world)).toEqual(count(untouched));
  });
});
