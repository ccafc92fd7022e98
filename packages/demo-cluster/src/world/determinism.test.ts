import fc from 'fast-check';
import { HOUR_MS } from '@headroom/common';
import { createWorld, World } from './createWorld';

const START = new Date('2026-01-05T00:00:00Z');

function hourOf(world: World, cluster: string, hour: number) {
  const from = new Date(START.getTime() + hour * HOUR_MS);
  const to = new Date(from.getTime() + HOUR_MS);
  const found = world.cluster(cluster);
  return {
    usage: found.observe(from, to),
    units: found.units(from, to),
    levels: found.levels(from, to),
    prices: found.prices(from, to),
  };
}

describe('the past', () => {
  it('is the same whenever it is asked', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(fc.integer({ min: 0, max: 20 * 24 - 1 }), {
          minLength: 1,
          maxLength: 12,
        }),
        (seed, hours) => {
          // One world is asked hour by hour as time goes on, the other afterwards, in any order.
          const live = createWorld({ seed, start: START });
          const later = createWorld({ seed, start: START });
          const seen = new Map(
            [...hours]
              .sort((a, b) => a - b)
              .map(hour => [hour, hourOf(live, 'us-west', hour)]),
          );
          for (const hour of hours) {
            expect(hourOf(later, 'us-west', hour)).toEqual(seen.get(hour));
          }
          expect(hourOf(live, 'us-west', hours[0])).toEqual(seen.get(hours[0]));
        },
      ),
      { numRuns: 20 },
    );
  }, 120_000);

  it('does not change when jobs are interrupted in their last minutes', () => {
    // Every hour of two months: asked as soon as it is over, and again at the end.
    const world = createWorld({ seed: 11, start: START });
    const sums = () =>
      Array.from({ length: 60 * 24 }, (_, hour) =>
        hourOf(world, 'us-west', hour).usage.containers.reduce(
          (sum, container) => sum + container.runSeconds,
          0,
        ),
      );
    expect(sums()).toEqual(sums());
  }, 60_000);

  it('depends on the seed', () => {
    const one = createWorld({ seed: 1, start: START });
    const two = createWorld({ seed: 2, start: START });
    expect(hourOf(one, 'us-west', 5)).not.toEqual(hourOf(two, 'us-west', 5));
  });

  it('is the sum of its hours', () => {
    const world = createWorld({ seed: 1, start: START });
    const cluster = world.cluster('eu-central');
    const at = (hour: number) => new Date(START.getTime() + hour * HOUR_MS);
    const day = cluster.observe(at(24), at(48));
    const hours = Array.from({ length: 24 }, (_, i) =>
      cluster.observe(at(24 + i), at(25 + i)),
    );
    expect(day.containers).toEqual(hours.flatMap(hour => hour.containers));
    expect(day.nodes).toEqual(hours.flatMap(hour => hour.nodes));
  });

  it('has nothing before the world began', () => {
    const cluster = createWorld({ seed: 1, start: START }).cluster('us-west');
    const before = cluster.observe(
      new Date(START.getTime() - 2 * HOUR_MS),
      START,
    );
    expect(before.containers).toEqual([]);
    expect(before.missingHours).toEqual([
      '2026-01-04T22:00:00.000Z',
      '2026-01-04T23:00:00.000Z',
    ]);
    expect(() => cluster.stateAt(new Date(START.getTime() - 1))).toThrow(
      RangeError,
    );
  });

  it('refuses a scale or a cluster that makes no sense', () => {
    expect(() => createWorld({ seed: 1, start: START, scale: 0.5 })).toThrow(
      'scale must be a whole number from 1, not 0.5',
    );
    expect(() =>
      createWorld({ seed: 1, start: START }).cluster('mars'),
    ).toThrow('No cluster "mars"; there are us-west, eu-central');
  });
});
