import { inventoryAt } from '../../kubernetes/objects';
import {
  done,
  instant,
  START,
  worldWith,
} from '../__testUtils__/interventions';
import { createWorld, World } from '../createWorld';
import { GIB, MIB } from '../types';

const HOUR = 40;
const AT = instant(HOUR, 15);
const POD = 'Pod/ml-serving/job-queue-0';

const hourOf = (world: World, pod: string, hour: number) =>
  world
    .cluster('us-west')
    .observe(instant(hour), instant(hour + 1))
    .containers.find(each => each.pod === pod)!;

const podOf = (world: World, name: string, at: Date): any =>
  inventoryAt(world.cluster('us-west'), at)
    .get('v1/pods')!
    .find(({ metadata }) => metadata.name === name);

const resized = (memoryLimitBytes: number) =>
  worldWith([
    done(AT, POD, {
      containers: {
        nats: {
          cpuRequestCores: 0.2,
          memoryRequestBytes: Math.min(GIB, memoryLimitBytes),
          memoryLimitBytes,
        },
      },
    }),
  ]);

describe('a pod that is resized in place', () => {
  const untouched = createWorld({ seed: 1, start: START });

  it('stays, and asks for the new amounts from the second on', () => {
    const world = resized(2 * GIB);
    const before = podOf(untouched, 'job-queue-0', AT);
    const after = podOf(world, 'job-queue-0', instant(HOUR, 16));
    expect(after.metadata.uid).toBe(before.metadata.uid);
    expect(after.status.startTime).toBe(before.status.startTime);
    const [container] = after.spec.containers;
    expect(container.resources.requests).toEqual({
      cpu: '200m',
      memory: '1Gi',
    });
    const [status] = after.status.containerStatuses;
    expect(status).toMatchObject({
      restartCount: 0,
      resources: container.resources,
      allocatedResources: container.resources.requests,
    });
    // Half a core for a quarter of an hour, a fifth of one for the rest.
    expect(
      hourOf(world, 'job-queue-0', HOUR).cpuRequestCoreSeconds,
    ).toBeCloseTo(0.5 * 900 + 0.2 * 2700);
    expect(
      hourOf(world, 'job-queue-0', HOUR + 1).cpuRequestCoreSeconds,
    ).toBeCloseTo(0.2 * 3600);
    expect(hourOf(world, 'job-queue-0', HOUR - 1)).toEqual(
      hourOf(untouched, 'job-queue-0', HOUR - 1),
    );
    expect(hourOf(world, 'job-queue-1', HOUR + 1)).toEqual(
      hourOf(untouched, 'job-queue-1', HOUR + 1),
    );
  });

  it('is killed from then on where it uses more than it may', () => {
    const world = resized(300 * MIB);
    expect(hourOf(world, 'job-queue-0', HOUR).oomKills).toBe(9);
    expect(hourOf(world, 'job-queue-0', HOUR + 1).oomKills).toBe(12);
    const { status } = podOf(world, 'job-queue-0', instant(HOUR + 1));
    expect(status.containerStatuses[0]).toMatchObject({
      restartCount: 9,
      lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
    });
  });

  it('gives way to one of the template when it is deleted', () => {
    const world = worldWith([
      done(AT, POD, { containers: { nats: { cpuRequestCores: 0.2 } } }),
      done(instant(HOUR, 30), POD, { deleted: true }),
    ]);
    const { spec } = podOf(world, 'job-queue-0', instant(HOUR + 1));
    expect(spec.containers[0].resources.requests.cpu).toBe('500m');
  });

  it('does not get what its node has not', () => {
    const world = createWorld({ seed: 1, start: START });
    expect(() =>
      world.intervene(
        done(AT, POD, { containers: { nats: { cpuRequestCores: 60 } } }),
      ),
    ).toThrow(/has no room for that; a real one would put the resize off/);
  });
});
