import { inventoryAt } from '../../kubernetes/objects';
import {
  done,
  instant,
  START,
  worldWith,
} from '../__testUtils__/interventions';
import { createWorld, World } from '../createWorld';
import { GIB } from '../types';

const HOUR = 40;
const LEDGER = 'Deployment/payments/payment-ledger';

const hoursOf = (world: World, hour: number) =>
  world
    .cluster('us-west')
    .observe(instant(hour), instant(hour + 1))
    .containers.filter(each => each.workload === 'payment-ledger');

const objectsAt = (world: World, kind: string, at: Date): any[] =>
  inventoryAt(world.cluster('us-west'), at).get(kind)!;

const podsAt = (world: World, at: Date) =>
  objectsAt(world, 'v1/pods', at).filter(
    ({ metadata }) => metadata.labels.app === 'payment-ledger',
  );

const limit = (bytes: number) => ({
  containers: {
    ledger: { memoryRequestBytes: bytes, memoryLimitBytes: bytes },
  },
});

/** Fits what it was ever seen to use, with a margin. */
const TIGHT = limit(3 * GIB);

describe('a container that needs more memory to start than it uses', () => {
  const untouched = createWorld({ seed: 1, start: START });
  const world = worldWith([
    done(instant(HOUR), LEDGER, TIGHT),
    done(instant(HOUR + 4), LEDGER, limit(8 * GIB)),
  ]);

  it('shows nothing of it while it runs', () => {
    const peaks = Array.from({ length: 24 }, (_, hour) =>
      hoursOf(untouched, hour).flatMap(each => each.samples!.memoryBytes!),
    );
    expect(Math.max(...peaks.flat().map(Number))).toBeLessThan(2.7 * GIB);
  });

  it('is killed again and again under a limit that fits its usage', () => {
    const hours = hoursOf(world, HOUR + 2);
    expect(hours).toHaveLength(3);
    for (const { oomKills, restarts, samples } of hours) {
      expect([oomKills, restarts]).toEqual([12, 12]);
      expect(Math.max(...samples!.memoryBytes!.map(Number))).toBe(3 * GIB);
    }
  });

  it('is killed within a minute of its start, as its memory fills', () => {
    const first = new Map<string, number>();
    for (const minute of [1, 2, 3]) {
      for (const { metadata, status } of podsAt(world, instant(HOUR, minute))) {
        const killed = status.containerStatuses?.[0].lastState.terminated;
        if (killed && !first.has(metadata.name)) {
          const ran =
            Date.parse(killed.finishedAt) - Date.parse(status.startTime);
          first.set(metadata.name, ran / 1000);
        }
      }
    }
    const seconds = [...first.values()];
    expect(seconds).toHaveLength(3);
    expect(Math.min(...seconds)).toBeGreaterThan(20);
    expect(Math.max(...seconds)).toBeLessThan(60);
  });

  it('is seen to wait, and its workload to lack replicas', () => {
    const minutes = Array.from({ length: 60 }, (_, minute) =>
      instant(HOUR + 2, minute),
    );
    const states = minutes.flatMap(at =>
      podsAt(world, at).map(({ status }) => status.containerStatuses[0]),
    );
    const waiting = states.filter(({ state }) => state.waiting);
    expect(waiting.length).toBeGreaterThan(20);
    for (const { ready, state, lastState } of waiting) {
      expect(ready).toBe(false);
      expect(state.waiting.reason).toBe('CrashLoopBackOff');
      expect(lastState.terminated.reason).toBe('OOMKilled');
    }
    const ready = minutes.map(
      at =>
        objectsAt(world, 'apps/v1/deployments', at).find(
          ({ metadata }) => metadata.name === 'payment-ledger',
        ).status.readyReplicas ?? 0,
    );
    expect(Math.min(...ready)).toBeLessThan(3);
    const progress = minutes.map(
      at =>
        objectsAt(world, 'apps/v1/deployments', at)
          .find(({ metadata }) => metadata.name === 'payment-ledger')
          .status.conditions.find(({ type }: any) => type === 'Progressing')
          .reason,
    );
    expect(progress).toContain('ProgressDeadlineExceeded');
    const backOffs = objectsAt(world, 'v1/events', minutes[30]).filter(
      ({ reason }) => reason === 'BackOff',
    );
    expect(backOffs).toHaveLength(3);
    expect(backOffs[0]).toMatchObject({
      type: 'Warning',
      involvedObject: { fieldPath: 'spec.containers{ledger}' },
    });
  });

  it('starts where it is given back what it had', () => {
    const later = hoursOf(world, HOUR + 5);
    expect(later.map(({ oomKills }) => oomKills)).toEqual([0, 0, 0]);
    const starting = hoursOf(world, HOUR + 4).flatMap(
      each => each.samples!.memoryBytes!,
    );
    expect(Math.max(...starting.map(Number))).toBe(5 * GIB);
    const pods = podsAt(world, instant(HOUR + 5));
    expect(pods.map(({ status }) => status.phase)).toEqual(
      Array(3).fill('Running'),
    );
    expect(pods.every(({ status }) => status.containerStatuses[0].ready)).toBe(
      true,
    );
  });

  it('that is resized in place has started already', () => {
    const [pod] = podsAt(untouched, instant(HOUR));
    const inPlace = worldWith([
      done(instant(HOUR), `Pod/payments/${pod.metadata.name}`, TIGHT),
    ]);
    const kills = hoursOf(inPlace, HOUR + 1).map(({ oomKills }) => oomKills);
    expect(kills).toEqual([0, 0, 0]);
  });
});
