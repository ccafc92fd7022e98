import { inventoryAt } from '../../kubernetes/objects';
import {
  done,
  instant,
  START,
  worldWith,
} from '../__testUtils__/interventions';
import { createWorld, World } from '../createWorld';

const HOUR = 40;
const INDEXER = 'ScaledObject/ml-serving/document-indexer';
const PAUSED = 'autoscaling.keda.sh/paused';
const PAUSED_REPLICAS = 'autoscaling.keda.sh/paused-replicas';

const annotated = (hour: number, annotations: Record<string, string | null>) =>
  done(instant(hour), INDEXER, { annotations });

const objectAt = (
  world: World,
  kind: string,
  name: string,
  hour: number,
): any =>
  inventoryAt(world.cluster('us-west'), instant(hour, 30))
    .get(kind)!
    .find(({ metadata }) => metadata.name === name);

const scaledObject = (world: World, hour: number) =>
  objectAt(world, 'keda.sh/v1alpha1/scaledobjects', 'document-indexer', hour);
const hpa = (world: World, hour: number) =>
  objectAt(
    world,
    'autoscaling/v2/horizontalpodautoscalers',
    'keda-hpa-document-indexer',
    hour,
  );
const replicas = (world: World, hour: number): number =>
  objectAt(world, 'apps/v1/deployments', 'document-indexer', hour).spec
    .replicas;

const secondsIn = (world: World, hour: number) =>
  world
    .cluster('us-west')
    .observe(instant(hour), instant(hour + 1))
    .containers.filter(({ workload }) => workload === 'document-indexer')
    .reduce((sum, { runSeconds }) => sum + runSeconds, 0);

const untouched = createWorld({ seed: 1, start: START });

describe('a ScaledObject that is paused', () => {
  it('has its workload at the number it says, without an HPA, until it is resumed', () => {
    const world = worldWith([
      annotated(HOUR, { [PAUSED_REPLICAS]: '0' }),
      annotated(HOUR + 4, { [PAUSED_REPLICAS]: null }),
    ]);
    expect(secondsIn(world, HOUR - 1)).toBe(secondsIn(untouched, HOUR - 1));
    expect(replicas(world, HOUR + 1)).toBe(0);
    expect(secondsIn(world, HOUR + 1)).toBe(0);
    expect(hpa(world, HOUR + 1)).toBeUndefined();
    expect(scaledObject(world, HOUR + 1).status).toMatchObject({
      pausedReplicaCount: 0,
      conditions: expect.arrayContaining([
        expect.objectContaining({ type: 'Paused', status: 'True' }),
      ]),
    });
    expect(replicas(world, HOUR + 5)).toBe(replicas(untouched, HOUR + 5));
    expect(secondsIn(world, HOUR + 5)).toBe(secondsIn(untouched, HOUR + 5));
    expect(hpa(world, HOUR + 5)).toBeDefined();
    expect(scaledObject(world, HOUR + 5).status).toEqual(
      scaledObject(untouched, HOUR + 5).status,
    );
  });

  it('stays as it is where no number is said, whatever demand does', () => {
    const world = worldWith([annotated(HOUR, { [PAUSED]: 'true' })]);
    const before = replicas(untouched, HOUR);
    const later = Array.from({ length: 24 }, (_, hour) => HOUR + hour);
    expect(new Set(later.map(hour => replicas(untouched, hour))).size).not.toBe(
      1,
    );
    expect(later.map(hour => replicas(world, hour))).toEqual(
      later.map(() => before),
    );
  });

  it('leaves its workload to whoever scales it', () => {
    const world = worldWith([
      annotated(HOUR, { [PAUSED]: 'true' }),
      done(instant(HOUR + 1), 'Deployment/ml-serving/document-indexer', {
        replicas: 5,
      }),
    ]);
    expect(replicas(world, HOUR + 2)).toBe(5);
  });

  it('is not paused where it says no, but is with a number beside it', () => {
    const no = { [PAUSED]: 'false' };
    const running = worldWith([annotated(HOUR, no)]);
    expect(replicas(running, HOUR + 9)).toBe(replicas(untouched, HOUR + 9));
    const held = worldWith([
      annotated(HOUR, { ...no, [PAUSED_REPLICAS]: '2' }),
    ]);
    expect(replicas(held, HOUR + 9)).toBe(2);
  });
});
