/** What VPA says: recommendations that its own recommender wrote from what the metrics API was fed. */
import { CoreV1Api, KubernetesObject } from '@kubernetes/client-node';
import { readInventory } from '@headroom/plugin-clusters-node';
import { Steering } from '@headroom/common';
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  create,
  createNamespace,
  feed,
  kubeConfigOf,
  objects,
  until,
} from './cluster';

type Vpa = Extract<Steering, { kind: 'VerticalPodAutoscaler' }>;
interface Amounts {
  cpu?: string;
  memory?: string;
}
interface RawRecommendation {
  containerName: string;
  target: Amounts;
  lowerBound: Amounts;
  upperBound: Amounts;
  uncappedTarget: Amounts;
}

const NAMESPACE = 'vpa';
const MIB = 2 ** 20;
const { signal } = new AbortController();
const core = kubeConfigOf('admin').makeApiClient(CoreV1Api);

/** What each container uses, at first. */
const USED = {
  web: {
    main: { cpuCores: 1.2, memoryBytes: 900 * MIB },
    mesh: { cpuCores: 0.2, memoryBytes: 300 * MIB },
  },
  db: { main: { cpuCores: 0.4, memoryBytes: 2000 * MIB } },
};

function object(apiVersion: string, kind: string, name: string, spec: object) {
  const metadata = { namespace: NAMESPACE, name };
  return { apiVersion, kind, metadata, spec } as KubernetesObject;
}

async function createWorkload(kind: string, name: keyof typeof USED) {
  const labels = { app: name };
  const containers = Object.keys(USED[name]).map(container => ({
    name: container,
    image: 'example.com/main:1',
    resources: { requests: { cpu: '100m', memory: '128Mi' } },
  }));
  await create(
    object('apps/v1', kind, name, {
      replicas: 2,
      selector: { matchLabels: labels },
      ...(kind === 'StatefulSet' && { serviceName: name }),
      template: { metadata: { labels }, spec: { containers } },
    }),
  );
  await create(
    object('autoscaling.k8s.io/v1', 'VerticalPodAutoscaler', name, {
      targetRef: { apiVersion: 'apps/v1', kind, name },
      updatePolicy: { updateMode: 'Off' },
    }),
  );
}

/** Feeds what every pod uses, `factor` times as much of the CPU as at first. */
async function feedUsage(factor: number) {
  const { items } = await core.listNamespacedPod({ namespace: NAMESPACE });
  await feed(
    items.map(({ metadata }) => {
      const app = metadata!.labels!.app as keyof typeof USED;
      return {
        namespace: NAMESPACE,
        name: metadata!.name!,
        labels: metadata!.labels,
        containers: Object.entries(USED[app]).map(([name, used]) => ({
          name,
          cpuCores: used.cpuCores * factor,
          memoryBytes: used.memoryBytes,
        })),
      };
    }),
  );
}

async function readVpa(name: string): Promise<Vpa> {
  const { steering, unreadable } = await readInventory(kubeConfigOf('reader'), {
    signal,
  });
  assert.deepEqual(unreadable, []);
  const vpa = steering.find(
    one => one.target.namespace === NAMESPACE && one.name === name,
  );
  assert.ok(vpa?.kind === 'VerticalPodAutoscaler');
  return vpa;
}

async function readRaw(name: string): Promise<RawRecommendation[]> {
  const { status } = (await objects.read({
    apiVersion: 'autoscaling.k8s.io/v1',
    kind: 'VerticalPodAutoscaler',
    metadata: { namespace: NAMESPACE, name },
  })) as {
    status?: {
      recommendation?: { containerRecommendations?: RawRecommendation[] };
    };
  };
  return status?.recommendation?.containerRecommendations ?? [];
}

/** Target of a container once it is there and passes. */
async function targetOf(
  name: string,
  container: string,
  passes: (target: Vpa['recommendations'][number]['target']) => boolean,
) {
  return until(`the recommender speaks of ${name}/${container}`, async () => {
    const { recommendations } = await readVpa(name);
    const found = recommendations.find(one => one.container === container);
    return found && passes(found.target) && found;
  });
}

