import { inventoryAt } from '../../kubernetes/objects';
import {
  done,
  instant,
  START,
  worldWith,
} from '../__testUtils__/interventions';
import { createWorld, World } from '../createWorld';

const HOUR = 40;
const AT = instant(HOUR, 15);

/** A workload, what scales it, and the HPA that measures it. */
const SCALED = [
  {
    by: 'HorizontalPodAutoscaler/storefront/web-frontend',
    name: 'web-frontend',
    hpa: 'web-frontend',
  },
  {
    by: 'ScaledObject/ml-serving/document-indexer',
    name: 'document-indexer',
    hpa: 'keda-hpa-document-indexer',
  },
];

function listed(world: World, at: Date, kind: string): any[] {
  return inventoryAt(world.cluster('us-west'), at).get(kind)!;
}

function named(world: World, at: Date, kind: string, name: string): any {
  return listed(world, at, kind).find(({ metadata }) => metadata.name === name);
}

describe.each(SCALED)('the target of $by', ({ by, name, hpa }) => {
  const untouched = createWorld({ seed: 1, start: START });
  const seen = (world: World) =>
    named(
      world,
      instant(HOUR + 6),
      'autoscaling/v2/horizontalpodautoscalers',
      hpa,
    );
  const wantedOf = (world: World) => seen(world).status.desiredReplicas;
  const targetOf = (world: World) =>
    seen(world).spec.metrics[0].resource.target.averageUtilization;
  const target = targetOf(untouched);
  const deployment = named(untouched, AT, 'apps/v1/deployments', name);
  const [container] = deployment.spec.template.spec.containers;
  const { cpu } = container.resources.requests;
  const cores = cpu.endsWith('m') ? parseInt(cpu, 10) / 1000 : Number(cpu);
  const halved = done(
    AT,
    `Deployment/${deployment.metadata.namespace}/${name}`,
    { containers: { [container.name]: { cpuRequestCores: cores / 2 } } },
  );

  it('that is lower wants more pods', () => {
    const world = worldWith([
      done(AT, by, { targetUtilization: Math.round(target / 2) }),
    ]);
    expect(targetOf(world)).toBe(Math.round(target / 2));
    expect(wantedOf(world)).toBeGreaterThan(wantedOf(untouched));
  });

  it('that moves with the request wants as many as before', () => {
    expect(wantedOf(worldWith([halved]))).toBeGreaterThan(wantedOf(untouched));
    const moved = worldWith([
      halved,
      done(instant(HOUR, 20), by, { targetUtilization: target * 2 }),
    ]);
    expect(wantedOf(moved)).toBe(wantedOf(untouched));
  });
});

it('is none where a timetable says how many there are', () => {
  const report = listed(
    createWorld({ seed: 1, start: START }),
    AT,
    'keda.sh/v1alpha1/scaledobjects',
  ).find(({ metadata }) => metadata.name === 'report-generator');
  const { namespace } = report.metadata;
  expect(() =>
    worldWith([
      done(AT, `ScaledObject/${namespace}/report-generator`, {
        targetUtilization: 50,
      }),
    ]),
  ).toThrow(/follows a timetable/);
});
