import fc from 'fast-check';
import { computedAt, inventoryAt } from '../../kubernetes/objects';
import {
  anyInterventions,
  instant,
  interveneWherePossible,
  START,
  worldWith,
} from '../__testUtils__/interventions';
import { violations } from '../__testUtils__/placement';
import { createWorld, World } from '../createWorld';

const HOURS = 72;

function seenIn(world: World, hour: number) {
  const cluster = world.cluster('us-west');
  const moment = instant(hour, (hour * 17) % 60, 31);
  return {
    usage: cluster.observe(instant(hour), instant(hour + 1)),
    units: cluster.units(instant(hour), instant(hour + 1)),
    levels: cluster.levels(instant(hour), instant(hour + 1)),
    objects: [...inventoryAt(cluster, moment)],
    metrics: computedAt(cluster, moment, 'nodes'),
  };
}

const anyHours = fc.array(fc.integer({ min: 0, max: HOURS - 1 }), {
  minLength: 1,
  maxLength: 8,
});

describe('a world to which something was done', () => {
  it('is the same in whatever order it is asked, and whether it was asked in between or not', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        anyInterventions(HOURS),
        anyHours,
        (seed, interventions, hours) => {
          // One world is asked for all of its future between any two interventions.
          const live = createWorld({ seed, start: START });
          const done = interventions.flatMap(entry => {
            live.cluster('us-west').livesOf(HOURS - 1);
            seenIn(live, HOURS - 1);
            return interveneWherePossible(live, [entry]);
          });
          const later = worldWith(done, seed);
          for (const hour of hours) {
            expect(seenIn(later, hour)).toEqual(seenIn(live, hour));
          }
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);

  it('is before an intervention as it would be without it', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        anyInterventions(HOURS),
        (seed, interventions) => {
          const changed = createWorld({ seed, start: START });
          const [first] = interveneWherePossible(changed, interventions);
          const untouched = createWorld({ seed, start: START });
          const ms = Date.parse(first?.at ?? instant(HOURS).toISOString());
          const hours = Math.floor((ms - START.getTime()) / 3_600_000);
          for (let hour = 0; hour < hours; hour += 5) {
            expect(seenIn(changed, hour)).toEqual(seenIn(untouched, hour));
          }
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);

  it('never asks more of a node than it has', () => {
    let tried = 0;
    let taken = 0;
    fc.assert(
      fc.property(
        fc.integer(),
        anyInterventions(HOURS),
        (seed, interventions) => {
          const world = createWorld({ seed, start: START });
          tried += interventions.length;
          taken += interveneWherePossible(world, interventions).length;
          expect(violations(world.cluster('us-west'), HOURS)).toEqual([]);
        },
      ),
      { numRuns: 25 },
    );
    // Most of what is tried is not refused.
    expect(taken / tried).toBeGreaterThan(0.5);
  }, 120_000);

  it('gives every living pod a name and an id of its own', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        anyInterventions(HOURS),
        (seed, interventions) => {
          const world = createWorld({ seed, start: START });
          interveneWherePossible(world, interventions);
          for (const { at } of interventions) {
            const moment = new Date(Date.parse(at) + 7000);
            const { pods, finished } = world.cluster('us-west').stateAt(moment);
            const all = [...pods, ...finished];
            const names = all.map(pod => `${pod.spec.namespace}/${pod.name}`);
            expect(new Set(names).size).toBe(names.length);
            expect(new Set(all.map(pod => pod.id)).size).toBe(all.length);
          }
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);
});