before(async () => {
  await createNamespace(NAMESPACE);
  await createWorkload('Deployment', 'web');
  await createWorkload('StatefulSet', 'db');
  await until('pods run', async () => {
    const { items } = await core.listNamespacedPod({ namespace: NAMESPACE });
    return (
      items.length === 4 &&
      items.every(({ status }) => status?.phase === 'Running')
    );
  });
  await feedUsage(1);
});

describe('what VPA says', () => {
  it('comes from its recommender, for every container of a Deployment', async () => {
    const main = await targetOf(
      'web',
      'main',
      ({ cpuCores = 0 }) => cpuCores > 1,
    );
    const mesh = await targetOf('web', 'mesh', () => true);
    const vpa = await readVpa('web');
    assert.deepEqual(vpa.target, {
      namespace: NAMESPACE,
      kind: 'Deployment',
      name: 'web',
    });
    assert.equal(vpa.updateMode, 'Off');
    assert.deepEqual(vpa.controlled, []);
    assert.equal(vpa.recommendations.length, 2);
    follows(main.target, USED.web.main);
    follows(mesh.target, USED.web.mesh);
    assert.ok(main.lowerBound!.cpuCores! <= main.target.cpuCores!);
    assert.ok(main.upperBound!.cpuCores! >= main.target.cpuCores!);
  });

  it('comes for a StatefulSet', async () => {
    const { target } = await targetOf('db', 'main', () => true);
    follows(target, USED.db.main);
  });

  it('is the object’s own figures, in cores and bytes', async () => {
    const { raw, read } = await until(
      'both are of the same moment',
      async () => {
        const first = await readRaw('web');
        const { recommendations } = await readVpa('web');
        const again = await readRaw('web');
        return (
          JSON.stringify(first) === JSON.stringify(again) && {
            raw: again,
            read: recommendations,
          }
        );
      },
    );
    assert.deepEqual(
      read,
      raw.map(one => ({
        container: one.containerName,
        target: amounts(one.target),
        lowerBound: amounts(one.lowerBound),
        upperBound: amounts(one.upperBound),
        uncappedTarget: amounts(one.uncappedTarget),
      })),
    );
  });

  it('follows what is used, and says when it changed', async () => {
    const earlier = await readVpa('web');
    assert.match(earlier.recommendedAt!, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const [was] = earlier.recommendations.filter(
      ({ container }) => container === 'main',
    );
    await feedUsage(3);
    const now = await targetOf(
      'web',
      'main',
      ({ cpuCores = 0 }) => cpuCores > 2 * was.target.cpuCores!,
    );
    follows(now.target, { ...USED.web.main, cpuCores: 3 * 1.2 });
    const later = await readVpa('web');
    assert.ok(later.recommendedAt! > earlier.recommendedAt!);
  });
});

/** Widths of the recommender's first buckets; each later one is 5 % wider. */
const FIRST_BUCKET = { cpuCores: 0.01, memoryBytes: 1e7 };

/**
 * The recommender puts 15 % on top of the upper end of the bucket that the usage
 * falls into, and rounds up to a thousandth of a core and a byte.
 */
function follows(
  target: Vpa['recommendations'][number]['target'],
  used: { cpuCores: number; memoryBytes: number },
) {
  for (const resource of ['cpuCores', 'memoryBytes'] as const) {
    const value = target[resource]!;
    const least = used[resource] * 1.15;
    const most = (used[resource] * 1.05 + FIRST_BUCKET[resource]) * 1.15;
    const step = resource === 'cpuCores' ? 0.001 : 1;
    assert.ok(
      value >= least && value <= most + step,
      `${resource} ${value} is not between ${least} and ${most}`,
    );
  }
}

const UNITS: Record<string, number> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: MIB,
  Gi: 2 ** 30,
};

/** Quantities as the recommender writes them: whole numbers with a unit. */
function amounts({ cpu, memory }: Amounts) {
  const read = (text = '') => {
    const [, digits, unit] = /^(\d+)([A-Za-z]*)$/.exec(text)!;
    return unit === 'm' ? Number(digits) / 1000 : Number(digits) * UNITS[unit];
  };
  return { cpuCores: read(cpu), memoryBytes: read(memory) };
}
