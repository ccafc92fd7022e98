/** Services that are really created: what has to hold once their pods run. */
import { V1Pod } from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { create, until } from '../../kubernetes/suites/cluster';
import { getJson } from './apiServer';
import { CreatedSet } from './created';
import { startJob } from './jobs';
import { createNodes } from './nodes';
import { Manifest, serviceSets, setOf } from './rendered';
import { Signals, startSignals } from './signals';
import { createVolumes } from './volumes';

/** Of each template the usual and the critical one, each sharing of a GPU, and the limits. */
const CHOSEN =
  /^(production-standard|production-critical|development-dev|GPU-.*|the-longest-name|everything-on)$/;
const chosen = serviceSets.filter(({ answers }) => CHOSEN.test(answers));
const sets = new Map<string, CreatedSet>();
let signals: Signals;

const namesOf = (pods: readonly V1Pod[]) =>
  pods.map(({ metadata }) => metadata!.name!).sort();

function isSelected(
  { metadata }: V1Pod,
  { matchLabels = {} }: { matchLabels?: Record<string, string> },
): boolean {
  return Object.entries(matchLabels).every(
    ([key, value]) => metadata!.labels?.[key] === value,
  );
}

before(async () => {
  await createNodes();
  await createVolumes(4 * chosen.length);
  for (const object of setOf('priority-classes', 'minimal').objects) {
    await create(object);
  }
  signals = await startSignals();
  for (const [index, set] of chosen.entries()) {
    const created = new CreatedSet(set, `made-${index}`, signals);
    sets.set(set.title, created);
    await created.create(signals);
  }
});

after(async () => {
  await signals?.stop();
});

async function conditionOf(
  set: CreatedSet,
  root: string,
  resource: string,
  type: string,
): Promise<void> {
  let seen = 'it is not there';
  await until(
    () => `${set.title}: ${type} of ${resource}: ${seen}`,
    async () => {
      const [object] = await set.list(root, resource);
      const found = object?.status?.conditions?.find(
        (each: { type: string }) => each.type === type,
      );
      seen = `${found?.status} ${found?.reason} ${found?.message}`;
      return found?.status === 'True';
    },
  );
}

describe('services that are created', () => {
  for (const { title } of chosen.filter(
    ({ template }) => template !== 'training-job',
  )) {
    describe(title, () => {
      let set: CreatedSet;
      let pods: V1Pod[];

      before(async () => {
        set = sets.get(title)!;
        pods = await set.readyPods();
      });

      it('is scaled by a signal that is there', async () => {
        if (set.object('ScaledObject')) {
          await conditionOf(
            set,
            '/apis/keda.sh/v1alpha1',
            'scaledobjects',
            'Ready',
          );
        }
        const scaler = 'horizontalpodautoscalers';
        await conditionOf(set, '/apis/autoscaling/v2', scaler, 'ScalingActive');
        const [hpa] = await set.list('/apis/autoscaling/v2', scaler);
        assert.equal(hpa.status.currentReplicas, set.replicas);
        assert.ok(
          hpa.metadata.name.length <= 63 &&
            hpa.status.currentMetrics.length > 0,
        );
      });

      it('has a disruption budget of its pods, of which one may go', async () => {
        const budget = await until(
          `${title}: its pods are counted`,
          async () => {
            const [found] = await set.list(
              '/apis/policy/v1',
              'poddisruptionbudgets',
            );
            const { expectedPods, currentHealthy } = found.status ?? {};
            return (
              expectedPods === pods.length &&
              currentHealthy === pods.length &&
              found
            );
          },
        );
        assert.equal(budget.status.disruptionsAllowed, 1);
      });

      it('has the priority that it names', () => priorityOf(set, pods));

      it('has a network policy of its pods, with a port that they have', () =>
        policyOf(set, pods));

      it('is spread over zones and hosts', async () => {
        const constraints = set.podSpec.topologySpreadConstraints;
        assert.ok(constraints.length > 0);
        for (const { labelSelector, topologyKey } of constraints) {
          assert.equal(
            pods.filter(pod => isSelected(pod, labelSelector)).length,
            pods.length,
          );
          const nodes = await Promise.all(
            pods.map(({ spec }) => getJson(`/api/v1/nodes/${spec!.nodeName}`)),
          );
          const places = nodes.map(
            ({ metadata }) => metadata.labels[topologyKey],
          );
          assert.equal(
            new Set(places).size,
            Math.min(pods.length, 3),
            `they are in ${places.join(', ')}`,
          );
        }
        const hosts = new Set(pods.map(({ spec }) => spec!.nodeName));
        assert.equal(hosts.size, Math.min(pods.length, 3));
      });

      it('is reached by its Service, if it answers requests', async () => {
        const services = set.objects.filter(({ kind }) => kind === 'Service');
        for (const { metadata } of services) {
          const found = await until(
            `${metadata.name} has endpoints`,
            async () => {
              const slices = await set.list(
                '/apis/discovery.k8s.io/v1',
                `endpointslices?labelSelector=kubernetes.io/service-name=${metadata.name}`,
              );
              const ready = slices
                .flatMap(({ endpoints }) => endpoints ?? [])
                .filter(({ conditions }) => conditions.ready)
                .map(({ targetRef }) => targetRef.name)
                .sort();
              return ready.length === pods.length && { slices, ready };
            },
          );
          assert.deepEqual(found.ready, namesOf(pods));
          const [{ containerPort }] = set.podSpec.containers[0].ports;
          assert.equal(found.slices[0].ports[0].port, containerPort);
        }
      });
    });
  }
});

async function priorityOf(set: CreatedSet, pods: readonly V1Pod[]) {
  const name = set.podSpec.priorityClassName;
  const { value, preemptionPolicy } = await getJson(
    `/apis/scheduling.k8s.io/v1/priorityclasses/${name}`,
  );
  for (const { spec } of pods) {
    assert.deepEqual(
      [spec!.priority, spec!.preemptionPolicy],
      [value, preemptionPolicy],
    );
  }
}

function policyOf(set: CreatedSet, pods: readonly V1Pod[]) {
  const { spec } = set.object<Manifest & { spec: any }>('NetworkPolicy')!;
  assert.equal(
    pods.filter(pod => isSelected(pod, spec.podSelector)).length,
    pods.length,
  );
  const named = spec.ingress.flatMap(({ ports }: any) =>
    ports.map(({ port }: any) => port),
  );
  const [{ ports }] = set.podSpec.containers;
  for (const port of new Set(named)) {
    assert.ok(ports.some(({ name }: any) => name === port));
  }
}

describe('trainings that are created', { concurrency: true }, () => {
  for (const { title } of chosen.filter(
    ({ template }) => template === 'training-job',
  )) {
    it(`${title} waits for its queue, then runs to its end on its device`, async () => {
      const set = sets.get(title)!;
      const pods = await startJob(set);
      assert.equal(pods.length, 1);
      await priorityOf(set, pods);
      policyOf(set, pods);
      const [{ resources }] = set.podSpec.containers;
      const device = Object.keys(resources.requests).find(name =>
        name.startsWith('nvidia.com/'),
      );
      if (device !== undefined) {
        const { status } = await getJson(
          `/api/v1/nodes/${pods[0].spec!.nodeName}`,
        );
        assert.ok(device in status.allocatable);
      }
    });
  }
});
