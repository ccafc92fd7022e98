import fc from 'fast-check';
import { livesOf, violations } from './__testUtils__/placement';
import { createWorld } from './createWorld';

const START = new Date('2026-01-05T00:00:00Z');

describe('placement', () => {
  it('never asks more of a node than it has, over the whole history', () => {
    for (const cluster of createWorld({ seed: 1, start: START }).clusters) {
      expect(violations(cluster, 60 * 24)).toEqual([]);
    }
  }, 120_000);

  it('fits with any seed, start and scale', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 0, max: 365 * 24 }),
        fc.integer({ min: 1, max: 4 }),
        (seed, hours, scale) => {
          const start = new Date(START.getTime() + hours * 3_600_000);
          const world = createWorld({ seed, start, scale });
          for (const cluster of world.clusters) {
            expect(violations(cluster, 60)).toEqual([]);
          }
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);

  it('gives every living node and pod a name of its own', () => {
    const cluster = createWorld({ seed: 5, start: START }).cluster('us-west');
    for (let hour = 0; hour < 30 * 24; hour += 7) {
      const at = new Date(START.getTime() + hour * 3_600_000 + 1_234_000);
      const { pods, finished, nodes } = cluster.stateAt(at);
      const names = [...pods, ...finished].map(
        pod => `${pod.spec.namespace}/${pod.name}`,
      );
      expect(new Set(names).size).toBe(names.length);
      expect(new Set(nodes.map(node => node.name)).size).toBe(nodes.length);
    }
  });

  it('lets nodes of the spot pool come and go within the hour', () => {
    const cluster = createWorld({ seed: 1, start: START }).cluster('us-west');
    const { nodes, pods } = livesOf(cluster, 60 * 24);
    const spot = nodes.filter(node => node.pool.name === 'spot');
    const partial = spot.filter(
      node => node.until % 3600 > 0 && node.until !== Infinity,
    );
    expect(partial.length).toBeGreaterThan(20);
    expect(pods.some(pod => pod.evicted)).toBe(true);
  });
});
